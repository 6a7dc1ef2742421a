from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from django.db import connection

from mespoints.access_log.spool import recover, spool
from mespoints.access_log.trace import Trace, trace

LINES = [
    Trace(
        account_id=account, role="holder", holder_id=42, reason="solde\nhistorique", at=datetime(2026, 11, 23, hour, tzinfo=UTC)
    )
    for hour, account in enumerate((7, None, 9))
]


def written() -> list[Trace]:
    with connection.cursor() as cursor:
        cursor.execute("select account_id, role, holder_id, reason, at from access_log_accesstrace order by id")
        return [
            Trace(account_id=account_id, role=role, holder_id=holder_id, reason=reason, at=at)
            for account_id, role, holder_id, reason, at in cursor.fetchall()
        ]


@pytest.mark.django_db
def test_a_trace_is_one_plain_insert(django_assert_num_queries: pytest.FixtureRequest) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        trace(LINES[0])
    assert written() == LINES[:1]


@pytest.mark.django_db
def test_spooled_traces_come_back_in_order_and_once(tmp_path: Path) -> None:
    path = tmp_path / "not" / "yet" / "spool.jsonl"
    for line in LINES:
        spool(line, path)
    assert recover(path) == 3
    assert written() == LINES
    assert recover(path) == 0
    assert written() == LINES


def test_nothing_spooled_is_nothing_to_recover(tmp_path: Path) -> None:
    assert recover(tmp_path / "spool.jsonl") == 0


@pytest.mark.django_db
def test_a_damaged_spool_enters_nothing_and_keeps_all(tmp_path: Path) -> None:
    path = tmp_path / "spool.jsonl"
    spool(LINES[0], path)
    with path.open("ab") as file:
        file.write(b'{"account_id": 1\n')
    before = path.read_bytes()
    with pytest.raises(msgspec.DecodeError):
        recover(path)
    assert path.read_bytes() == before
    assert written() == []


@pytest.mark.django_db
def test_traces_are_found_by_holder() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute("explain select 1 from access_log_accesstrace where holder_id = 42")
        assert "access_log_by_holder" in "\n".join(line for (line,) in cursor.fetchall())
