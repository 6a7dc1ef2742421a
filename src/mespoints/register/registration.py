"""The door into the register: one batch, in one transaction, one batch at a time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg.errors import LockNotAvailable

from mespoints.register.arrivals import Arrival, BatchHead, BatchTotals, Refusal, Refused
from mespoints.register.merge import merge
from mespoints.register.staging import close_staging, open_staging, stage

# Any constant would do, provided nobody else locks it.
_LOCK = 4_823_317

# Foreign keys are checked by each statement, not held in memory until the commit.
_SESSION = ("set constraints all immediate", "set local jit = off", "set local work_mem = '64MB'")

_REFUSALS_AT_ONCE = 5_000

MANY = 10_000
"""Rows entered by one batch from which what PostgreSQL believes of the tables may be worth renewing."""
MANY_OF_ALL = 0.1
"""And their share of all entries: a night changes nothing of what it believes of a large register, and reading it again costs."""

_BELIEVED = "select greatest(reltuples, 0) from pg_class where oid = 'register_entry'::regclass"
_ANALYZE = "analyze register_holder, register_licence, register_entry, register_chainhead, register_statedlicencestate"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredBatch:
    """A batch the register already holds."""

    head: BatchHead
    totals: BatchTotals


class Registration:
    """A batch being entered: ``stage`` chunks, ``merge`` once, read the ``refusals``, ``close`` with the totals."""

    def __init__(self, batch_id: int, number: int, head: BatchHead) -> None:
        self.batch_id = batch_id
        self._number = number
        self._head = head
        self._staged = 0

    def stage(self, arrivals: Sequence[Arrival]) -> None:
        """Each arrival has its own line; lines grow from chunk to chunk."""
        stage(arrivals)
        self._staged += len(arrivals)

    def merge(self) -> None:
        merge(self.batch_id, self._number, self._head.data_day, self._head.received_at)

    def refusals(self) -> Iterator[Refusal]:
        """What the register does not take, in the order of lines; a bounded number in memory."""
        after = 0
        while True:
            with connection.cursor() as cursor:
                cursor.execute(
                    "select line, verdict from set_aside where verdict <> 'known' and line > %s order by line limit %s",
                    [after, _REFUSALS_AT_ONCE],
                )
                found = cursor.fetchall()
            if not found:
                return
            yield from (Refusal(line=line, why=Refused(verdict)) for line, verdict in found)
            after = found[-1][0]

    def close(self, rows_unread: int, rows_taken: int = 0) -> BatchTotals:
        """Writes the totals; ``rows_unread`` are the rows the feed refused before they came here, ``rows_taken`` those it
        took for itself (stated balances): they entered, and the register has nothing of them.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) filter (where verdict = 'known'), count(*) filter (where verdict <> 'known') from set_aside"
            )
            known, refused = cursor.fetchone()
            totals = BatchTotals(
                rows_read=self._staged + rows_unread + rows_taken,
                rows_entered=self._staged + rows_taken - known - refused,
                rows_known=known,
                rows_refused=refused + rows_unread,
            )
            cursor.execute(
                "update register_batch set rows_read = %s, rows_entered = %s, rows_known = %s, rows_refused = %s,"
                " last_entry = nextval(pg_get_serial_sequence('register_entry', 'id')) where id = %s",
                [totals.rows_read, totals.rows_entered, totals.rows_known, totals.rows_refused, self.batch_id],
            )
        self._renew_beliefs(totals.rows_entered)
        close_staging()
        return totals

    def _renew_beliefs(self, entered: int) -> None:
        """Not left to autovacuum: pages and the night read right after the batch, and a stale belief costs them whole scans."""
        if entered < MANY:
            return
        with connection.cursor() as cursor:
            cursor.execute(_BELIEVED)
            if entered >= MANY_OF_ALL * cursor.fetchone()[0]:
                cursor.execute(_ANALYZE)


class DoorBusy(Exception):
    """Another batch is entering; a sentence for whoever would not wait."""


@contextmanager
def exclusive(patience_seconds: int | None = None) -> Iterator[None]:
    """One transaction, alone at the door: a second importer waits here, then sees what the first one entered.

    Raises ``DoorBusy`` when it has waited ``patience_seconds``; None: it waits as long as it takes.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            _enter_alone(cursor, patience_seconds)
            for setting in _SESSION:
                cursor.execute(setting)
        yield


def _enter_alone(cursor: CursorWrapper, patience_seconds: int | None) -> None:
    if patience_seconds is not None:
        cursor.execute("select set_config('lock_timeout', %s, true)", [f"{patience_seconds}s"])
    try:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise DoorBusy("un fichier est en train d’entrer : recommencez dans quelques minutes") from error
        raise
    if patience_seconds is not None:
        cursor.execute("set local lock_timeout to default")


def last_batch() -> EnteredBatch | None:
    """The last daily file; rows come back from the quarantine since are none."""
    return _batch("where sequence is not null order by sequence desc limit 1", [])


def batch_of(sequence: int) -> EnteredBatch | None:
    return _batch("where sequence = %s", [sequence])


def open_batch(head: BatchHead) -> Registration:
    """To be called inside ``exclusive``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into register_batch (sequence, sha256, data_day, received_at,"
            " rows_read, rows_entered, rows_known, rows_refused, first_entry, last_entry)"
            " values (%s, %s, %s, %s, 0, 0, 0, 0, nextval(pg_get_serial_sequence('register_entry', 'id')), 0)"
            " returning id, first_entry",
            [head.sequence, head.sha256, head.data_day, head.received_at],
        )
        batch_id, number = cursor.fetchone()
    open_staging()
    return Registration(batch_id, number, head)


def _batch(condition: str, parameters: list[int]) -> EnteredBatch | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select sequence, sha256, data_day, received_at, rows_read, rows_entered, rows_known, rows_refused"  # noqa: S608
            f" from register_batch {condition}",
            parameters,
        )
        row = cursor.fetchone()
    if row is None:
        return None
    sequence, sha256, data_day, received_at, read, entered, known, refused = row
    return EnteredBatch(
        head=BatchHead(sequence=sequence, sha256=sha256, data_day=data_day, received_at=received_at),
        totals=BatchTotals(rows_read=read, rows_entered=entered, rows_known=known, rows_refused=refused),
    )
