"""The incidents: those people are told about, those that are over, and the forms that open and close one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mespoints.desk.pages.fields import Choice, Field, FieldKind
from mespoints.desk.pages.frame import Frame
from mespoints.desk.wording import moment
from mespoints.law.texts.sentences import in_words
from mespoints.register.incidents import LONGEST_SENTENCE, Incident
from mespoints.register.sources import SOURCE_NAMES

ALL_SOURCES = "Toutes les sources"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLine:
    number: int
    source: str
    days: str
    sentence: str
    shown: str
    """Since when it is shown, or from when to when it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentsPage:
    frame: Frame
    note: str
    open: tuple[IncidentLine, ...]
    past: tuple[IncidentLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarePage:
    frame: Frame
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePage:
    frame: Frame
    incident: IncidentLine
    last_day: Field


def incidents_page(frame: Frame, incidents: tuple[Incident, ...], now: datetime, note: str) -> IncidentsPage:
    return IncidentsPage(
        frame=frame,
        note=note,
        open=tuple(incident_line(each) for each in incidents if each.is_shown(now)),
        past=tuple(incident_line(each) for each in incidents if not each.is_shown(now)),
    )


def incident_line(incident: Incident) -> IncidentLine:
    return IncidentLine(
        number=incident.id,
        source=source_name(incident),
        days=days(incident.first_day, incident.last_day),
        sentence=incident.sentence,
        shown=f"affiché depuis le {moment(incident.since)}"
        if incident.until is None
        else f"affiché du {moment(incident.since)} au {moment(incident.until)}",
    )


def source_name(incident: Incident) -> str:
    return SOURCE_NAMES[incident.source] if incident.source else ALL_SOURCES


def days(first: date, last: date | None) -> str:
    """Both included."""
    if last is None:
        return f"depuis le {in_words(first)}"
    return f"le {in_words(first)}" if first == last else f"du {in_words(first)} au {in_words(last)}"


def declare_page(frame: Frame, typed: Mapping[str, str], errors: Mapping[str, str]) -> DeclarePage:
    """``typed`` and ``errors`` by the name of a field; both empty at first."""
    return DeclarePage(
        frame=frame,
        fields=(
            Field(
                name="source",
                label="Source concernée",
                kind=FieldKind.CHOICE,
                error=errors.get("source", ""),
                is_required=False,
                choices=sources(typed.get("source", "")),
            ),
            day_field("first_day", "Premier jour touché", "Le premier jour dont les données sont en cause.", typed, errors),
            day_field(
                "last_day",
                "Dernier jour touché",
                "Compris. Laissez vide tant que personne ne le connaît.",
                typed,
                errors,
                is_required=False,
            ),
            Field(
                name="sentence",
                label="Phrase pour le public",
                kind=FieldKind.AREA,
                value=typed.get("sentence", ""),
                hint="Ce qui manque et quand cela reviendra, en mots de tous les jours ; "
                f"{LONGEST_SENTENCE} caractères au plus, sans nom de personne.",
                error=errors.get("sentence", ""),
            ),
        ),
    )


def close_page(frame: Frame, incident: Incident, typed: Mapping[str, str], errors: Mapping[str, str]) -> ClosePage:
    known = {"last_day": incident.last_day.isoformat() if incident.last_day else "", **typed}
    field = day_field("last_day", "Dernier jour touché", "Compris. L’incident ne sera plus affiché.", known, errors)
    return ClosePage(frame=frame, incident=incident_line(incident), last_day=field)


def day_field(
    name: str, label: str, hint: str, typed: Mapping[str, str], errors: Mapping[str, str], *, is_required: bool = True
) -> Field:
    return Field(
        name=name,
        label=label,
        kind=FieldKind.DAY,
        value=typed.get(name, ""),
        hint=hint,
        error=errors.get(name, ""),
        is_required=is_required,
    )


def sources(chosen: str) -> tuple[Choice, ...]:
    every = Choice(value="", label=ALL_SOURCES, is_chosen=not chosen)
    return (every, *(Choice(value=str(s), label=name, is_chosen=chosen == str(s)) for s, name in SOURCE_NAMES.items()))
