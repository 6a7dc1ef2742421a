"""GET /api/v1/offences: what a code gives on a day."""

import pytest
from django.test import Client

from mespoints.law.case_format import evaluate
from mespoints.law.texts.catalogue import catalogue
from tests.api.conftest import ROOT, Ask, code, said

OFFENCES = ROOT + "offences"


def found(caller: Client, **asked: str) -> list[str]:
    answer = caller.get(OFFENCES, asked)
    assert answer.status_code == 200
    return [row["offence"] for row in said(answer)["offences"]]


def test_the_whole_catalogue(caller: Client) -> None:
    assert found(caller) == list(catalogue())


def test_a_row_says_what_the_offence_costs(caller: Client) -> None:
    answer = said(caller.get(OFFENCES, {"search": "OREILLETTE", "on": "2020-01-01"}))
    assert answer["on"] == "2020-01-01"
    (row,) = answer["offences"]
    assert row == {
        "offence": "OREILLETTE",
        "label": catalogue()["OREILLETTE"].label,
        "article": "R412-6-1 al. 2, 4 et 6",
        "category": "C4",
        "points": 3,
        "in_force_from": "2015-07-01",
        "in_force_to": None,
        "doubt": catalogue()["OREILLETTE"].doubt or None,
    }


def test_a_row_found_can_be_put_in_a_case(caller: Client, ask: Ask) -> None:
    (row,) = said(caller.get(OFFENCES, {"search": "OREILLETTE", "on": "2020-01-01"}))["offences"]
    event = {"id": "a", "type": "offence", "committed": "2020-01-01", "established": "2020-02-01", "established_by": "fine_paid"}
    case = {
        "licence": {"obtained": "2010-01-01", "probation": "none"},
        "events": [event | {"offence": row["offence"]}],
        "as_of": "2020-03-01",
    }
    assert said(ask(case)) == evaluate(case)
    assert said(ask(case))["balance"] == 12 - row["points"]


@pytest.mark.parametrize("search", ["téléphone", "TELEPHONE", "telephone conducteur", "conducteur   Téléphone"])
def test_words_are_found_in_any_order_with_or_without_accents(caller: Client, search: str) -> None:
    assert "TEL" in found(caller, search=search, on="2020-01-01")


def test_words_that_are_not_there(caller: Client) -> None:
    assert found(caller, search="téléphone sous-marin") == []


@pytest.mark.parametrize(("on", "is_there"), [("2015-06-30", False), ("2015-07-01", True)])
def test_the_first_day_in_force(caller: Client, on: str, is_there: bool) -> None:  # noqa: FBT001 – a column of the table
    assert ("OREILLETTE" in found(caller, on=on)) == is_there


@pytest.mark.parametrize(("on", "is_there"), [("2023-12-31", True), ("2024-01-01", False)])
def test_the_last_day_in_force(caller: Client, on: str, is_there: bool) -> None:  # noqa: FBT001 – same
    assert ("SPD_LT5_LE50_OLD" in found(caller, on=on)) == is_there


def test_what_is_not_sure_is_said_beside_the_figure(caller: Client) -> None:
    doubts = {row["offence"]: row["doubt"] for row in said(caller.get(OFFENCES))["offences"] if row["doubt"]}
    assert doubts == {entry.code: entry.doubt for entry in catalogue().values() if entry.doubt}
    assert any("à vérifier" in doubt for doubt in doubts.values())


@pytest.mark.parametrize(
    ("asked", "expected", "path"),
    [
        ({"on": "2020-02-30"}, "not_a_day", "on"),
        ({"on": ""}, "not_a_day", "on"),
        ({"search": "x" * 101}, "out_of_range", "search"),
        ({"code": "TEL"}, "unknown_field", "code"),
    ],
)
def test_what_cannot_be_read(caller: Client, asked: dict[str, str], expected: str, path: str) -> None:
    answer = caller.get(OFFENCES, asked)
    assert (answer.status_code, code(answer)) == (422, expected)
    assert said(answer)["error"]["path"] == path


def test_another_method_is_refused(caller: Client) -> None:
    answer = caller.post(OFFENCES)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert code(answer) == "method_not_allowed"


def test_only_the_headers_may_be_asked(caller: Client) -> None:
    answer = caller.head(OFFENCES)
    assert (answer.status_code, answer.content) == (200, b"")
