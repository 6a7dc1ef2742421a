"""Balances as the source states them: set beside ours by ``reconciliation``, never believed, never shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedBalance:
    """The balance at the end of ``on``, says the source. ``file_number`` is canonical."""

    line: int
    file_number: str
    on: date
    points: int


def keep_stated(batch_id: int, balances: Sequence[StatedBalance]) -> None:
    if not balances:
        return
    statement = 'copy feed_statedbalance (batch_id, line, file_number, "on", points) from stdin'
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for balance in balances:
            copy.write_row((batch_id, balance.line, balance.file_number, balance.on, balance.points))
