"""Many records at once, without a name: for what the machine computes of everyone. To look at one person's, ``consultation``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import connection

from mespoints.law.record import Record
from mespoints.register.consultation import facts_of

_RECORDS = """
select e.holder_id, max(e.id), json_agg(json_build_array(e.kind, e.fact_id, e.recorded_on, e.body) order by e.id)::text
  from register_entry e
 where e.id <= %(known_at)s and {whose}
 group by e.holder_id
"""
_LISTED = _RECORDS.format(whose="e.holder_id = any(%(holder_ids)s)")
_BETWEEN = _RECORDS.format(whose="e.holder_id >= %(first)s and e.holder_id < %(end)s")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamelessRecord:
    """``last_entry`` is the number of its last entry; ``record`` is None when one of them no longer reads."""

    holder_id: int
    last_entry: int
    record: Record | None


def records(holder_ids: Sequence[int], known_at: int) -> Iterator[NamelessRecord]:
    """As known at entry ``known_at`` (included), by one statement: the caller bounds their number.

    Holders without an entry by then are left out.
    """
    return _records(_LISTED, {"holder_ids": list(holder_ids), "known_at": known_at})


def records_between(first: int, end: int, known_at: int) -> Iterator[NamelessRecord]:
    """The same, for the internal numbers from ``first`` to ``end`` (excluded)."""
    return _records(_BETWEEN, {"first": first, "end": end, "known_at": known_at})


def internal_numbers(file_numbers: Sequence[str]) -> dict[str, int]:
    """Of the holders who carry these canonical file numbers; the others are left out."""
    with connection.cursor() as cursor:
        cursor.execute("select file_number, id from register_holder where file_number = any(%s)", [list(file_numbers)])
        return dict(cursor.fetchall())


def _records(statement: str, parameters: dict[str, Any]) -> Iterator[NamelessRecord]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows = cursor.fetchall()
    for holder_id, last_entry, entries in rows:
        yield NamelessRecord(holder_id=holder_id, last_entry=last_entry, record=_record(entries))


def _record(entries: str) -> Record | None:
    """One damaged table row must not keep a whole night from everyone else: who asked is told which record it is."""
    try:
        return Record.of(facts_of(entries))
    except (msgspec.ValidationError, ValueError):
        return None
