"""Traces sealed in segments: whatever is done to them afterwards is found."""

from datetime import UTC, datetime, timedelta

import pytest

from mespoints.access_log import segments
from mespoints.access_log.segments import SegmentFinding, seal, verify_segments
from mespoints.access_log.trace import Trace, trace
from tests.register.entering import execute, tamper

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)


def leave(count: int, at: datetime = AT) -> list[int]:
    for rank in range(count):
        trace(Trace(account_id=None if rank % 2 else 7, role="agent", holder_id=40 + rank, reason="solde\x1f", at=at))
    return [number for (number,) in execute("select id from access_log_accesstrace order by id")]


@pytest.fixture
def numbers(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Seven traces in three segments."""
    monkeypatch.setattr(segments, "LARGEST", 3)
    numbers = leave(7)
    assert seal(LATER) == 7
    assert execute("select traces from access_log_segment order by id") == [(3,), (3,), (1,)]
    assert list(verify_segments()) == []
    return numbers


def findings() -> list[tuple[int, int, int]]:
    """First number, sealed, found."""
    return [(finding.first, finding.sealed, finding.found) for finding in verify_segments()]


def test_nothing_is_sealed_twice_and_nothing_young(numbers: list[int]) -> None:
    assert seal(LATER) == 0
    leave(2, at=LATER)
    assert seal(LATER + timedelta(minutes=30)) == 0
    assert seal(LATER + timedelta(hours=2)) == 2
    assert list(verify_segments()) == []


def test_what_settled_behind_a_young_trace_waits_with_it() -> None:
    leave(1)
    leave(1, at=LATER)
    leave(1)
    assert seal(LATER) == 1
    assert seal(LATER + timedelta(days=1)) == 2


@pytest.mark.parametrize(
    "change", ["reason = 'x'", "role = 'holder'", "account_id = 9", "holder_id = 1", "at = at + interval '1 s'"]
)
def test_an_altered_trace_is_found(numbers: list[int], change: str) -> None:
    tamper(f"update access_log_accesstrace set {change} where id = %s", numbers[4])  # noqa: S608 - the list above
    assert findings() == [(numbers[2] + 1, 3, 3)]


def test_a_removed_trace_is_found(numbers: list[int]) -> None:
    tamper("delete from access_log_accesstrace where id = %s", numbers[6])
    assert findings() == [(numbers[5] + 1, 1, 0)]


def test_an_added_trace_is_found() -> None:
    gap = leave(3)[2]
    tamper("delete from access_log_accesstrace where id = %s", gap)
    leave(1)
    seal(LATER)
    assert findings() == []
    tamper(
        "insert into access_log_accesstrace (id, account_id, role, holder_id, reason, at) values (%s, 1, 'agent', 1, 'x', %s)",
        gap,
        AT,
    )
    assert findings() == [(1, 3, 4)]


def test_a_removed_segment_is_found(numbers: list[int]) -> None:
    tamper("delete from access_log_segment where first_trace = %s", numbers[2] + 1)
    [finding] = verify_segments()
    assert (finding.first, finding.last) == (numbers[2] + 1, numbers[6])


def test_a_finding_says_which_traces() -> None:
    finding = SegmentFinding(segment=1, first=3, last=5, sealed=3, found=2)
    assert finding.sentence.startswith("Traces de consultation 3 à 5 : 3 scellées, 2 trouvées")
