"""Licences one after the other, and the path each follows by itself (readings h to k, law.md section 1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.law.witness.days import after_months, after_years
from tests.law.witness.knowledge import Event, Offence

POINTS_BEGIN = "1992-12-01"
PROBATION_BEGINS = "2004-03-01"
INCREMENTS_BEGIN = "2007-12-31"
TRAINING_BEGINS = "2019-01-01"


@dataclass(frozen=True, kw_only=True, slots=True)
class Licence:
    """`steps`: day and points of each yearly increment; `ends`: day probation is over, None when there is none."""

    number: int
    event_id: str | None
    obtained: str
    start: int
    steps: tuple[tuple[str, int], ...]
    ends: str | None


def licences(case: dict[str, Any], events: list[Event], offences: list[Offence], known_on: str | None) -> list[Licence]:
    first = case["licence"]
    training = first.get("post_permit_training")
    if known_on is not None and training is not None and training > known_on:
        training = None
    suspensions = [event["on"] for event in events if event["type"] == "suspension"]
    found = [first_licence(first["obtained"], first["probation"], training, offences, suspensions)]
    later = sorted(
        (event for event in events if event["type"] == "licence_obtained"), key=lambda event: (event["on"], event["id"])
    )
    for number, event in enumerate(later, start=1):
        kind = "standard" if event["probation"] == "aac" else event["probation"]
        found.append(path(number, event["id"], max(event["on"], POINTS_BEGIN), kind, None))
    return found


def first_licence(obtained: str, kind: str, training: str | None, offences: list[Offence], suspensions: list[str]) -> Licence:
    short = after_months(obtained, 18 if kind == "aac" else 24)
    rewarded = (
        training is not None
        and obtained >= TRAINING_BEGINS
        and after_months(obtained, 6) <= training <= after_months(obtained, 12)
        and not any(on < short for on in suspensions)
        and not any(offence.interrupts() and obtained <= offence.committed < short for offence in offences)
    )
    return path(0, None, max(obtained, POINTS_BEGIN), kind, short if rewarded else None)


def path(number: int, event_id: str | None, obtained: str, kind: str, short: str | None) -> Licence:
    if kind == "none" or obtained < PROBATION_BEGINS:
        return Licence(number=number, event_id=event_id, obtained=obtained, start=12, steps=(), ends=None)
    ends = short or after_years(obtained, 2 if kind == "aac" else 3)
    steps: tuple[tuple[str, int], ...] = ()
    if obtained >= INCREMENTS_BEGIN:
        yearly = 3 if kind == "aac" else 2
        steps = tuple((after_years(obtained, year), yearly) for year in (1, 2) if after_years(obtained, year) < ends)
    return Licence(number=number, event_id=event_id, obtained=obtained, start=6, steps=steps, ends=ends)
