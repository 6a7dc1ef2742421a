"""Stated balances are set beside ours, and change nothing."""

from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from mespoints.feed import reconciliation
from mespoints.feed.reconciliation import Difference, Reconciliation, Verdict, differences, reconcile, report
from mespoints.law.state import Status
from tests.feed.samples import DATA_DAY, FILE_NUMBER, NOW, OTHER_FILE_NUMBER, Fields, enter, fact, holder, licence, offence

pytestmark = pytest.mark.django_db

RECORD = [holder(), licence(obtained_on="2015-03-08"), offence()]


def stated(points: int, on: str = "2026-11-22", **changes: str) -> Fields:
    return fact("stated_balance", on=on, points=points) | changes


def kept() -> list[Difference]:
    return [difference for _, difference in differences()]


def test_equal_balances_are_counted_and_forgotten(tmp_path: Path) -> None:
    enter(tmp_path, [*RECORD, stated(9), stated(12, on="2025-07-29"), stated(9, on="2025-07-30")])
    assert report(1) is None
    assert reconcile(NOW) == Reconciliation(agreeing=3)
    assert report(1) == Reconciliation(agreeing=3)
    assert kept() == []
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from feed_statedbalance")
        assert cursor.fetchone()[0] == 0


def test_a_difference_is_kept_with_the_movements_since_both_were_equal(tmp_path: Path) -> None:
    enter(tmp_path, [*RECORD, stated(12)])
    assert reconcile(NOW) == Reconciliation(differing=1)
    [found] = kept()
    assert (found.sequence, found.line, found.file_number, found.stated, found.ours) == (1, 4, FILE_NUMBER, 12, 9)
    assert (found.verdict, found.status, found.agreed_until) == (Verdict.DIFFERS, Status.VALID, date(2025, 7, 29))
    [reason] = found.reasons
    assert (reason.on, reason.points, reason.rule, reason.cause) == (date(2025, 7, 30), -3, "withdrawal", "O1")
    assert reason.articles
    assert "14\u00a0juin\u00a02025" in reason.why


def test_a_balance_that_never_was_is_kept_with_the_latest_movements(tmp_path: Path) -> None:
    enter(tmp_path, [*RECORD, stated(1)])
    reconcile(NOW)
    [found] = kept()
    assert found.agreed_until is None
    assert [reason.rule for reason in found.reasons] == [
        "initial",
        "probation_increment",
        "probation_increment",
        "probation_end",
        "withdrawal",
    ]


def test_someone_unknown_is_told_apart(tmp_path: Path) -> None:
    learner = holder(file_number=OTHER_FILE_NUMBER)
    rows = [learner, stated(12, file_number="150399299999"), stated(6, file_number=OTHER_FILE_NUMBER)]
    assert enter(tmp_path, rows).rows_entered == 3
    assert reconcile(NOW) == Reconciliation(unknown_holder=1, differing=1)
    assert [(found.verdict, found.ours, found.status) for found in kept()] == [
        (Verdict.UNKNOWN_HOLDER, None, None),
        (Verdict.DIFFERS, 0, Status.NONE),
    ]


def test_each_balance_is_confronted_once(tmp_path: Path) -> None:
    enter(tmp_path, [*RECORD, stated(9), stated(8)])
    reconcile(NOW)
    assert reconcile(NOW + timedelta(days=1)) == Reconciliation()
    enter(tmp_path, [stated(9)], sequence=2, data_day=DATA_DAY + timedelta(days=1))
    assert reconcile(NOW + timedelta(days=1)) == Reconciliation(agreeing=1)
    assert (report(1), report(2)) == (Reconciliation(agreeing=1, differing=1), Reconciliation(agreeing=1))


def test_stopped_in_the_middle_it_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mespoints.feed.reconciliation.CHUNK", 2)
    enter(tmp_path, [*RECORD, stated(9), stated(8), stated(9), stated(7), stated(9)])

    confront = reconciliation._findings
    chunks = count()

    def fault(*given: Any) -> Any:
        if next(chunks) == 1:
            raise OSError("disk full")
        return confront(*given)

    with monkeypatch.context() as patch:
        patch.setattr(reconciliation, "_findings", fault)
        with pytest.raises(OSError, match="disk full"):
            reconcile(NOW)
    assert reconcile(NOW) == Reconciliation(agreeing=2, differing=1)
    assert report(1) == Reconciliation(agreeing=3, differing=2)
    assert len(kept()) == 2


def test_no_entry_comes_of_it(tmp_path: Path) -> None:
    enter(tmp_path, [*RECORD, stated(3)])
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from register_entry")
        before = cursor.fetchone()
        reconcile(NOW)
        cursor.execute("select count(*) from register_entry")
        assert cursor.fetchone() == before == (2,)
