"""Traces chained in segments: one that is altered, removed or added afterwards is found.

A trace is one plain INSERT and waits for nobody; a job comes later and seals what has settled, segment after segment.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

LARGEST = 10_000
"""Traces in one segment."""

SETTLING = timedelta(hours=1)
"""A trace may take its number a moment before another and be written a moment after: nothing younger is sealed."""

# Any constant would do, provided nobody else locks it.
_LOCK = 4_823_417

# The reason comes last: it alone may hold any character.
_CONTENT = """concat_ws(chr(31), id, coalesce(account_id::text, ''), role, holder_id,
                         extract(epoch from at), length(reason), reason)"""

_FINGERPRINT = f"""
select count(*), max(id),
       sha256(%(before)s::bytea || convert_to(coalesce(string_agg({_CONTENT}, chr(30) order by id), ''), 'UTF8'))
  from (select * from access_log_accesstrace where id > %(after)s and id <= %(until)s order by id limit %(most)s) segment
"""  # noqa: S608 - constants only


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentFinding:
    """The traces numbered from ``first`` to ``last`` (both included) are not those that were sealed."""

    segment: int
    first: int
    last: int
    sealed: int
    found: int

    @property
    def sentence(self) -> str:
        return (
            f"Traces de consultation {self.first} à {self.last} : {self.sealed} scellées, {self.found} trouvées, "
            "elles ne sont plus celles qui ont été écrites."
        )


def seal(now: datetime) -> int:
    """Seals the traces that have settled; how many. Safe to run again, and to be killed."""
    sealed = 0
    while count := _seal_one(now):
        sealed += count
    return sealed


def _seal_one(now: datetime) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute("select last_trace, fingerprint from access_log_segment order by id desc limit 1")
        after, before = cursor.fetchone() or (0, b"")
        cursor.execute(
            "select coalesce(min(id) filter (where at > %s) - 1, max(id), 0) from access_log_accesstrace where id > %s",
            [now - SETTLING, after],
        )
        until = cursor.fetchone()[0]
        cursor.execute(_FINGERPRINT, {"before": before, "after": after, "until": until, "most": LARGEST})
        count, last, fingerprint = cursor.fetchone()
        if count:
            cursor.execute(
                "insert into access_log_segment (first_trace, last_trace, traces, fingerprint, sealed_at)"
                " values (%s, %s, %s, %s, %s)",
                [after + 1, last, count, fingerprint, now],
            )
    return int(count)


def verify_segments() -> Iterator[SegmentFinding]:
    """Every segment that no longer holds, or no longer follows the one before it."""
    before, expected_first, after = b"", 1, 0
    while (segment := _next_segment(after)) is not None:
        number, first, last, traces, fingerprint = segment
        with connection.cursor() as cursor:
            # One more than was sealed: an added trace must be counted.
            bounds: dict[str, bytes | int] = {"before": before, "after": first - 1, "until": last, "most": traces + 1}
            cursor.execute(_FINGERPRINT, bounds)
            count, _, recomputed = cursor.fetchone()
        if first != expected_first or bytes(recomputed) != bytes(fingerprint):
            yield SegmentFinding(segment=number, first=expected_first, last=last, sealed=traces, found=count)
        before, expected_first, after = fingerprint, last + 1, number


def _next_segment(after: int) -> tuple[int, int, int, int, bytes] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, first_trace, last_trace, traces, fingerprint from access_log_segment where id > %s order by id limit 1",
            [after],
        )
        row = cursor.fetchone()
    return None if row is None else (row[0], row[1], row[2], row[3], bytes(row[4]))
