"""POST /api/v1/evaluate: the answers and the refusals of the command, with a status."""

import json
import logging
from copy import deepcopy
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mespoints.api import evaluation
from mespoints.api.usage import MINUTE
from mespoints.config.discreet_log import DiscreetFormatter
from mespoints.identity.models import Account
from mespoints.identity.sessions import BACKEND
from mespoints.law.case_format import CaseError, evaluate
from mespoints.rate_limits.models import Counter
from tests.api.conftest import NOW, ROOT, Ask, code, said
from tests.law.bad_cases import BAD, GOOD, many_suspensions
from tests.law.random_records import random_case

EVALUATE = ROOT + "evaluate"
JSON = "application/json"


# answered


def test_one_case_is_answered_as_the_law_answers(ask: Ask) -> None:
    answer = ask(GOOD)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json; charset=utf-8")
    assert said(answer) == evaluate(GOOD)


@pytest.mark.parametrize("seed", range(0, 5000, 250))
def test_any_case_is_answered_as_the_law_answers(ask: Ask, seed: int) -> None:
    case = random_case(seed)
    assert said(ask(case)) == evaluate(case)


def test_a_list_is_answered_in_order_with_the_refusals_in_their_place(ask: Ask) -> None:
    bad = BAD["30 February"][0]
    answer = ask([GOOD, bad, 3, {**GOOD, "id": "last"}])
    assert answer.status_code == 200
    first, second, third, fourth = said(answer)
    assert first == evaluate(GOOD)
    assert second == refusal(bad)
    assert third == refusal(3)
    assert fourth["id"] == "last"


def test_an_empty_list_has_an_empty_answer(ask: Ask) -> None:
    answer = ask([])
    assert (answer.status_code, said(answer)) == (200, [])


@pytest.mark.parametrize("word", ["\\ud800", "\\u0000", "\\u2028", "é"])
def test_strange_letters_are_given_back(ask: Ask, word: str) -> None:
    answer = ask((json.dumps(GOOD)[:-1] + f', "id": "{word}"}}').encode())
    assert answer.status_code == 200
    assert said(answer)["id"] == json.loads(f'"{word}"')


# refused


def refusal(case: Any) -> dict[str, Any]:
    with pytest.raises(CaseError) as refused:
        evaluate(deepcopy(case))
    return dict(refused.value.as_json())


@pytest.mark.parametrize("name", sorted(BAD))
def test_one_bad_case_is_refused_in_the_words_of_the_contract(ask: Ask, name: str) -> None:
    case, expected, _found = BAD[name]
    answer = ask(case)
    assert code(answer) == expected
    if expected != "too_large":
        assert (answer.status_code, said(answer)) == (422, refusal(case))
    else:
        assert answer.status_code == 413


@pytest.mark.parametrize(
    "text", [b"", b"{", b"[1,", b'{"as_of": NaN}', b"[" * 100_000, b'{"a": 1' + b"0" * 5000 + b"}", b'{"id": "\xff"}']
)
def test_what_is_not_json(ask: Ask, text: bytes) -> None:
    answer = ask(text)
    assert (answer.status_code, code(answer)) == (400, "json")


@pytest.mark.parametrize("text", [b"null", b"3", b'"\\ud800"', b"{}"])
def test_json_that_is_no_case(ask: Ask, text: bytes) -> None:
    answer = ask(text)
    assert answer.status_code == 422
    assert said(answer) == refusal(json.loads(text))


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete", "trace"])
def test_another_method_is_refused(caller: Client, method: str) -> None:
    answer = getattr(caller, method)(EVALUATE)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST, OPTIONS")
    if method != "head":
        assert code(answer) == "method_not_allowed"
        assert "POST" in said(answer)["error"]["message"]


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "", "application/json; charset=latin-1", "text/json"]
)
def test_another_type_is_refused(caller: Client, content_type: str) -> None:
    answer = caller.post(EVALUATE, json.dumps(GOOD).encode(), content_type=content_type)
    assert (answer.status_code, code(answer)) == (415, "media_type")
    assert JSON in said(answer)["error"]["message"]


def test_the_charset_may_be_said(caller: Client) -> None:
    assert caller.post(EVALUATE, json.dumps(GOOD).encode(), content_type=f"{JSON}; charset=UTF-8").status_code == 200


def test_a_compressed_body_is_refused(ask: Ask) -> None:
    answer = ask(GOOD, content_encoding="gzip")
    assert (answer.status_code, code(answer)) == (415, "media_type")


@pytest.mark.parametrize("length", ["", "abc", "-1", "²"])
def test_a_length_that_is_not_said(caller: Client, length: str) -> None:
    answer = caller.post(EVALUATE, b"{}", content_type=JSON, CONTENT_LENGTH=length)
    assert (answer.status_code, code(answer)) == (411, "length_required")


class Broken(BytesIO):
    def read(self, size: int | None = -1) -> bytes:
        raise ConnectionResetError


@pytest.mark.parametrize("stream", [BytesIO(json.dumps(GOOD).encode()[:-5]), Broken()], ids=["shorter", "broken"])
def test_a_body_cut_short_is_not_json(caller: Client, stream: BytesIO) -> None:
    announced: dict[str, Any] = {"CONTENT_TYPE": JSON, "CONTENT_LENGTH": str(len(json.dumps(GOOD))), "wsgi.input": stream}
    answer = caller.generic("POST", EVALUATE, **announced)
    assert (answer.status_code, code(answer)) == (400, "json")


def test_an_unknown_address_is_told_in_the_same_form(caller: Client) -> None:
    for address in ("nowhere", "evaluate/", "evaluate/more"):
        answer = caller.post(ROOT + address, b"{}", content_type=JSON)
        assert (answer.status_code, code(answer)) == (404, "not_found")


# too large


def test_the_largest_body_and_one_byte_more(ask: Ask) -> None:
    raw = json.dumps(GOOD).encode()
    assert ask(raw.ljust(256 * 1024)).status_code == 200
    answer = ask(raw.ljust(256 * 1024 + 1))
    assert (answer.status_code, code(answer)) == (413, "too_large")
    assert "262144" in said(answer)["error"]["message"]


def test_a_length_beyond_any_number_is_too_large_and_nothing_is_read(caller: Client) -> None:
    answer = caller.post(EVALUATE, b"{}", content_type=JSON, CONTENT_LENGTH="9" * 5000)
    assert (answer.status_code, code(answer)) == (413, "too_large")


def test_a_hundred_cases_and_one_more(ask: Ask) -> None:
    empty = {**GOOD, "events": []}
    assert len(said(ask([empty] * 100))) == 100
    answer = ask([empty] * 101)
    assert (answer.status_code, code(answer)) == (413, "too_large")
    assert "101" in said(answer)["error"]["message"]


def test_two_hundred_events_and_one_more(ask: Ask) -> None:
    assert ask({**GOOD, "events": many_suspensions(200)}).status_code == 200
    longer = {**GOOD, "events": many_suspensions(201)}
    answer = ask(longer)
    assert (answer.status_code, code(answer), said(answer)["error"]["path"]) == (413, "too_large", "events")
    good, refused = said(ask([GOOD, longer]))
    assert good == evaluate(GOOD)
    assert refused == said(answer)


def test_a_list_too_heavy_is_refused_whole(ask: Ask) -> None:
    heavy = {**GOOD, "events": many_suspensions(100)}
    assert ask([heavy] * 4).status_code == 200
    answer = ask([heavy] * 5)
    assert (answer.status_code, code(answer)) == (413, "too_large")
    assert "125" in said(answer)["error"]["message"]


# nothing kept, nobody known


def every_row() -> dict[str, str | None]:
    """A digest of all the rows of each table."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        digests = {}
        for table in tables:
            cursor.execute(f'select md5(string_agg(t::text, chr(10) order by t::text)) from "{table}" t')  # noqa: S608 – our tables
            digests[table] = cursor.fetchone()[0]
    return digests


def test_no_table_changes_but_the_count(ask: Ask) -> None:
    before = every_row()
    ask({**GOOD, "id": "Sesame"})
    ask(BAD["30 February"][0])
    after = every_row()
    assert {table for table in after if after[table] != before[table]} == {"rate_limits_counter"}
    kept = list(Counter.objects.order_by("spent").values())
    assert [set(each) for each in kept] == [{"key", "until", "spent"}] * 2
    assert {(each["until"], each["spent"]) for each in kept} == {(NOW.replace(second=0) + MINUTE, 2)}
    assert [len(each["key"]) for each in kept] == [64, 64]


def test_no_log_line_holds_what_was_asked(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for document in ({**GOOD, "id": "Sesame"}, {**GOOD, "id": "Sesame", "as_of": "Sesame"}, {"Sesame": 1}, b'{"Sesame"'):
        ask(document)
    assert "/api/v1/evaluate" in caplog.text
    assert "Sesame" not in caplog.text
    assert "127.0.0.1" not in caplog.text


def test_a_failure_of_ours_is_told_without_what_was_asked(
    ask: Ask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(document: object) -> None:
        raise KeyError(str(document))

    monkeypatch.setattr(evaluation, "evaluate", broken)
    answer = ask({**GOOD, "id": "Sesame"})
    assert (answer.status_code, code(answer)) == (500, "internal")
    written = "\n".join(DiscreetFormatter().format(record) for record in caplog.records)
    assert "API-INTERNAL" in written
    assert "KeyError" in written
    assert "evaluation.py" in written
    assert "Sesame" not in written + answer.content.decode()


def test_a_session_is_neither_read_nor_made(caller: Client) -> None:
    account = Account.objects.open_without_password(email=None, now=timezone.now())
    caller.force_login(account, backend=BACKEND)
    caller.post(EVALUATE, GOOD, content_type=JSON)
    with CaptureQueriesContext(connection) as captured:
        answer = caller.post(EVALUATE, GOOD, content_type=JSON)
    assert [query["sql"].split()[:3] for query in captured.captured_queries] == [["insert", "into", "rate_limits_counter"]]
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_any_site_may_call_and_none_may_keep(caller: Client, ask: Ask) -> None:
    for answer in (ask(GOOD), ask({}), caller.get(EVALUATE)):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_browser_is_given_leave_to_send_json(caller: Client) -> None:
    asked = {"origin": "https://example.org", "access-control-request-method": "POST"}
    answer = caller.options(EVALUATE, headers={**asked, "access-control-request-headers": "content-type"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Allow-Methods"] == "POST, OPTIONS"
    assert answer.headers["Access-Control-Allow-Headers"] == "Content-Type"
