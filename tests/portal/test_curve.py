import re

import pytest

from mespoints.law.replay import replay
from mespoints.portal.pages.curve import BOTTOM, LEFT, RIGHT, STEP, TOP, Curve, curve
from tests.portal.records import RECORDS, TODAY


def drawn(situation: str) -> Curve | None:
    return curve(replay(RECORDS[situation].record).movements, TODAY)


def heights(path: str) -> list[int]:
    """In points, the balances the line goes through."""
    return [(BOTTOM - int(y)) // STEP for y in re.findall(r"(?:M\d+ |V)(\d+)", path)]


@pytest.mark.parametrize(
    ("situation", "past", "future"),
    [
        ("calm", [12, 9, 8], [8, 9, 12]),
        ("probation", [6, 8], [8, 10, 12]),
        ("zero", [12, 6, 0], [0, 12]),
    ],
)
def test_the_line_goes_through_the_balances(situation: str, past: list[int], future: list[int]) -> None:
    line = drawn(situation)
    assert line is not None
    assert (heights(line.past), heights(line.future)) == (past, future)


def test_past_and_future_meet_today_and_the_future_runs_to_the_edge() -> None:
    line = drawn("calm")
    assert line is not None
    assert line.past.endswith(f"H{line.today_x}")
    assert line.future.startswith(f"M{line.today_x} {line.today_y}")
    assert line.future.endswith(f"H{RIGHT}")
    assert LEFT < line.today_x < RIGHT
    assert line.today_y == BOTTOM - 8 * STEP > TOP


def test_years_are_few_enough_to_be_read() -> None:
    line = drawn("red")
    assert line is not None
    assert [mark.year for mark in line.years] == [2027, 2029, 2031, 2033, 2035]


@pytest.mark.parametrize("situation", ["whole", "learner", "invalidated"])
def test_nothing_to_come_is_no_line(situation: str) -> None:
    assert drawn(situation) is None
