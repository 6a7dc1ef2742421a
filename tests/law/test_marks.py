"""The twelve marks, drawn from a case: h held, c coming back within a year, l lost, x above the ceiling of the day."""

from datetime import date
from typing import Any

import pytest

from mespoints.law.case_reading import read_case
from mespoints.law.readings.marks import MarkKind, marks
from mespoints.law.readings.situation import situation
from mespoints.law.replay import replay
from tests.law.drivers import Case, all_lost, driver, event, offence

LETTERS = {MarkKind.HELD: "h", MarkKind.COMING_BACK: "c", MarkKind.LOST: "l", MarkKind.ABOVE_CEILING: "x"}
ONE, THREE = offence("one", "2021-01-10", "2021-02-10", "C2", 1), offence("three", "2021-01-10", "2021-02-10", "C2", 3)
TODAY = event("c", "course", "2021-03-01")
NOVICE: dict[str, Any] = {"obtained": "2021-01-10", "probation": "standard"}
BELOW_ZERO = [offence(name, "2021-01-10", "2021-02-10", "D", 6) for name in "abc"]


def drawn(case: Case, on: str) -> tuple[str, list[Any]]:
    """The marks as letters, and the days of those that come back."""
    state = replay(read_case({**case, "as_of": on}).record)
    found = marks(state, situation(state, date.fromisoformat(on)))
    assert all((mark.on is not None) == (mark.kind is MarkKind.COMING_BACK) for mark in found)
    return "".join(LETTERS[mark.kind] for mark in found), sorted({str(mark.on) for mark in found if mark.on is not None})


MARKS: list[tuple[str, Case, str, str, list[str]]] = [
    ("nothing lost", driver(), "2021-03-01", "hhhhhhhhhhhh", []),
    ("one point back in six months", driver(ONE), "2021-03-01", "hhhhhhhhhhhc", ["2021-08-10"]),
    ("three points, two years to go", driver(THREE), "2021-02-10", "hhhhhhhhhlll", []),
    ("the eve of the last year", driver(THREE), "2022-02-09", "hhhhhhhhhlll", []),
    ("a year to the day", driver(THREE), "2022-02-10", "hhhhhhhhhccc", ["2023-02-10"]),
    ("both", driver(ONE, THREE), "2021-03-01", "hhhhhhhhclll", ["2021-08-10"]),
    ("from below zero", driver(*BELOW_ZERO), "2023-03-01", "cccccccccccc", ["2024-02-10"]),
    ("the course of today", driver(BELOW_ZERO[0], TODAY), "2021-03-01", "hhhhhhccccll", ["2021-03-02"]),
    ("first day of probation", driver(**NOVICE), "2021-01-10", "hhhhhhxxxxxx", []),
    ("probation, a point lost", driver(ONE, **NOVICE), "2021-03-01", "hhhhhcxxxxxx", ["2021-08-10"]),
    ("no licence yet", driver(obtained="2021-01-10"), "2021-01-09", "llllllllllll", []),
    ("licence lost", driver(*all_lost("2021-01-10")), "2021-03-01", "llllllllllll", []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "case", "on", "letters", "days"), MARKS, ids=[row[0] for row in MARKS])
def test_marks(name: str, case: Case, on: str, letters: str, days: list[str]) -> None:
    assert drawn(case, on) == (letters, days)
