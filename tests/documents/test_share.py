"""A right shared by a code: what opens it, what it shows, what it costs to guess, and when it is forgotten."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError

from mespoints.access_log.models import AccessTrace
from mespoints.documents import share as sharing
from mespoints.documents.models import Share, ShareView
from mespoints.documents.share import (
    MOST_OPEN,
    Answer,
    Closing,
    Refusal,
    SharedRight,
    TooManyShares,
    Wish,
    categories_today,
    erase_ended_shares,
    open_share,
    revoke,
    share,
    shares_of,
    typed_code,
)
from mespoints.law.facts import Suspension
from mespoints.register.consultation import HolderRecord, TraceRefused
from tests.documents.statements import ISSUED_AT
from tests.register.entering import arrival, enter, holder, licence, read

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
NOW = ISSUED_AT
ADDRESS = "203.0.113.7"
WISH = Wish(audience="Location Rivage", categories=("B",), expires_on=TODAY + timedelta(days=6), views=3)
MakeShare = Callable[..., str]


@pytest.fixture
def consulted() -> HolderRecord:
    enter(1, [holder(), licence()])
    return read()


@pytest.fixture
def made(consulted: HolderRecord) -> MakeShare:
    def make(**changes: Any) -> str:
        code = typed_code(share(consulted, 7, replace(WISH, **changes), NOW))
        assert code is not None
        return code

    return make


def opened(code: str, name: str = "Lefèvre", *, address: str = ADDRESS, days: int = 0) -> Answer | Refusal:
    return open_share(code, name, address, NOW + timedelta(days=days))


def only(today: date = TODAY) -> SharedRight:
    (found,) = shares_of(Share.objects.get().holder_id, today)
    return found


def test_whoever_has_the_code_and_the_name_reads_the_right_and_nothing_else(made: MakeShare) -> None:
    answer = opened(made())
    assert isinstance(answer, Answer)
    assert answer.rights == (("B", True),)
    assert (answer.audience, answer.initials, answer.views_left, answer.account_id) == ("Location Rivage", "Z. L.", 2, 7)
    assert not {"points", "balance", "state", "birth_name"} & set(Answer.__slots__)


@pytest.mark.parametrize("name", ["LEFEVRE", "lefèvre", " Lefèvre "])
def test_accents_and_case_of_the_name_do_not_count(made: MakeShare, name: str) -> None:
    assert isinstance(opened(made(), name), Answer)


@pytest.mark.parametrize(
    ("typed", "read"), [("k7q2m-4xd9t", "K7Q2M4XD9T"), ("K7Q2M 4XDOI", "K7Q2M4XD01"), ("K7Q2M", None), ("", None)]
)
def test_a_code_is_read_however_it_is_typed(typed: str, read: str | None) -> None:
    assert typed_code(typed) == read


def test_neither_code_nor_name_is_stored(made: MakeShare) -> None:
    code = made()
    row = Share.objects.values().get()
    assert code not in str(row)
    assert "LEFEVRE" not in str(row).upper()
    assert made() != code
    assert len(set(Share.objects.values_list("name_digest", flat=True))) == 2


def test_each_view_is_a_receipt_and_a_trace(made: MakeShare) -> None:
    code = made()
    opened(code)
    opened(code)
    assert only().viewed_at == (NOW, NOW)
    role, account, reason = AccessTrace.objects.order_by("-id").values_list("role", "account_id", "reason")[0]
    assert (role, account, reason) == ("system", None, f"partage n° {only().number} ouvert par un tiers")


def closed_by_use(code: str) -> Closing | None:
    for _ in range(3):
        assert isinstance(opened(code), Answer)
    return only().closing


def closed_by_the_driver(code: str) -> Closing | None:
    revoke(Share.objects.get().holder_id, only().number, NOW)
    return only().closing


def closed_by_names(code: str) -> Closing | None:
    for number in range(10):
        assert opened(code, "Martin", address=f"198.51.{number}.1") is Refusal.NOT_OPENED
    return only().closing


@pytest.mark.parametrize(
    ("close", "why"),
    [
        (closed_by_use, Closing.USED_UP),
        (closed_by_the_driver, Closing.REVOKED),
        (closed_by_names, Closing.TOO_MANY_NAMES),
    ],
)
def test_a_closed_share_answers_as_an_unknown_one(
    made: MakeShare, close: Callable[[str], Closing | None], why: Closing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "WRONG_OF_CODE", replace(sharing.WRONG_OF_CODE, at_most=100))
    code = made()
    assert close(code) is why
    views, traces = ShareView.objects.count(), AccessTrace.objects.count()
    assert opened(code) is opened("0000000000") is Refusal.NOT_OPENED
    assert (ShareView.objects.count(), AccessTrace.objects.count()) == (views, traces)


def test_the_last_day_is_included(made: MakeShare) -> None:
    code = made()
    assert isinstance(opened(code, days=6), Answer)
    assert opened(code, days=7) is Refusal.NOT_OPENED
    assert only(TODAY + timedelta(days=7)).closing is Closing.EXPIRED


def test_the_right_is_the_one_of_the_moment(made: MakeShare) -> None:
    code = made(categories=("B", "C"))
    first = opened(code)
    assert isinstance(first, Answer)
    assert first.rights == (("B", True), ("C", False))
    enter(2, [arrival(1, Suspension(fact_id="S1", on=TODAY, until=TODAY + timedelta(days=30)))])
    later = opened(code)
    assert isinstance(later, Answer)
    assert later.rights == (("B", False), ("C", False))
    assert categories_today(read(), TODAY) == ()


def test_only_the_holder_stops_his_share(made: MakeShare) -> None:
    made()
    revoke(Share.objects.get().holder_id + 1, only().number, NOW)
    assert only().is_open


def test_wrong_answers_from_one_address_are_counted_and_right_ones_are_not(made: MakeShare) -> None:
    code = made(views=10)
    for _ in range(9):
        assert isinstance(opened(code), Answer)
    for number in range(20):
        assert opened(f"000000000{number % 10}", f"Martin {number}") is Refusal.NOT_OPENED
    assert opened(code) is Refusal.TOO_MANY_TRIES
    assert isinstance(opened(code, address="198.51.100.1"), Answer)


def test_one_code_is_tried_ten_times_an_hour_from_wherever(made: MakeShare) -> None:
    for number in range(10):
        assert opened("0000000000", address=f"198.51.{number}.1") is Refusal.NOT_OPENED
    assert opened("0000000000", address="198.51.99.1") is Refusal.TOO_MANY_TRIES


def test_whoever_insists_shuts_the_page_to_nobody_else(made: MakeShare, monkeypatch: pytest.MonkeyPatch) -> None:
    """One machine, refused each time past its own limit, must not spend what everybody shares."""
    everybody = replace(sharing.WRONG_IN_ALL, at_most=25)
    monkeypatch.setattr(sharing, "WRONG_IN_ALL", everybody)
    for number in range(40):
        opened(f"00000000{number:02}")
    assert isinstance(opened(made(), address="192.0.2.1"), Answer)


def test_when_the_trace_cannot_be_written_nothing_is_shown_nor_spent(made: MakeShare, monkeypatch: pytest.MonkeyPatch) -> None:
    code = made()

    def fails(_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("mespoints.register.consultation.trace", fails)
    with pytest.raises(TraceRefused):
        opened(code)
    assert only().views_left == 3


def test_one_driver_has_a_bounded_number_of_shares(made: MakeShare) -> None:
    for _ in range(MOST_OPEN):
        made()
    with pytest.raises(TooManyShares):
        made()


def test_an_ended_share_is_forgotten_after_six_months(made: MakeShare) -> None:
    opened(made())
    last = NOW + timedelta(days=6 + 180)
    assert erase_ended_shares(last) == 0
    assert erase_ended_shares(last + timedelta(days=1)) == 1
    assert not ShareView.objects.exists()


def test_what_is_open_is_always_listed(made: MakeShare, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "MOST_LISTED", 2)
    made(audience="Ouvert", expires_on=TODAY + timedelta(days=20))
    for number in range(3):
        made(audience=f"Bref {number}", expires_on=TODAY)
    listed = shares_of(Share.objects.latest("id").holder_id, TODAY + timedelta(days=1))
    assert [each.audience for each in listed] == ["Bref 2", "Ouvert"]
