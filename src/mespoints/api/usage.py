"""Counts what each caller asks in a minute, in the database: several processes and several machines share the count."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from django.db import Error, connection

from mespoints.api.limits import MinuteLimits
from mespoints.api.models import Usage
from mespoints.api.refusals import Refusal

log = logging.getLogger(__name__)

MINUTE = timedelta(minutes=1)
KEPT = 2 * MINUTE
REST = timedelta(seconds=30)
"""A database that failed is not asked again meanwhile: waiting for it at each request would stop the others too."""

_COUNT = f"""
insert into {Usage._meta.db_table} as usage (caller, minute, requests, cases) values (%s, %s, 1, %s)
on conflict (caller) do update set requests = usage.requests + 1, cases = usage.cases + excluded.cases
returning requests, cases
"""  # noqa: S608, SLF001 – the name of our own table, by Django's documented access
# Two processes may forget at once: neither waits for the other.
_FORGET = f"""
delete from {Usage._meta.db_table} where caller in (
    select caller from {Usage._meta.db_table} where minute < %s order by minute limit 1000 for update skip locked
)
"""  # noqa: S608, SLF001 – same


def minute_of(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)


@dataclass(slots=True)
class Meter:
    """Lets everybody pass while the database does not answer: the law can be computed without it."""

    rests_until: datetime | None = field(default=None)

    def admit(self, who: str, *, cases: int, limits: MinuteLimits, now: datetime) -> None:
        """Raises Refusal once this caller has asked more than the limits in this minute. What is refused counts too."""
        if self.rests_until is not None and now < self.rests_until:
            return
        try:
            asked_requests, asked_cases = count(who, cases=cases, now=now)
        except Error:
            self.rests_until = now + REST
            # Without the message of the database, which may quote a row.
            log.warning("API-LIMIT-UNAVAILABLE: requests are not counted for %s s", REST.seconds)
            return
        if asked_requests > limits.requests or asked_cases > limits.cases:
            raise too_many(limits, wait=minute_of(now) + MINUTE - now)


def count(who: str, *, cases: int, now: datetime) -> tuple[int, int]:
    """Requests and cases of this caller in this minute, these included. One statement; one more in a caller's first request."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [who, minute_of(now), cases])
        requests, total = cursor.fetchone()
        if requests == 1:
            cursor.execute(_FORGET, [now - KEPT])
    return requests, total


def too_many(limits: MinuteLimits, wait: timedelta) -> Refusal:
    seconds = ceil(wait.total_seconds())
    message = (
        f"plus de {limits.requests} demandes ou de {limits.cases} cas en une minute depuis votre adresse ; "
        f"attendez {seconds} s. Pour davantage, la commande « mespoints evaluate » calcule sur votre machine, sans limite."
    )
    return Refusal("too_many_requests", message, headers={"Retry-After": str(seconds)})
