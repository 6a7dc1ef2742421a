"""The catalogue of offences: class and points in force on the day of commission."""

import csv
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from mespoints.law.facts import OffenceClass
from mespoints.law.texts.readings import told_beside

CONFIDENCE = {"text": "", "secondary": "source secondaire", "memory": "à vérifier"}
"""What people are told of a row that does not rest on the text."""


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

    @property
    def doubt(self) -> str:
        """What must be said beside the figure: where it comes from, what is disputed. Empty when nothing is."""
        said = (CONFIDENCE[self.confidence], told_beside().get(self.code, ""))
        return " ; ".join(part for part in said if part)


@cache
def catalogue() -> dict[str, CatalogueEntry]:
    """Raises ValueError on a code written twice."""
    text = files("mespoints.law.texts").joinpath("offences.csv").read_text(encoding="utf-8")
    rows = [entry(row) for row in csv.DictReader(text.splitlines())]
    found = {each.code: each for each in rows}
    if len(found) != len(rows):
        raise ValueError("offences.csv: a code stands on two rows; one row has one code and one period")
    return found


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


def in_force_on(code: str, day: date) -> CatalogueEntry | None:
    """Class, points and article of the code on the day of commission; None when it is unknown or not in force."""
    found = catalogue().get(code)
    return found if found is not None and found.in_force(day) else None


@cache
def successions() -> tuple[tuple[str, ...], ...]:
    """Codes of one offence, oldest first: each takes the place of the one before."""
    text = files("mespoints.law.texts").joinpath("successions.toml").read_text(encoding="utf-8")
    return tuple(tuple(codes) for codes in tomllib.loads(text)["successions"])


def in_force_instead(code: str, day: date) -> tuple[CatalogueEntry, ...]:
    """The rows of the same offence that are in force on ``day``, when ``code`` is not: the code to write instead."""
    others = dict.fromkeys(other for codes in successions() if code in codes for other in codes if other != code)
    return tuple(found for other in others if (found := in_force_on(other, day)) is not None)


def search(words: str, day: date | None = None) -> tuple[CatalogueEntry, ...]:
    """Rows that hold every word, without regard to accents or case; those in force on ``day`` when it is given."""
    wanted = plain(words).split()
    rows = (each for each in catalogue().values() if day is None or each.in_force(day))
    return tuple(each for each in rows if all(word in plain(f"{each.code} {each.article} {each.label}") for word in wanted))


def plain(text: str) -> str:
    """Small letters without accents; curved apostrophes as typed ones."""
    apart = unicodedata.normalize("NFKD", text.replace("\u2019", "'").casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
