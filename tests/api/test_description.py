"""The OpenAPI description: whole, and saying what the contract says."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mespoints.law.case_format import evaluate
from tests.api.conftest import ROOT, Ask, said
from tests.law import schema_check
from tests.law.bad_cases import BAD, GOOD, many_suspensions
from tests.law.random_records import random_case
from tests.law.schema_check import conforms

CONTRACT = Path(schema_check.__file__).with_name("contract") / "evaluate.schema.json"
DATA = Path(__file__).parents[2] / "src/mespoints/api"


@pytest.fixture
def described(caller: Client) -> dict[str, Any]:
    answer = caller.get(ROOT + "openapi.json")
    assert answer.status_code == 200
    return dict(said(answer))


def places(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside, itself included."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from places(inner)


def followed(value: Any, document: dict[str, Any]) -> Any:
    """The same without references: each replaced by what it names."""
    if isinstance(value, list):
        return [followed(inner, document) for inner in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        head, *steps = value["$ref"].split("/")
        assert head == "#"
        target: Any = document
        for step in steps:
            target = target[step]
        return followed(target, document)
    return {name: followed(inner, document) for name, inner in value.items()}


def request_schema(described: dict[str, Any]) -> dict[str, Any]:
    body = described["paths"][ROOT + "evaluate"]["post"]["requestBody"]
    assert body["required"] is True
    return dict(followed(body["content"]["application/json"]["schema"], described))


def answer_schema(described: dict[str, Any], status: str) -> dict[str, Any]:
    responses = described["paths"][ROOT + "evaluate"]["post"]["responses"]
    return dict(followed(responses[status]["content"]["application/json"]["schema"], described))


def test_the_form_of_openapi(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1.")
    assert {"title", "version"} <= set(described["info"])
    assert set(described["paths"]) == {ROOT + name for name in ("evaluate", "offences", "verify", "verify/trust")}
    operations = [operation for path in described["paths"].values() for operation in path.values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations) == 4
    for operation in operations:
        assert operation["responses"]
        for status, response in operation["responses"].items():
            assert status.isdigit()
            assert response["description"]
            assert response["content"]["application/json"]["schema"]
        for parameter in operation["parameters"]:
            assert parameter["in"] == "query"
            assert {"name", "schema", "required"} <= set(parameter)


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    used = {place["$ref"].rsplit("/", 1)[-1] for place in places(described) if "$ref" in place}
    assert used == set(described["components"]["schemas"])
    followed(described, described)


def test_every_pattern_of_a_day_is_the_contract_s(described: dict[str, Any]) -> None:
    days = [place for place in places(described) if place.get("format") == "date" and "pattern" in place]
    assert {place["pattern"] for place in days} == {"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


def test_what_may_be_asked_is_what_the_contract_accepts(described: dict[str, Any]) -> None:
    schema = request_schema(described)
    cases = [GOOD, *(case for case, _code, _found in BAD.values()), *(random_case(seed) for seed in range(300))]
    judged = [conforms(case) for case in cases if len(case.get("events") or ()) <= 200]
    assert True in judged
    assert False in judged
    assert [conforms(case, schema) for case in cases if len(case.get("events") or ()) <= 200] == judged


def test_the_schema_kept_is_the_contract_s() -> None:
    kept, contract = (json.loads(path.read_text("utf-8")) for path in (DATA / "evaluate.schema.json", CONTRACT))
    assert kept == contract


@pytest.mark.parametrize(
    ("document", "is_accepted"),
    [
        ([GOOD] * 100, True),
        ([GOOD] * 101, False),
        ({**GOOD, "events": many_suspensions(200)}, True),
        ({**GOOD, "events": many_suspensions(201)}, False),
        ([], True),
        (3, False),
    ],
)
def test_the_limits_of_this_door_are_described(described: dict[str, Any], document: Any, is_accepted: bool) -> None:  # noqa: FBT001
    assert conforms(document, request_schema(described)) == is_accepted


def test_answers_are_as_described(described: dict[str, Any]) -> None:
    schema = answer_schema(described, "200")
    for case in (GOOD, {**GOOD, "id": "a", "as_of": "1990-01-01"}, *(random_case(seed) for seed in range(300))):
        assert conforms(evaluate(case), schema), case
    assert not conforms({**evaluate(GOOD), "stranger": 1}, schema)
    assert not conforms({name: value for name, value in evaluate(GOOD).items() if name != "course"}, schema)


def test_a_list_with_a_refusal_is_as_described(described: dict[str, Any], ask: Ask) -> None:
    assert conforms(said(ask([GOOD, 3])), answer_schema(described, "200"))


def test_refusals_are_as_described(described: dict[str, Any], ask: Ask) -> None:
    asked = {"400": b"{", "413": b"{}".ljust(300_000), "422": b"{}"}
    for status, raw in asked.items():
        answer = ask(raw)
        assert str(answer.status_code) == status
        assert conforms(said(answer), answer_schema(described, status))


def test_the_catalogue_is_as_described(described: dict[str, Any], caller: Client) -> None:
    operation = described["paths"][ROOT + "offences"]["get"]
    assert {parameter["name"] for parameter in operation["parameters"]} == {"search", "on"}
    listed = followed(operation["responses"]["200"]["content"]["application/json"]["schema"], described)
    rows = said(caller.get(ROOT + "offences"))["offences"]
    row = listed["properties"]["offences"]["items"]
    assert set(rows[0]) == set(row["properties"]) == set(row["required"])
