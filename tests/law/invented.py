"""Small records for the readings that compare: one licence of 2010 without probation, and facts with their days."""

from collections.abc import Iterable
from datetime import date
from random import Random

from mespoints.law import (
    Course,
    EstablishedBy,
    Fact,
    LicenceObtained,
    Offence,
    OffenceClass,
    ProbationPath,
    Record,
    Rule,
    StatedMovement,
)
from mespoints.law.case_reading import read_case
from mespoints.law.state import Movement
from tests.law.random_records import random_case

LICENCE = LicenceObtained(fact_id="licence", on=date(2010, 1, 1), path=ProbationPath.NONE)
"""Twelve points from the first day."""
PROBATION = LicenceObtained(fact_id="licence", on=date(2020, 1, 1), path=ProbationPath.STANDARD)
"""Six points, probation until 1 January 2023."""


def day(text: str) -> date:
    return date.fromisoformat(text)


def offence(
    fact_id: str,
    committed: str,
    established: str | None,
    offence_class: str,
    points: int,
    *,
    simultaneous_with: str | None = None,
    vehicle_needs_licence: bool = True,
    recorded: str | None = None,
) -> Offence:
    return Offence(
        fact_id=fact_id,
        committed_on=day(committed),
        established_on=day(established) if established else None,
        established_by=EstablishedBy.FINE_PAID if established else None,
        offence_class=OffenceClass(offence_class),
        points=points,
        simultaneous_with=simultaneous_with,
        vehicle_needs_licence=vehicle_needs_licence,
        recorded_on=day(recorded) if recorded else None,
    )


def course(fact_id: str, on: str) -> Course:
    return Course(fact_id=fact_id, on=day(on))


def record(*facts: Fact, licence: LicenceObtained = LICENCE) -> Record:
    return Record.of((licence, *facts))


def brief(movements: Iterable[Movement]) -> list[tuple[str, int, Rule]]:
    """What a test writes by hand."""
    return [(movement.on.isoformat(), movement.points, movement.rule) for movement in movements]


def random_record(seed: int) -> tuple[Record, date, Random]:
    """A record, a day to ask about, and the chance for the rest of the test."""
    case = read_case(random_case(seed))
    return case.record, case.as_of, Random(seed)  # noqa: S311 – nothing to protect here


def as_stated(movements: Iterable[Movement]) -> list[StatedMovement]:
    """A history that tells exactly these movements."""
    return [
        StatedMovement(on=each.on, points=each.points, rule=each.rule, cause=each.cause, balance=max(each.account, 0))
        for each in movements
    ]
