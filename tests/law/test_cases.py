"""Every case a jurist can read, through the engine and through the witness: cases/*.yaml."""

from typing import Any

import pytest

from tests.law.case_files import ANSWERERS, Answerer, Row, cases, mismatches


def rows(*, disputed: bool) -> list[Any]:
    """One test per case and day."""
    return [
        pytest.param(case, row, id=f"{case['id']}-{row['on']}")
        for case in cases()
        if case.get("disputed", False) is disputed
        for row in case["expect"]
    ]


EACH_ANSWERER = pytest.mark.parametrize("answer", [pytest.param(answer, id=name) for name, answer in ANSWERERS.items()])


@EACH_ANSWERER
@pytest.mark.parametrize(("case", "row"), rows(disputed=False))
def test_undisputed(case: Row, row: Row, answer: Answerer) -> None:
    assert "our_reading" not in row
    assert mismatches(case, row, answer) == [], row.get("why", row["article"])


@EACH_ANSWERER
@pytest.mark.parametrize(("case", "row"), rows(disputed=True))
def test_disputed_follows_the_contract(case: Row, row: Row, answer: Answerer) -> None:
    """Where the contract departs from the source, both figures stand in the file: `balance` and `our_reading`."""
    assert mismatches(case, row, answer) == [], row.get("why", row["article"])


def test_where_we_depart_from_a_source() -> None:
    """A new departure is a decision: it must be made here too."""
    departures = {
        (case["id"], row["on"]): (row["balance"], row["our_reading"])
        for case in cases()
        for row in case["expect"]
        if "our_reading" in row
    }
    assert departures == {
        # L223-1 al. 5 bars the full restoration until probation ends (law.md Q21).
        ("cidj-two-year-rebuild-inside-probation", "2022-02-20"): (12, 3),
        # One year from effective day to effective day, not the trade's year and a day (contract, reading l).
        ("agora-second-course-on-the-anniversary", "2023-03-13"): (6, 10),
    }


def test_every_expectation_names_its_article() -> None:
    for case in cases():
        assert case["source"], case["id"]
        for row in case["expect"]:
            assert any(mark in row["article"] for mark in ("L2", "R2", "R4", "contract")), (case["id"], row["on"])


def test_every_case_is_told_once() -> None:
    names = [case["id"] for case in cases()]
    assert len(names) == len(set(names))
    assert len(names) >= 55
