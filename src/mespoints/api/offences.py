"""The catalogue of offences, searched by words and by day of commission."""

from typing import Annotated

from ninja import Field, Schema

from mespoints.law.case_fields import read_day, refuse
from mespoints.law.texts import catalogue
from mespoints.law.texts.catalogue import CatalogueEntry

LONGEST_SEARCH = 100

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
    doubt: str | None
    """What must be said beside the figures: a text not yet read, a reading that is disputed."""


class OffencesFound(Schema):
    """Les infractions trouvées, et le jour demandé."""

    on: Day | None
    offences: list[OffenceOfCatalogue]


def offences_found(search: str, on: str | None) -> OffencesFound:
    """Raises CaseError when a parameter cannot be read. Every word must be there, with or without accents."""
    if len(search) > LONGEST_SEARCH:
        refuse("out_of_range", "search", f"trouvé {len(search)} caractères ; attendu {LONGEST_SEARCH} au plus.")
    day = read_day(on, "on") if on is not None else None
    return OffencesFound(on=on, offences=[spoken(entry) for entry in catalogue.search(search, day)])


def spoken(entry: CatalogueEntry) -> OffenceOfCatalogue:
    return OffenceOfCatalogue(
        offence=entry.code,
        label=entry.label,
        article=entry.article,
        category=entry.offence_class.value,
        points=entry.points,
        in_force_from=entry.in_force_from.isoformat() if entry.in_force_from is not None else None,
        in_force_to=entry.in_force_to.isoformat() if entry.in_force_to is not None else None,
        doubt=entry.doubt or None,
    )
