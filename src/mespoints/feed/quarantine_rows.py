"""The rows of the quarantine as the operator reads them. What is done about them is in ``quarantine``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import connection

from mespoints.feed.rejections import WHAT_TO_DO, Rejection, RejectionCode


class QuarantineState(StrEnum):
    WAITING = "waiting"
    CORRECTED = "corrected"
    """Put right by the operator; enters with the next file, or the next ``replay``."""
    RELEASED = "released"
    """What it awaited has come; enters at once. Nobody outside a transaction sees this state."""
    DISMISSED = "dismissed"
    REPLAYED = "replayed"
    """It entered, or turned out to be known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantinedRow:
    """``raw`` is what stood on the line, ``corrected`` what the operator made of it; ``sequence`` is that of its file.

    ``decided_by`` is the account that corrected or dismissed it, at ``decided_at``; ``reason`` is why it was dismissed.
    """

    id: int
    sequence: int
    rejection: Rejection
    raw: str
    state: QuarantineState
    corrected: str | None
    reason: str | None
    decided_by: int | None
    decided_at: datetime | None

    @property
    def is_settled(self) -> bool:
        return self.state not in (QuarantineState.WAITING, QuarantineState.CORRECTED)

    @property
    def standing(self) -> str:
        """What would enter if nothing more were done about it."""
        return self.raw if self.corrected is None else self.corrected


_COLUMNS = """q.id, (select b.sequence from register_batch b where b.id = q.batch_id), q.line, q.code, q.field, q.found, q.raw,
    q.state, q.corrected, q.reason, q.decided_by, q.decided_at"""


def row(row_id: int) -> QuarantinedRow | None:
    """Whatever has become of it; None when no row has this number."""
    return next(_rows("where q.id = %s", [row_id]), None)


def quarantined(sequence: int, at_most: int = 1_000) -> Iterator[QuarantinedRow]:
    """The first refused rows of a file, in the order of lines, whatever has become of them."""
    return _rows(
        "join feed_reception r on r.batch_id = q.batch_id where r.sequence = %s order by q.line limit %s",
        [sequence, at_most],
    )


def waiting(after: int = 0, at_most: int = 1_000) -> Iterator[QuarantinedRow]:
    """What is left to the operator, in order of arrival, from the row that follows number ``after``."""
    return _rows("where q.state = 'waiting' and q.id > %s order by q.id limit %s", [after, at_most])


def put_right(at_most: int = 1_000) -> Iterator[QuarantinedRow]:
    """What the operator corrected and the register has not read again yet, in order of arrival."""
    return _rows("where q.state = 'corrected' order by q.id limit %s", [at_most])


def alike(sequence: int, code: RejectionCode) -> int:
    """How many rows of one file wait for one reason."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from feed_quarantine q join feed_reception r on r.batch_id = q.batch_id"
            " where r.sequence = %s and q.code = %s and q.state = 'waiting'",
            [sequence, code.value],
        )
        return int(cursor.fetchone()[0])


def _rows(condition: str, parameters: Sequence[int]) -> Iterator[QuarantinedRow]:
    with connection.cursor() as cursor:
        cursor.execute(f"select {_COLUMNS} from feed_quarantine q {condition}", parameters)  # noqa: S608 - constants only
        rows = cursor.fetchall()
    for row_id, sequence, line, code, field, found, raw, state, corrected, reason, decided_by, decided_at in rows:
        said = Rejection(
            code=RejectionCode(code), line=line, field=field, found=found, what_to_do=WHAT_TO_DO[RejectionCode(code)]
        )
        yield QuarantinedRow(
            id=row_id,
            sequence=sequence,
            rejection=said,
            raw=raw,
            state=QuarantineState(state),
            corrected=corrected,
            reason=reason,
            decided_by=decided_by,
            decided_at=decided_at,
        )
