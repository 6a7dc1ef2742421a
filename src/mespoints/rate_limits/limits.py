"""Counts exactly, in the database, what each key spends of a limit: several processes and several machines share the count.

A window is fixed (the civil minute, hour or day of UTC), so one row and one statement are enough; somebody may spend twice the
limit across the edge of two windows, and figures are chosen knowing it. A crash of the database empties the counters: what
must survive it (the tries left on one code) is counted in its own table.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil

from django.db import connection
from django.utils.crypto import salted_hmac

from mespoints.rate_limits.models import Counter

KEPT = timedelta(minutes=1)
"""After the end of a window: the clocks of two machines may disagree by that much without counting twice."""

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_TABLE = Counter._meta.db_table  # noqa: SLF001 – the name of our own table, by Django's documented access
# In the order of the keys: two processes that count the same ones never wait for each other in a circle.
_COUNT = f"""
insert into {_TABLE} as counter (key, until, spent)
select * from unnest(%s::text[], %s::timestamptz[], %s::bigint[]) as asked (key, until, cost) order by asked.key
on conflict (key) do update set spent = counter.spent + excluded.spent
returning key, spent
"""  # noqa: S608 – same
# Two processes may forget at once: neither waits for the other.
_FORGET = f"""
delete from {_TABLE} where key in (
    select key from {_TABLE} where until < %s order by until limit 1000 for update skip locked
)
"""  # noqa: S608 – same


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """``at_most`` units for one key in one window of length ``within``."""

    name: str
    """Stable, and unlike any other: it separates the counters."""
    at_most: int
    within: timedelta

    def ends(self, now: datetime) -> datetime:
        """The end of the window that ``now`` is in (excluded). A minute ends on the minute, a day at midnight UTC."""
        return now + self.within - (now - _EPOCH) % self.within


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """``key``: whatever is limited (an address, an account, a file number), in clear; only its digest is stored."""

    limit: Limit
    key: str
    cost: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """``spent``: in this window, what was just asked included."""

    limit: Limit
    spent: int
    until: datetime

    @property
    def is_within(self) -> bool:
        return self.spent <= self.limit.at_most

    @property
    def remaining(self) -> int:
        return max(0, self.limit.at_most - self.spent)

    def seconds_to_wait(self, now: datetime) -> int:
        """Until the next window; at least one."""
        return max(1, ceil((self.until - now).total_seconds()))


def spend(limit: Limit, key: str, now: datetime, cost: int = 1) -> bool:
    """Whether this key is still within its limit. What is refused is spent too: insisting does not help."""
    (counted,) = count([Spending(limit=limit, key=key, cost=cost)], now)
    return counted.is_within


def spend_all(spendings: Iterable[Spending], now: datetime) -> bool:
    """Whether all are within their limits; each is spent, whichever is exceeded. One statement."""
    return all(counted.is_within for counted in count(spendings, now))


def first_exceeded(spendings: Iterable[Spending], now: datetime) -> Limit | None:
    """Which limit is exceeded, asked one by one in their order: what it refuses spends nothing of those after it.

    From the requester's own to what everybody shares. Otherwise one machine that insists, refused each time, would soon spend
    the share of a whole country. One statement for each, where ``spend_all`` takes one in all.
    """
    for rank, each in enumerate(spendings):
        # Forgetting goes with the first, which is the requester's own: how many statements there are must not tell whether
        # somebody else has spent of the others.
        (counted,) = _count([each], now, forgets=rank == 0)
        if not counted.is_within:
            return each.limit
    return None


def count(spendings: Iterable[Spending], now: datetime) -> tuple[Count, ...]:
    """What stands after these, in their order; no key twice under one limit.

    One statement; one more when a key spends for the first time in its window.
    To be called outside of a long transaction: its counters wait for its end, and its rollback gives back what was spent.
    """
    return _count(spendings, now, forgets=True)


def _count(spendings: Iterable[Spending], now: datetime, *, forgets: bool) -> tuple[Count, ...]:
    asked = {digest(spending, now): spending for spending in spendings}
    untils = [spending.limit.ends(now) for spending in asked.values()]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [list(asked), untils, [spending.cost for spending in asked.values()]])
        spent = dict(cursor.fetchall())
        if forgets and any(0 < spending.cost == spent[key] for key, spending in asked.items()):
            cursor.execute(_FORGET, [now - KEPT])
    return tuple(
        Count(limit=spending.limit, spent=spent[key], until=until)
        for (key, spending), until in zip(asked.items(), untils, strict=True)
    )


def digest(spending: Spending, now: datetime) -> str:
    """Keyed by the secret of the installation; another in each window."""
    said = f"{spending.limit.name} {spending.limit.ends(now).isoformat()} {spending.key}"
    return salted_hmac("mespoints.rate_limits", said, algorithm="sha256").hexdigest()
