"""One night at a time, on whatever machine: a lock of the database, which goes with whoever held it, however he goes."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection

# Any constant would do, provided nobody else locks it.
_LOCK = 4_823_318


class NightAlreadyRunning(Exception):
    """One sentence, with the remedy."""


@contextmanager
def alone() -> Iterator[None]:
    """Held by the connection, not by a transaction. Raises ``NightAlreadyRunning`` at once rather than wait."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [_LOCK])
        is_alone = cursor.fetchone()[0]
    if not is_alone:
        raise NightAlreadyRunning(
            "Une nuit, ou une reconstruction des situations, est déjà en cours sur cette base : attendez qu’elle se termine."
        )
    try:
        yield
    finally:
        # A connection that broke meanwhile has let the lock go.
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [_LOCK])
