"""The form of the period statement: two days, what is wrong with each, and ready-made periods."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from mespoints.law.calendar import add_months
from mespoints.law.texts.parameters import PARAMETERS
from mespoints.portal.french import day_in_words, typeset
from mespoints.portal.pages.frame import Frame

FIRST, LAST = "du", "au"
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
FRENCH = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")
LONGEST_ECHO = 20
"""Characters of a faulty answer that are shown again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayField:
    name: str
    label: str
    value: str
    """As the browser writes it: ``YYYY-MM-DD``; or what was typed."""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Both days included."""

    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    label: str
    first: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodPage:
    frame: Frame
    fields: tuple[DayField, DayField]
    shortcuts: tuple[Shortcut, ...]
    latest: str
    """Today, the last day that can be chosen."""
    has_problems: bool


def first_field(value: str, problem: str = "") -> DayField:
    return DayField(name=FIRST, label="Premier jour", value=value, problem=typeset(problem))


def last_field(value: str, problem: str = "") -> DayField:
    return DayField(name=LAST, label="Dernier jour", value=value, problem=typeset(problem))


def proposed(given: Mapping[str, str], today: date) -> tuple[DayField, DayField]:
    """The days of the address when it names two true ones, else the last twelve months."""
    first, last = read_day(given.get(FIRST, "")), read_day(given.get(LAST, ""))
    if first is None or last is None:
        first, last = twelve_months(today)
    return first_field(first.isoformat()), last_field(last.isoformat())


def read_period(given: Mapping[str, str], today: date) -> Period | tuple[DayField, DayField]:
    """The period asked for, or the two fields with what is wrong."""
    first_text, last_text = given.get(FIRST, "").strip(), given.get(LAST, "").strip()
    first, last = read_day(first_text), read_day(last_text)
    wrong_first, wrong_last = fault(first_text, first, today), fault(last_text, last, today)
    if first is not None and last is not None and not (wrong_first or wrong_last):
        if first <= last:
            return Period(first_on=first, last_on=last)
        wrong_last = f"Ce jour vient avant le premier, le {day_in_words(first)}. Choisissez-le, ou un jour plus tard."
    return (
        first_field(first.isoformat() if first else first_text[:LONGEST_ECHO], wrong_first),
        last_field(last.isoformat() if last else last_text[:LONGEST_ECHO], wrong_last),
    )


def fault(text: str, day: date | None, today: date) -> str:
    opened = PARAMETERS["account_opening"].days[0]
    if not text:
        return "Il manque ce jour. Choisissez-le, par exemple 31/12/2025."
    if day is None:
        return f"« {text[:LONGEST_ECHO]} » n'est pas un jour du calendrier. Écrivez-le comme 31/12/2025."
    if day > today:
        return f"Le {day_in_words(day)} n'est pas encore passé. Choisissez aujourd'hui ou un jour d'avant."
    if day < opened:
        return f"Les points existent depuis le {day_in_words(opened)}. Choisissez ce jour, ou un jour plus tard."
    return ""


def read_day(text: str) -> date | None:
    """From « 2025-12-31 », as browsers send it, or « 31/12/2025 », as people type it."""
    if found := ISO.fullmatch(text.strip()):
        year, month, day = map(int, found.groups())
    elif found := FRENCH.fullmatch(text.strip()):
        day, month, year = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def twelve_months(today: date) -> tuple[date, date]:
    return add_months(today, -12) + timedelta(days=1), today


def period_page(frame: Frame, fields: tuple[DayField, DayField], today: date) -> PeriodPage:
    periods = (
        ("Les douze derniers mois", *twelve_months(today)),
        (f"L’année {today.year}", date(today.year, 1, 1), today),
        (f"L’année {today.year - 1}", date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    )
    return PeriodPage(
        frame=frame,
        fields=fields,
        shortcuts=tuple(Shortcut(label=label, first=first.isoformat(), last=last.isoformat()) for label, first, last in periods),
        latest=today.isoformat(),
        has_problems=any(field.problem for field in fields),
    )
