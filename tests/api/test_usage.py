"""How much one caller may ask: counted in the database, forgotten soon, and never a reason to be unavailable."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from mespoints.api import doors, usage
from mespoints.api.limits import MinuteLimits, weight
from mespoints.api.refusals import Refusal
from mespoints.api.usage import Meter
from mespoints.rate_limits.limits import Count
from mespoints.rate_limits.models import Counter
from tests.api.conftest import NOW, ROOT, Ask, code, said
from tests.law.bad_cases import GOOD, many_suspensions

LIMITS = MinuteLimits(requests=3, cases=10)


# weight


@pytest.mark.parametrize(
    ("events", "units"), [(0, 1), (1, 1), (20, 1), (21, 2), (40, 4), (41, 5), (100, 25), (199, 100), (200, 100), (201, 1)]
)
def test_a_case_weighs_as_the_square_of_its_events(events: int, units: int) -> None:
    assert weight({"events": many_suspensions(events)}) == units


@pytest.mark.parametrize("document", [None, 3, "text", [], {}, {"events": None}, {"events": {"a": 1}}])
def test_what_will_be_refused_weighs_one(document: object) -> None:
    assert weight(document) == 1


# over HTTP


def test_the_last_request_of_the_minute_and_the_next(ask: Ask, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 2
    assert [ask(GOOD).status_code for _ in range(2)] == [200, 200]
    answer = ask(GOOD)
    assert (answer.status_code, code(answer)) == (429, "too_many_requests")
    assert answer.headers["Retry-After"] == "40"
    assert answer.headers["Access-Control-Expose-Headers"] == "Retry-After"
    assert "attendez 40 s" in said(answer)["error"]["message"]


def test_cases_are_counted_by_weight(ask: Ask, settings: Settings) -> None:
    settings.API_CASES_PER_MINUTE = 27
    assert ask({**GOOD, "events": many_suspensions(100)}).status_code == 200
    assert ask([GOOD, GOOD]).status_code == 200
    assert ask(GOOD).status_code == 429


def test_a_request_that_cannot_be_read_is_counted(ask: Ask, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 1
    assert ask(b"{").status_code == 400
    assert ask(b"{").status_code == 429


def test_the_catalogue_is_counted_too(caller: Client, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 1
    assert [caller.get(ROOT + "offences").status_code for _ in range(2)] == [200, 429]


def test_another_address_has_its_own_count(caller: Client, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 1
    for address in ("203.0.113.7", "203.0.113.8"):
        assert caller.get(ROOT + "offences", REMOTE_ADDR=address).status_code == 200
    assert caller.get(ROOT + "offences", REMOTE_ADDR="203.0.113.7").status_code == 429


def test_what_a_caller_says_of_itself_changes_nothing(caller: Client, settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 1
    assert caller.get(ROOT + "offences", headers={"x-forwarded-for": "203.0.113.7"}).status_code == 200
    assert caller.get(ROOT + "offences", headers={"x-forwarded-for": "203.0.113.8"}).status_code == 429


@pytest.mark.django_db(transaction=True)
def test_threads_with_connections_of_their_own_share_one_count(settings: Settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 10

    def ask_ten_times(_: int) -> list[int]:
        client = Client()
        try:
            return [client.get(ROOT + "offences").status_code for _ in range(10)]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        statuses = [status for each in both.map(ask_ten_times, range(2)) for status in each]
    assert sorted(statuses) == [200] * 10 + [429] * 10
    assert set(Counter.objects.values_list("spent", flat=True)) == {20, 0}


# the meter


@pytest.mark.parametrize(("second", "wait"), [(0, "60"), (20, "40"), (59, "1")])
def test_one_waits_until_the_next_minute(db: None, second: int, wait: str) -> None:
    meter, now = Meter(), NOW.replace(second=second)
    for _ in range(3):
        meter.admit("a", cases=0, limits=LIMITS, now=now)
    with pytest.raises(Refusal) as refused:
        meter.admit("a", cases=0, limits=LIMITS, now=now)
    assert refused.value.headers == {"Retry-After": wait}


def test_cases_up_to_the_limit(db: None) -> None:
    meter = Meter()
    meter.admit("a", cases=10, limits=LIMITS, now=NOW)
    with pytest.raises(Refusal):
        meter.admit("a", cases=1, limits=LIMITS, now=NOW)


def test_without_a_database_the_law_still_answers(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked = []

    def no_database(address: str, **_: object) -> tuple[Count, ...]:
        asked.append(address)
        raise OperationalError("connection of 203.0.113.7 refused")

    monkeypatch.setattr(usage, "count", no_database)
    assert [ask(GOOD).status_code for _ in range(3)] == [200, 200, 200]
    assert len(asked) == 1, "a database that failed rests"
    assert "API-LIMIT-UNAVAILABLE" in caplog.text
    assert "203.0.113.7" not in caplog.text
    with pytest.raises(Refusal):
        doors.meter.admit("a", cases=1, limits=MinuteLimits(requests=0, cases=0), now=resumed(monkeypatch))


def resumed(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """The database is back, and the rest is over."""
    monkeypatch.undo()
    return NOW + usage.REST
