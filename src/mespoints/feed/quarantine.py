"""Where refused rows wait: written by the import, looked after by the operator, left when what they lacked has come."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db import ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from mespoints.feed.quarantine_rows import QuarantineState
from mespoints.feed.rejections import LONGEST_LINE, LONGEST_RAW, Rejection, RejectionCode, readable
from mespoints.feed.stated_balances import StatedBalance, keep_stated
from mespoints.feed.understanding import Awaited, rejection_of, understood
from mespoints.law.facts import Offence
from mespoints.register.arrivals import Arrival, BatchHead, FactArrival, HolderArrival, Refusal
from mespoints.register.registration import exclusive, last_batch, open_batch

CHUNK = 5_000
"""Rows in memory at once."""

PATIENCE_SECONDS = 5
"""How long an operator waits for a file under way before he is told to come back."""

LONGEST_REASON = 500

EMPTY = hashlib.sha256().hexdigest()
"""A batch of rows that come back is no file: it has the digest of nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRow:
    """``awaited`` is what would let the row in."""

    rejection: Rejection
    raw: bytes
    awaited: Awaited | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """``rows_read`` = ``rows_entered`` + ``rows_known`` + ``rows_refused``: those refused again are back in quarantine."""

    rows_read: int = 0
    rows_entered: int = 0
    rows_known: int = 0
    rows_refused: int = 0


class UnknownRow(LookupError):
    """No row of the quarantine has this number, or it is settled already."""


class ReasonMissing(ValueError):
    """A row is not put away without a word: what is expected, in a sentence for the operator."""


class MayNotEnter(Exception):
    """The account of this process may settle rows but not enter them (docs/operations-roles.md): one sentence."""


_UNREADABLE = frozenset(
    {RejectionCode.JSON, RejectionCode.ENCODING, RejectionCode.NUL, RejectionCode.BYTE_ORDER_MARK, RejectionCode.TOO_LARGE}
)
_COPY = "copy feed_quarantine (batch_id, line, code, field, found, raw, state, awaited_file_number, awaited_fact) from stdin"


def keep(batch_id: int, refused: Sequence[KeptRow]) -> None:
    if not refused:
        return
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for row in refused:
            said = row.rejection
            longest = LONGEST_RAW if said.code in _UNREADABLE else LONGEST_LINE
            file_number, fact_id = row.awaited or (None, None)
            copy.write_row(
                (
                    batch_id,
                    said.line,
                    str(said.code),
                    said.field,
                    said.found,
                    readable(row.raw, longest),
                    "waiting",
                    file_number,
                    fact_id,
                )
            )


def correct(row_id: int, new_raw: str, by: int, now: datetime) -> Rejection | None:
    """The row as it should have been; or why that does not read either, and nothing has changed. Raises ``UnknownRow``."""
    with transaction.atomic():
        line, data_day = _locked(row_id)
        _, meaning = understood(line, new_raw.encode("utf-8", "backslashreplace"), data_day)
        if isinstance(meaning, Rejection):
            return meaning
        _decide(row_id, QuarantineState.CORRECTED, by, now, corrected=new_raw)
    return None


def dismiss(row_id: int, reason: str, by: int, now: datetime) -> None:
    """The row will not enter. Raises ``UnknownRow``, ``ReasonMissing``."""
    said = _said(reason)
    with transaction.atomic():
        _locked(row_id)
        _decide(row_id, QuarantineState.DISMISSED, by, now, reason=said)


def dismiss_all(sequence: int, code: RejectionCode, reason: str, by: int, now: datetime) -> int:
    """The rows of one file that wait for one reason: a file of bad rows is not put away one by one. Gives their number.

    Raises ``ReasonMissing``.
    """
    said = _said(reason)
    with connection.cursor() as cursor:
        cursor.execute(
            "update feed_quarantine q set state = 'dismissed', reason = %s, decided_by = %s, decided_at = %s"
            "  from feed_reception r"
            " where r.batch_id = q.batch_id and r.sequence = %s and q.code = %s and q.state = 'waiting'",
            [said, by, now, sequence, code.value],
        )
        return int(cursor.rowcount)


def replay(now: datetime) -> Replay:
    """Enters the rows put right since the last file. Raises ``MayNotEnter``; ``DoorBusy`` while a file is entering."""
    try:
        with exclusive(patience_seconds=PATIENCE_SECONDS):
            return replay_due(now)
    except ProgrammingError as error:
        if isinstance(error.__cause__, InsufficientPrivilege):
            raise MayNotEnter("ce programme n’a pas le droit de faire entrer des lignes : elles entreront cette nuit") from error
        raise


def release(arrivals: Iterable[Arrival]) -> None:
    """Rows that awaited one of these arrivals will enter after it, in the same transaction. See ``anything_awaited``."""
    holders: list[str] = []
    offences: tuple[list[str], list[str]] = ([], [])
    for arrival in arrivals:
        if isinstance(arrival, HolderArrival):
            holders.append(arrival.file_number)
        elif isinstance(arrival, FactArrival) and isinstance(arrival.fact, Offence):
            offences[0].append(arrival.file_number)
            offences[1].append(arrival.fact.fact_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "update feed_quarantine set state = 'released'"
            " where state = 'waiting' and awaited_fact is null and awaited_file_number = any(%s)",
            [holders],
        )
        cursor.execute(
            "update feed_quarantine q set state = 'released' from unnest(%s::text[], %s::text[]) as o (file_number, fact_id)"
            " where q.state = 'waiting' and q.awaited_file_number = o.file_number and q.awaited_fact = o.fact_id",
            list(offences),
        )


def replay_due(now: datetime) -> Replay:
    """To be called inside ``exclusive``, no other batch being open. A row refused again waits again, for its new reason."""
    last = last_batch()
    if last is None or not _anything_due():
        return Replay()
    registration = open_batch(BatchHead(sequence=None, sha256=EMPTY, data_day=last.head.data_day, received_at=now))
    is_awaited = anything_awaited()
    unread = stated = 0
    for chunk in _due(registration.batch_id):
        arrivals: list[Arrival] = []
        balances: list[StatedBalance] = []
        again: list[tuple[int, Rejection, Awaited | None]] = []
        for row_id, raw, data_day in chunk:
            _, meaning = understood(row_id, raw, data_day)
            if isinstance(meaning, Rejection):
                # It read when it came: the format has become stricter since.
                again.append((row_id, meaning, None))
            elif isinstance(meaning, StatedBalance):
                balances.append(meaning)
            else:
                arrivals.append(meaning)
        registration.stage(arrivals)
        if is_awaited:
            release(arrivals)
        keep_stated(registration.batch_id, balances)
        _put_back(again)
        stated += len(balances)
        unread += len(again)
    registration.merge()
    for refusals in _by_chunks(registration.refusals()):
        raws = _raws([refusal.line for refusal in refusals])
        _put_back([(refusal.line, *rejection_of(refusal, raws[refusal.line], refusal.line)) for refusal in refusals])
    _forget_copies(registration.batch_id)
    totals = registration.close(unread, stated)
    return Replay(
        rows_read=totals.rows_read,
        rows_entered=totals.rows_entered,
        rows_known=totals.rows_known,
        rows_refused=totals.rows_refused,
    )


_DUE = "state in ('corrected', 'released')"
_TAKE_DUE = f"""
update feed_quarantine q set state = 'replayed', settled_in_id = %(batch)s
  from feed_reception r
 where r.batch_id = q.batch_id
   and q.id in (select id from feed_quarantine where {_DUE} and id > %(after)s order by id limit %(chunk)s)
returning q.id, coalesce(q.corrected, q.raw), r.data_day
"""  # noqa: S608 - constants only
_PUT_BACK = """
update feed_quarantine q
   set state = 'waiting', settled_in_id = null, code = n.code, field = n.field, found = n.found,
       awaited_file_number = n.file_number, awaited_fact = n.fact_id
  from unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
       as n (id, code, field, found, file_number, fact_id)
 where q.id = n.id
"""


def anything_awaited() -> bool:
    """To be asked once for a batch: when nothing is awaited as it opens, no arrival of it releases anything."""
    return _exists("state = 'waiting' and awaited_file_number is not null")


def _anything_due() -> bool:
    return _exists(_DUE)


def _exists(condition: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"select exists (select from feed_quarantine where {condition})")  # noqa: S608 - constants only
        return bool(cursor.fetchone()[0])


def _due(batch_id: int) -> Iterator[list[tuple[int, bytes, date]]]:
    """In order of arrival; then those that the former released, until there is none."""
    after = 0
    while True:
        chunk = _take_due(batch_id, after)
        if chunk:
            yield chunk
            after = chunk[-1][0]
        elif after:
            after = 0
        else:
            return


def _take_due(batch_id: int, after: int) -> list[tuple[int, bytes, date]]:
    """The next rows, with the data day of the file they came in: settled, unless they are put back."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_DUE, {"batch": batch_id, "after": after, "chunk": CHUNK})
        return [(row_id, raw.encode(), data_day) for row_id, raw, data_day in sorted(cursor.fetchall())]


def _put_back(again: Sequence[tuple[int, Rejection, Awaited | None]]) -> None:
    if not again:
        return
    columns = zip(
        *((row_id, said.code.value, said.field, said.found, *(awaited or (None, None))) for row_id, said, awaited in again),
        strict=True,
    )
    with connection.cursor() as cursor:
        cursor.execute(_PUT_BACK, [list(column) for column in columns])


def _forget_copies(batch_id: int) -> None:
    """A row that entered as it was written is an entry now: a copy here would outlive the erasure of that entry."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update feed_quarantine set raw = '', found = ''"
            " where settled_in_id = %s and state = 'replayed' and corrected is null and raw <> ''",
            [batch_id],
        )


def _raws(ids: Sequence[int]) -> dict[int, bytes]:
    with connection.cursor() as cursor:
        cursor.execute("select id, coalesce(corrected, raw) from feed_quarantine where id = any(%s)", [list(ids)])
        return {row_id: raw.encode() for row_id, raw in cursor.fetchall()}


def _by_chunks(refusals: Iterator[Refusal]) -> Iterator[list[Refusal]]:
    while chunk := list(islice(refusals, CHUNK)):
        yield chunk


def _said(reason: str) -> str:
    """In one line, without what PostgreSQL would refuse or a terminal obey."""
    said = " ".join("".join(character if character.isprintable() else " " for character in reason).split())
    if not said:
        raise ReasonMissing("dites en quelques mots pourquoi : ceux qui reliront la décision n’auront que cela")
    if len(said) > LONGEST_REASON:
        raise ReasonMissing(f"la raison compte {len(said)} caractères : dites-la en {LONGEST_REASON} au plus")
    return said


def _locked(row_id: int) -> tuple[int, date]:
    """Line and data day of a row that is not settled. Raises ``UnknownRow``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select q.line, r.data_day from feed_quarantine q join feed_reception r on r.batch_id = q.batch_id"
            " where q.id = %s and q.state in ('waiting', 'corrected') for update of q",
            [row_id],
        )
        found = cursor.fetchone()
    if found is None:
        raise UnknownRow(f"la ligne {row_id} n’est pas en quarantaine, ou son sort est réglé : rechargez la liste")
    return found[0], found[1]


def _decide(
    row_id: int, state: QuarantineState, by: int, now: datetime, *, corrected: str | None = None, reason: str | None = None
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "update feed_quarantine set state = %s, decided_by = %s, decided_at = %s, corrected = coalesce(%s, corrected),"
            " reason = %s where id = %s",
            [state.value, by, now, corrected, reason, row_id],
        )
