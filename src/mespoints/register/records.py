"""Many records at once, without a name: for what the machine computes of everyone. To look at one person's, ``consultation``."""

from collections.abc import Iterator, Sequence

from django.db import connection

from mespoints.law.record import Record
from mespoints.register.consultation import facts_of

_RECORDS = """
select e.holder_id, json_agg(json_build_array(e.kind, e.fact_id, e.recorded_on, e.body) order by e.id)::text
  from register_entry e
 where e.id <= %(known_at)s and {whose}
 group by e.holder_id
"""
_LISTED = _RECORDS.format(whose="e.holder_id = any(%(holder_ids)s)")
_BETWEEN = _RECORDS.format(whose="e.holder_id >= %(first)s and e.holder_id < %(end)s")


def records(holder_ids: Sequence[int], known_at: int) -> Iterator[tuple[int, Record]]:
    """Internal number and record as known at entry ``known_at`` (included), by one statement: the caller bounds their number.

    Holders without an entry by then are left out.
    """
    return _records(_LISTED, {"holder_ids": list(holder_ids), "known_at": known_at})


def records_between(first: int, end: int, known_at: int) -> Iterator[tuple[int, Record]]:
    """The same, for the internal numbers from ``first`` to ``end`` (excluded)."""
    return _records(_BETWEEN, {"first": first, "end": end, "known_at": known_at})


def _records(statement: str, parameters: dict[str, object]) -> Iterator[tuple[int, Record]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows = cursor.fetchall()
    for holder_id, entries in rows:
        yield holder_id, Record.of(facts_of(entries))
