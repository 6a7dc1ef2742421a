"""The catalogue of offences, searched by words and by day of commission."""

import unicodedata
from datetime import date
from typing import Annotated

from ninja import Field, Schema

from mespoints.law.case_fields import read_day, refuse
from mespoints.law.texts.catalogue import CatalogueEntry, catalogue

LONGEST_SEARCH = 100
TO_BE_CHECKED = "memory"

Day = Annotated[str, Field(json_schema_extra={"format": "date"})]


class OffenceOfCatalogue(Schema):
    """Une ligne du catalogue : ce que vaut l’infraction, entre deux jours compris."""

    offence: str
    """The code that a case gives in the field of the same name."""
    label: str
    article: str
    category: Annotated[str, Field(json_schema_extra={"enum": ["C1", "C2", "C3", "C4", "C5", "D"]})]
    points: int
    in_force_from: Day | None
    in_force_to: Day | None
    to_be_checked: bool


class OffencesFound(Schema):
    """Les infractions trouvées, et le jour demandé."""

    on: Day | None
    offences: list[OffenceOfCatalogue]


def offences_found(search: str, on: str | None) -> OffencesFound:
    """Raises CaseError when a parameter cannot be read. Every word must be there, with or without accents."""
    if len(search) > LONGEST_SEARCH:
        refuse("out_of_range", "search", f"trouvé {len(search)} caractères ; attendu {LONGEST_SEARCH} au plus.")
    day = read_day(on, "on") if on is not None else None
    words = plain(search).split()
    found = [spoken(entry) for entry in catalogue().values() if is_asked(entry, words, day)]
    return OffencesFound(on=on, offences=found)


def is_asked(entry: CatalogueEntry, words: list[str], day: date | None) -> bool:
    text = plain(f"{entry.code} {entry.article} {entry.label}")
    return all(word in text for word in words) and (day is None or entry.in_force(day))


def plain(text: str) -> str:
    """Without accents nor capitals: « Exces » finds « excès »."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def spoken(entry: CatalogueEntry) -> OffenceOfCatalogue:
    return OffenceOfCatalogue(
        offence=entry.code,
        label=entry.label,
        article=entry.article,
        category=entry.offence_class.value,
        points=entry.points,
        in_force_from=entry.in_force_from.isoformat() if entry.in_force_from is not None else None,
        in_force_to=entry.in_force_to.isoformat() if entry.in_force_to is not None else None,
        to_be_checked=entry.confidence == TO_BE_CHECKED,
    )
