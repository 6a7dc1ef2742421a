"""Every case a jurist can read, through the engine: cases/*.yaml."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from mespoints.law.case_format import evaluate
from tests.law import witness

CASES = Path(__file__).with_name("cases")
Row = dict[str, Any]


def days_as_text(value: Any) -> Any:
    """YAML reads a bare day as a date; the contract wants its text."""
    match value:
        case dt.date():
            return value.isoformat()
        case dict():
            return {key: days_as_text(inner) for key, inner in value.items()}
        case list():
            return [days_as_text(inner) for inner in value]
        case _:
            return value


def cases() -> list[Row]:
    return [case for file in sorted(CASES.glob("*.yaml")) for case in days_as_text(yaml.safe_load(file.read_text("utf-8")))]


def rows(*, disputed: bool) -> list[Any]:
    """One test per case and day."""
    return [
        pytest.param(case, row, id=f"{case['id']}-{row['on']}")
        for case in cases()
        if case.get("disputed", False) is disputed
        for row in case["expect"]
    ]


def asked(case: Row, day: str, known_on: str | None = None) -> Row:
    question = {"licence": case["licence"], "events": case["events"], "as_of": day}
    return question if known_on is None else {**question, "known_on": known_on}


def told(answer: Any, expected: Any) -> Any:
    """The part of the answer of which the case speaks."""
    match expected:
        case dict():
            return {key: answer[key] if key in answer else answer["possible_causes"][0] for key in expected}
        case list() if len(answer) == len(expected):
            return [told(one, other) for one, other in zip(answer, expected, strict=True)]
        case _:
            return answer


ANSWERERS = pytest.mark.parametrize("answer", [evaluate, witness.evaluate], ids=["engine", "witness"])


def check(case: Row, row: Row, answer: Any) -> None:
    here = answer(asked(case, row["on"]))
    assert here["balance"] == row.get("our_reading", row["balance"]), row.get("why", row["article"])
    for key, field in (("max", "ceiling"), ("account", "account"), ("status", "status")):
        if key in row:
            assert here[field] == row[key], row.get("why", row["article"])
    here["obligations"] = sorted(here["obligations"], key=lambda duty: (duty["kind"], duty["cause"]))
    for key in ("new_licence_from", "course", "obligations", "revoked"):
        if key in row:
            assert told(here[key], row[key]) == row[key], row.get("why", row["article"])
    if "next_recovery" in row:
        forecast = answer(asked(case, row["on"], row.get("known_on")))["forecast"]
        assert forecast, "nothing is forecast"
        assert {key: forecast[0][key] for key in ("on", "points", "rule")} == row["next_recovery"]


@ANSWERERS
@pytest.mark.parametrize(("case", "row"), rows(disputed=False))
def test_undisputed(case: Row, row: Row, answer: Any) -> None:
    assert "our_reading" not in row
    check(case, row, answer)


@ANSWERERS
@pytest.mark.parametrize(("case", "row"), rows(disputed=True))
def test_disputed_follows_the_contract(case: Row, row: Row, answer: Any) -> None:
    """Where the contract departs from the source, both figures stand in the file: `balance` and `our_reading`."""
    check(case, row, answer)


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
