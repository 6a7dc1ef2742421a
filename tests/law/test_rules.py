"""Corners of the rules that no sourced case shows."""

from typing import Any

import pytest

from mespoints.law.case_format import evaluate

FULL_LICENCE = {"obtained": "1995-01-01", "probation": "none"}


def offence(fact_id: str, points: int, category: str = "C4", day: str = "2021-02-03", **more: Any) -> dict[str, Any]:
    established = {"established": "2021-05-05", "established_by": "conviction"}
    return {"id": fact_id, "type": "offence", "committed": day, "category": category, "points": points} | established | more


def account(*events: dict[str, Any], on: str = "2021-05-05") -> int:
    found: int = evaluate({"licence": FULL_LICENCE, "events": list(events), "as_of": on})["account"]
    return found


def test_an_offence_left_alone_in_its_group_is_not_capped() -> None:
    """Its companion's withdrawal was cancelled: nothing is simultaneous any more (L223-2 III)."""
    cancelled = {"id": "x", "type": "decision_cancelled", "on": "2021-05-06", "target": "b"}
    assert account(offence("a", 9, "D"), offence("b", 4, simultaneous_with="a"), cancelled) == 3


def test_eight_points_in_a_group_do_not_open_the_cap_of_nine() -> None:
    """Only drugs together with alcohol does (L235-1 I)."""
    recent = {"day": "2026-02-03", "established": "2026-05-05"}
    assert account(offence("a", 8, "D", **recent), offence("b", 1, simultaneous_with="a", **recent), on="2026-05-05") == 4
    assert account(offence("a", 9, "D", **recent), offence("b", 1, simultaneous_with="a", **recent), on="2026-05-05") == 3


@pytest.mark.parametrize(("category", "left"), [("C4", 6), ("D", 4)])
def test_before_13_june_2003_a_delit_lifts_the_cap_from_six_to_eight(category: str, left: int) -> None:
    """L223-2 and R223-2 of 1 June 2001."""
    old = {"day": "2003-06-12", "established": "2003-09-01"}
    group = offence("a", 4, **old), offence("b", 6, category, simultaneous_with="a", **old)
    assert account(*group, on="2003-09-01") == left


def test_two_points_that_return_together_come_in_the_order_of_identifiers() -> None:
    """30 and 31 August both end on the last day of February; the ceiling leaves room for one."""
    events = [
        offence("z", 1, established="2021-08-30"),
        offence("a", 1, established="2021-08-31"),
        {"id": "s", "type": "course", "on": "2021-09-10"},
        offence("c", 1, established="2021-12-01"),
    ]
    answer = evaluate({"licence": FULL_LICENCE, "events": events, "as_of": "2022-02-28"})
    returned = [(m["on"], m["cause"]) for m in answer["movements"] if m["rule"] == "six_months"]
    assert returned == [("2022-02-28", "a")]


@pytest.mark.parametrize(
    ("obtained", "probation", "articles"),
    [
        ("2001-01-01", "none", ["R255"]),
        ("2005-01-01", "none", ["R223-1 I"]),
        ("2020-01-01", "standard", ["L223-1 al. 2", "R223-1 II"]),
    ],
)
def test_the_capital_has_its_article(obtained: str, probation: str, articles: list[str]) -> None:
    licence = {"obtained": obtained, "probation": probation}
    assert evaluate({"licence": licence, "events": [], "as_of": obtained})["movements"][0]["articles"] == articles


def test_an_offence_of_the_first_day_falls_on_the_later_of_two_older_licences() -> None:
    """Both open on 1 December 1992, one after the other; the points of that day are taken from the one in force."""
    day = {"committed": "1992-12-01", "established": "1992-12-01", "established_by": "fine_paid", "category": "C3", "points": 1}
    second = {"id": "n", "type": "licence_obtained", "on": "1992-07-31", "probation": "none"}
    case = {"licence": {"obtained": "1992-03-31", "probation": "none"}, "events": [{"id": "a", "type": "offence"} | day, second]}
    assert evaluate(case | {"as_of": "1992-12-01"})["account"] == 11
