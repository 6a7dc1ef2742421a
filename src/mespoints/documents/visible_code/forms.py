"""The form of each kind of value: what is expected, and what a value says in French. One reading checks and explains."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

from mespoints.documents.visible_code.base32 import from_base32
from mespoints.documents.visible_code.fields import ORDERS, STATEMENTS, Kind
from mespoints.documents.wording import birth_day
from mespoints.law.texts.sentences import NO_BREAK, in_words
from mespoints.register.licence_state import LicenceState

EPOCH = date(2000, 1, 1)
UNDATED = "FFFF"
MOST_GIVEN_NAMES = 6

HEX_DAY = re.compile("[0-9A-F]{4}")
DIGITS = re.compile("[0-9]+")
ALPHANUMERIC = re.compile("[A-Z0-9]*")
BASE_36 = re.compile("[0-9A-Z]")
CATEGORIES = re.compile("(?:[A-Z][A-Z0-9]{0,3}(?: [A-Z][A-Z0-9]{0,3})*)?")
ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f]+")


@dataclass(frozen=True, slots=True)
class Form:
    expected: str
    words: Callable[[str], str | None]
    """What the text says, in French; None when it has not this form."""


def day_of(text: str) -> date | None:
    """From hexadecimal days since 1 January 2000; None for « FFFF », without date. The text has four hexadecimal digits."""
    return None if text == UNDATED else EPOCH + timedelta(days=int(text, 16))


def _hex_day(text: str) -> str | None:
    if HEX_DAY.fullmatch(text) is None:
        return None
    day = day_of(text)
    return "sans date" if day is None else in_words(day)


def _birth_date(text: str) -> str | None:
    if DIGITS.fullmatch(text) is None:
        return None
    day, month, year = int(text[:2]), int(text[2:4]), int(text[4:])
    # 2000 is a leap year: 29 February stays possible where the year is unknown.
    if _day(year or EPOCH.year, month or 1, day or 1) is None:
        return None
    return birth_day(f"{text[4:]}-{text[2:4]}-{text[:2]}") if year else "année inconnue"


def _moment(text: str) -> str | None:
    if DIGITS.fullmatch(text) is None:
        return None
    day, clock = _day(int(text[4:8]), int(text[2:4]), int(text[:2])), _clock(text[8:])
    return None if day is None or clock is None else f"{in_words(day)} à {clock}"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(text: str) -> str | None:
    """HHmm or HHmmSS."""
    if DIGITS.fullmatch(text) is None:
        return None
    try:
        at = time(int(text[:2]), int(text[2:4]), int(text[4:] or 0))
    except ValueError:
        return None
    seconds = ("min", f"{at.second:02}", "s") if len(text) > len("HHmm") else ()
    return NO_BREAK.join((str(at.hour), "h", f"{at.minute:02}", *seconds))


def _address(text: str) -> str | None:
    content = from_base32(text)
    if content is None:
        return None
    try:
        address = content.decode()
    except UnicodeDecodeError:
        return None
    return address if not address or ADDRESS.fullmatch(address) else None


def _shaped(pattern: re.Pattern[str], words: Callable[[str], str] = str) -> Callable[[str], str | None]:
    return lambda text: words(text) if pattern.fullmatch(text) else None


FORMS = {
    Kind.TEXT: Form("du texte en majuscules sans accent", str),
    Kind.GIVEN_NAMES: Form("des prénoms en majuscules, séparés par « / »", lambda text: text.replace("/", ", ")),
    Kind.ALPHANUMERIC: Form("des lettres majuscules et des chiffres", _shaped(ALPHANUMERIC)),
    Kind.HEX_DAY: Form("une date, en jours depuis le 1er janvier 2000 (quatre chiffres hexadécimaux)", _hex_day),
    Kind.BIRTH_DATE: Form("une date JJMMAAAA, 00 pour ce qui est inconnu", _birth_date),
    Kind.HOUR_MINUTE: Form("une heure HHMM", _clock),
    Kind.HOUR_MINUTE_SECOND: Form("une heure HHMMSS", _clock),
    Kind.MOMENT: Form("une date et une heure JJMMAAAAHHMM", _moment),
    Kind.BASE_36: Form("un nombre de 0 à 35, en base 36", _shaped(BASE_36, lambda text: str(int(text, 36)))),
    Kind.PAGES: Form("un nombre de pages sur quatre chiffres", _shaped(DIGITS, lambda text: str(int(text)))),
    Kind.SIREN: Form("neuf chiffres", _shaped(DIGITS)),
    Kind.ORDER: Form("un type d’arrêté de la liste officielle", lambda text: f"modèle {text}" if text in ORDERS else None),
    Kind.STATEMENT: Form("RII, RIR, RRP ou APC", STATEMENTS.get),
    Kind.STATE: Form("un état du permis, de 01 à 50", {state.value: state.words for state in LicenceState}.get),
    Kind.CATEGORIES: Form("des catégories séparées par une espace", _shaped(CATEGORIES, lambda text: text.replace(" ", ", "))),
    Kind.URL: Form("une adresse http en Base32 sans remplissage", _address),
}
