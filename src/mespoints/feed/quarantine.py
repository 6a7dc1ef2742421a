"""Where refused rows wait: written by the import, read by the operator."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection

from mespoints.feed.rejections import Rejection, RejectionCode, readable

_COPY = "copy feed_quarantine (batch_id, line, code, field, found, what_to_do, raw) from stdin"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantinedRow:
    rejection: Rejection
    raw: str


def keep(batch_id: int, refused: Sequence[tuple[Rejection, bytes]]) -> None:
    """Each rejection with the bytes of its row."""
    if not refused:
        return
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for rejection, raw in refused:
            copy.write_row(
                (
                    batch_id,
                    rejection.line,
                    str(rejection.code),
                    rejection.field,
                    rejection.found,
                    rejection.what_to_do,
                    readable(raw),
                )
            )


def quarantined(sequence: int, at_most: int = 1_000) -> Iterator[QuarantinedRow]:
    """The first refused rows of a file, in the order of lines."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select q.line, q.code, q.field, q.found, q.what_to_do, q.raw"
            "  from feed_quarantine q join register_batch b on b.id = q.batch_id"
            " where b.sequence = %s order by q.line limit %s",
            [sequence, at_most],
        )
        rows = cursor.fetchall()
    for line, code, field, found, what_to_do, raw in rows:
        rejection = Rejection(code=RejectionCode(code), line=line, field=field, found=found, what_to_do=what_to_do)
        yield QuarantinedRow(rejection=rejection, raw=raw)
