"""One daily file into the register: one path for ten rows and for ten million, one transaction, all or nothing.

Rows are read in chunks, so that memory depends neither on the file nor on the number of bad rows in it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import assert_never

import msgspec

from mespoints.feed.drop import (
    FileRefusal,
    Manifest,
    other_content_refusal,
    read_manifest,
    sequence_refusal,
    whole_file_refusal,
)
from mespoints.feed.lines import chunks, is_too_long
from mespoints.feed.quarantine import keep
from mespoints.feed.rejections import Rejection, RejectionCode, malformed, readable, rejection
from mespoints.feed.rows import Row
from mespoints.feed.translation import control_character, translate
from mespoints.register.arrivals import Arrival, BatchHead, BatchTotals, Refusal, Refused
from mespoints.register.registration import Registration, batch_of, exclusive, last_batch, open_batch

CHUNK = 5_000
"""Lines in memory at once."""

_decode = msgspec.json.Decoder[Row](Row).decode


class ImportOutcome(StrEnum):
    ENTERED = "entered"
    ALREADY_ENTERED = "already_entered"
    """This very file came before: nothing was done, the figures are those of the first time."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """``rows_read`` = ``rows_entered`` + ``rows_known`` + ``rows_refused``; all are 0 when the whole file is refused.

    ``sequence`` is None when the manifest cannot be read; ``refusal`` says why a whole file stayed out.
    """

    outcome: ImportOutcome
    sequence: int | None
    rows_read: int = 0
    rows_entered: int = 0
    rows_known: int = 0
    rows_refused: int = 0
    refusal: FileRefusal | None = None


def import_file(data_path: Path, manifest_path: Path, now: datetime) -> ImportReport:
    """Enters the file if it is whole and in its turn. ``now`` is the moment of reception, aware.

    A fault of the machine (database, disk) is an exception, and nothing of the file has entered.
    """
    manifest = read_manifest(manifest_path)
    if isinstance(manifest, FileRefusal):
        return ImportReport(outcome=ImportOutcome.REFUSED, sequence=None, refusal=manifest)
    refusal = whole_file_refusal(data_path, manifest)
    if refusal is not None:
        return _refused(manifest, refusal)
    with exclusive():
        return _in_turn(data_path, manifest, now)


def _in_turn(data_path: Path, manifest: Manifest, now: datetime) -> ImportReport:
    same = batch_of(manifest.sequence)
    if same is not None:
        if same.head.sha256 != manifest.sha256 or same.head.data_day != manifest.data_day:
            return _refused(manifest, other_content_refusal(manifest))
        return _report(ImportOutcome.ALREADY_ENTERED, manifest, same.totals)
    last = last_batch()
    refusal = sequence_refusal(manifest, last.head.sequence if last else 0)
    if refusal is not None:
        return _refused(manifest, refusal)
    head = BatchHead(sequence=manifest.sequence, sha256=manifest.sha256, data_day=manifest.data_day, received_at=now)
    return _report(ImportOutcome.ENTERED, manifest, _entered(data_path, head))


def _entered(data_path: Path, head: BatchHead) -> BatchTotals:
    registration = open_batch(head)
    unread = 0
    for chunk in chunks(data_path, CHUNK):
        arrivals: list[Arrival] = []
        refused: list[tuple[Rejection, bytes]] = []
        for number, raw in chunk:
            arrival = _understood(number, raw, head.data_day)
            if isinstance(arrival, Rejection):
                refused.append((arrival, raw))
            else:
                arrivals.append(arrival)
        registration.stage(arrivals)
        keep(registration.batch_id, refused)
        unread += len(refused)
    registration.merge()
    _quarantine_refusals(data_path, registration)
    return registration.close(unread)


def _understood(number: int, raw: bytes, data_day: date) -> Arrival | Rejection:
    if is_too_long(raw):
        return rejection(RejectionCode.TOO_LARGE, number, None, readable(raw))
    try:
        row = _decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return malformed(raw, number, error)
    if b"\\" in raw:
        fault = control_character(row, number)
        if fault is not None:
            return fault
    return translate(row, number, data_day)


def _quarantine_refusals(data_path: Path, registration: Registration) -> None:
    """What the register refused, with its row: the file is read again for it, instead of keeping every row at hand."""
    refusals = registration.refusals()
    refusal = next(refusals, None)
    for chunk in chunks(data_path, CHUNK):
        if refusal is None:
            return
        refused: list[tuple[Rejection, bytes]] = []
        for number, raw in chunk:
            if refusal is not None and refusal.line == number:
                refused.append((_rejection_of(refusal, raw), raw))
                refusal = next(refusals, None)
        keep(registration.batch_id, refused)


def _rejection_of(refusal: Refusal, raw: bytes) -> Rejection:
    row = _decode(raw)
    match refusal.why:
        case Refused.UNKNOWN_HOLDER:
            return rejection(RejectionCode.UNKNOWN_HOLDER, refusal.line, "file_number", row.file_number)
        case Refused.CONFLICT:
            return rejection(RejectionCode.CONFLICT, refusal.line, "fact_id", getattr(row, "fact_id", ""))
        case Refused.DANGLING_REFERENCE:
            field, found = _reference(row)
            return rejection(RejectionCode.DANGLING_REFERENCE, refusal.line, field, found)
        case Refused.COLLISION:
            field, found = _reference(row)
            return rejection(RejectionCode.COLLISION, refusal.line, field, found)
        case _:
            assert_never(refusal.why)


def _reference(row: Row) -> tuple[str, str]:
    field = "target" if hasattr(row, "target") else "simultaneous_with"
    return field, getattr(row, field)


def _report(outcome: ImportOutcome, manifest: Manifest, totals: BatchTotals) -> ImportReport:
    return ImportReport(
        outcome=outcome,
        sequence=manifest.sequence,
        rows_read=totals.rows_read,
        rows_entered=totals.rows_entered,
        rows_known=totals.rows_known,
        rows_refused=totals.rows_refused,
    )


def _refused(manifest: Manifest, refusal: FileRefusal) -> ImportReport:
    return ImportReport(outcome=ImportOutcome.REFUSED, sequence=manifest.sequence, refusal=refusal)
