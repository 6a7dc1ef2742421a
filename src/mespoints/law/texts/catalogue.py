"""The catalogue of offences: class and points in force on the day of commission."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from mespoints.law.facts import OffenceClass


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    code: str
    article: str
    label: str
    offence_class: OffenceClass
    points: int
    in_force_from: date | None
    """None: the first day is not known."""
    in_force_to: date | None
    """Last day, included; None while in force."""
    confidence: str

    def in_force(self, day: date) -> bool:
        return (self.in_force_from is None or self.in_force_from <= day) and (self.in_force_to is None or day <= self.in_force_to)


@cache
def catalogue() -> dict[str, CatalogueEntry]:
    text = files("mespoints.law.texts").joinpath("offences.csv").read_text(encoding="utf-8")
    return {row["code"]: entry(row) for row in csv.DictReader(text.splitlines())}


def entry(row: dict[str, str]) -> CatalogueEntry:
    return CatalogueEntry(
        code=row["code"],
        article=row["article"],
        label=row["label_fr"],
        offence_class=OffenceClass(row["class"]),
        points=int(row["points"]),
        in_force_from=date.fromisoformat(row["in_force_from"]) if row["in_force_from"] else None,
        in_force_to=date.fromisoformat(row["in_force_to"]) if row["in_force_to"] else None,
        confidence=row["confidence"],
    )
