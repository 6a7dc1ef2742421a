"""What awaits a learner: each line is the replay's own."""

from datetime import date

import pytest

from mespoints.law.facts import ProbationPath
from mespoints.law.readings.first_licence import FirstPoints, first_points

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("path", "is_trained", "expected"),
    [
        (ProbationPath.STANDARD, False, [(0, 6), (12, 8), (24, 10), (36, 12)]),
        (ProbationPath.AAC, False, [(0, 6), (12, 9), (24, 12)]),
        (ProbationPath.STANDARD, True, [(0, 6), (12, 8), (24, 12)]),
        (ProbationPath.AAC, True, [(0, 6), (12, 9), (18, 12)]),
        (ProbationPath.NONE, False, [(0, 12)]),
    ],
)
def test_the_points_of_a_first_licence(path: ProbationPath, is_trained: bool, expected: list[tuple[int, int]]) -> None:  # noqa: FBT001 – a column of the table
    found = first_points(TODAY, path, is_trained=is_trained)
    assert found == tuple(FirstPoints(months=months, points=points) for months, points in expected)


def test_a_leap_day_counts_whole_months() -> None:
    assert [each.months for each in first_points(date(2028, 2, 29), ProbationPath.STANDARD)] == [0, 12, 24, 36]


def test_before_probation_existed_the_capital_was_whole() -> None:
    assert first_points(date(2001, 5, 4), ProbationPath.STANDARD) == (FirstPoints(months=0, points=12),)
