"""The one way in which a consultation leaves its trace."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One consultation, by internal numbers only: no name and no file number enters the log of accesses."""

    account_id: int | None
    role: str
    holder_id: int
    reason: str
    at: datetime


def trace(line: Trace) -> None:
    """One plain INSERT. Raises ``django.db.DatabaseError`` when it cannot be written: the caller decides who may go on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into access_log_accesstrace (account_id, role, holder_id, reason, at) values (%s, %s, %s, %s, %s)",
            [line.account_id, line.role, line.holder_id, line.reason, line.at],
        )
