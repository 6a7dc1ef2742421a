"""What came, file by file, and why what did not enter did not: kept for the operator."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from django.db import connection

from mespoints.feed.drop import DropFault, FileRefusal
from mespoints.feed.manifest import Manifest
from mespoints.register.arrivals import BatchTotals


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """One file that entered (``refusal`` None), or one reason why a file did not, first met at ``received_at``.

    What the manifest says is None when the manifest could not be believed.
    """

    file: str
    received_at: datetime
    last_received_at: datetime
    times: int
    sequence: int | None
    data_day: date | None
    key_id: str | None
    refusal: FileRefusal | None
    totals: BatchTotals


_INSERT = """
insert into feed_reception as r (key, file, received_at, last_received_at, times, sequence, data_day, key_id, sources,
                                 fault, sentence, batch_id, rows_read, rows_entered, rows_known, rows_refused)
values (%(key)s, %(file)s, %(now)s, %(now)s, 1, %(sequence)s, %(data_day)s, %(key_id)s, %(sources)s,
        %(fault)s, %(sentence)s, %(batch)s, %(read)s, %(entered)s, %(known)s, %(refused)s)
on conflict (key) do update set times = r.times + 1, last_received_at = excluded.last_received_at
"""
_NO_ROW = BatchTotals(rows_read=0, rows_entered=0, rows_known=0, rows_refused=0)


def keep_entered(file: str, manifest: Manifest, batch_id: int, totals: BatchTotals, now: datetime) -> None:
    """Within the transaction of the file."""
    _keep(f"entered {manifest.sequence}", file, manifest, now, None, batch_id, totals)


def keep_refused(file: str, manifest: Manifest | None, refusal: FileRefusal, now: datetime) -> None:
    """``manifest`` is None when it cannot be believed."""
    said = manifest.signed_bytes().hex() if manifest else file
    _keep(f"refused {refusal.fault} {refusal.sentence} {said}", file, manifest, now, refusal, None, _NO_ROW)


def receptions(at_most: int = 100) -> tuple[Reception, ...]:
    """The latest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select file, received_at, last_received_at, times, sequence, data_day, key_id, fault, sentence,"
            " rows_read, rows_entered, rows_known, rows_refused from feed_reception"
            " order by last_received_at desc, id desc limit %s",
            [at_most],
        )
        rows = cursor.fetchall()
    return tuple(_reception(row) for row in rows)


def _reception(row: tuple[Any, ...]) -> Reception:
    file, received_at, last_received_at, times, sequence, data_day, key_id, fault, sentence, read, entered, known, refused = row
    return Reception(
        file=file,
        received_at=received_at,
        last_received_at=last_received_at,
        times=times,
        sequence=sequence,
        data_day=data_day,
        key_id=key_id,
        refusal=FileRefusal(fault=DropFault(fault), sentence=sentence) if fault else None,
        totals=BatchTotals(rows_read=read, rows_entered=entered, rows_known=known, rows_refused=refused),
    )


def _keep(
    what: str,
    file: str,
    manifest: Manifest | None,
    now: datetime,
    refusal: FileRefusal | None,
    batch_id: int | None,
    totals: BatchTotals,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            {
                "key": hashlib.sha256(what.encode()).hexdigest(),
                "file": file,
                "now": now,
                "sequence": manifest.sequence if manifest else None,
                "data_day": manifest.data_day if manifest else None,
                "key_id": manifest.key_id if manifest else None,
                "sources": msgspec.json.encode(manifest.sources).decode() if manifest else None,
                "fault": refusal.fault.value if refusal else None,
                "sentence": refusal.sentence if refusal else None,
                "batch": batch_id,
                "read": totals.rows_read,
                "entered": totals.rows_entered,
                "known": totals.rows_known,
                "refused": totals.rows_refused,
            },
        )
