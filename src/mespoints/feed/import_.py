"""One daily file into the register: one path for ten rows and for ten million, one transaction, all or nothing.

Rows are read in chunks, so that memory depends neither on the file nor on the number of bad rows in it.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from mespoints.feed.drop import (
    FileRefusal,
    digest_refusal,
    other_content_refusal,
    read_manifest,
    sequence_refusal,
    totals_refusal,
    whole_file_refusal,
)
from mespoints.feed.lines import Line, chunks
from mespoints.feed.manifest import Manifest
from mespoints.feed.quarantine import KeptRow, Replay, anything_awaited, keep, release, replay_due
from mespoints.feed.receptions import keep_entered, keep_refused
from mespoints.feed.rejections import Rejection
from mespoints.feed.rows import RowKind
from mespoints.feed.signing import TrustedKeys
from mespoints.feed.stated_balances import StatedBalance, keep_stated
from mespoints.feed.understanding import rejection_of, understood
from mespoints.register.arrivals import Arrival, BatchHead, BatchTotals
from mespoints.register.registration import Registration, batch_of, exclusive, last_batch, open_batch

CHUNK = 5_000
"""Lines in memory at once."""


class ImportOutcome(StrEnum):
    ENTERED = "entered"
    ALREADY_ENTERED = "already_entered"
    """This very file came before: nothing was done, the figures are those of the first time."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """``rows_read`` = ``rows_entered`` + ``rows_known`` + ``rows_refused``; all are 0 when the whole file is refused.

    ``sequence`` is None when the manifest cannot be believed; ``refusal`` says why a whole file stayed out. ``replay`` counts
    the rows of earlier files that left the quarantine thanks to this one.
    """

    outcome: ImportOutcome
    sequence: int | None
    rows_read: int = 0
    rows_entered: int = 0
    rows_known: int = 0
    rows_refused: int = 0
    refusal: FileRefusal | None = None
    replay: Replay | None = None


class _Refused(Exception):
    """Undoes the transaction: what has been staged of the file goes with it."""

    def __init__(self, refusal: FileRefusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal


def import_file(data_path: Path, manifest_path: Path, now: datetime, keys: TrustedKeys) -> ImportReport:
    """Enters the file if it is whole, signed by one of ``keys`` and in its turn. ``now`` is the moment of reception, aware.

    A refusal is kept for the operator (``receptions``). A fault of the machine (database, disk) is an exception, and nothing of
    the file has entered.
    """
    manifest = read_manifest(manifest_path, keys)
    if isinstance(manifest, FileRefusal):
        keep_refused(manifest_path.name, None, manifest, now)
        return ImportReport(outcome=ImportOutcome.REFUSED, sequence=None, refusal=manifest)
    try:
        return _whole(data_path, manifest, now)
    except _Refused as refused:
        keep_refused(data_path.name, manifest, refused.refusal, now)
        return ImportReport(outcome=ImportOutcome.REFUSED, sequence=manifest.sequence, refusal=refused.refusal)


def _whole(data_path: Path, manifest: Manifest, now: datetime) -> ImportReport:
    _accept(whole_file_refusal(data_path, manifest))
    with exclusive():
        same = batch_of(manifest.sequence)
        if same is not None:
            if same.head.sha256 != manifest.sha256 or same.head.data_day != manifest.data_day:
                raise _Refused(other_content_refusal(manifest))
            return _report(ImportOutcome.ALREADY_ENTERED, manifest, same.totals, None)
        last = last_batch()
        _accept(sequence_refusal(manifest, (last.head.sequence or 0) if last else 0))
        totals = _entered(data_path, manifest, now)
        return _report(ImportOutcome.ENTERED, manifest, totals, replay_due(now))


def _accept(refusal: FileRefusal | None) -> None:
    if refusal is not None:
        raise _Refused(refusal)


def _entered(data_path: Path, manifest: Manifest, now: datetime) -> BatchTotals:
    registration = open_batch(
        BatchHead(sequence=manifest.sequence, sha256=manifest.sha256, data_day=manifest.data_day, received_at=now)
    )
    is_awaited = anything_awaited()
    digest = hashlib.sha256()
    counted: Counter[RowKind] = Counter()
    unread = taken = 0
    for chunk in chunks(data_path, CHUNK, digest.update):
        staged = _stage(registration, chunk, manifest, counted)
        if is_awaited:
            release(staged.arrivals)
        unread += staged.refused
        taken += staged.stated
    _accept(totals_refusal(manifest, counted))
    if digest.hexdigest() != manifest.sha256:
        # It was whole a moment ago: somebody is writing to it.
        raise _Refused(digest_refusal(data_path))
    registration.merge()
    _quarantine_refusals(data_path, registration)
    totals = registration.close(unread, taken)
    keep_entered(data_path.name, manifest, registration.batch_id, totals, now)
    return totals


@dataclass(frozen=True, slots=True, kw_only=True)
class _Staged:
    """``refused`` and ``stated`` are numbers of rows: bad ones, and stated balances."""

    arrivals: list[Arrival]
    refused: int
    stated: int


def _stage(registration: Registration, chunk: list[Line], manifest: Manifest, counted: Counter[RowKind]) -> _Staged:
    arrivals: list[Arrival] = []
    stated: list[StatedBalance] = []
    refused: list[KeptRow] = []
    for number, raw in chunk:
        kind, meaning = understood(number, raw, manifest.data_day)
        if kind is not None:
            counted[kind] += 1
        if isinstance(meaning, Rejection):
            refused.append(KeptRow(rejection=meaning, raw=raw))
        elif isinstance(meaning, StatedBalance):
            stated.append(meaning)
        else:
            arrivals.append(meaning)
    registration.stage(arrivals)
    keep_stated(registration.batch_id, stated)
    keep(registration.batch_id, refused)
    return _Staged(arrivals=arrivals, refused=len(refused), stated=len(stated))


def _quarantine_refusals(data_path: Path, registration: Registration) -> None:
    """What the register refused, with its row: the file is read again for it, instead of keeping every row at hand."""
    refusals = registration.refusals()
    refusal = next(refusals, None)
    for chunk in chunks(data_path, CHUNK):
        if refusal is None:
            return
        refused: list[KeptRow] = []
        for number, raw in chunk:
            if refusal is not None and refusal.line == number:
                rejection, awaited = rejection_of(refusal, raw, number)
                refused.append(KeptRow(rejection=rejection, raw=raw, awaited=awaited))
                refusal = next(refusals, None)
        keep(registration.batch_id, refused)


def _report(outcome: ImportOutcome, manifest: Manifest, totals: BatchTotals, replay: Replay | None) -> ImportReport:
    return ImportReport(
        outcome=outcome,
        sequence=manifest.sequence,
        rows_read=totals.rows_read,
        rows_entered=totals.rows_entered,
        rows_known=totals.rows_known,
        rows_refused=totals.rows_refused,
        replay=replay,
    )
