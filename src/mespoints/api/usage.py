"""How much each caller asks in a minute: counted by ``rate_limits``, and never a reason to be unavailable."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import Error

from mespoints.api.limits import MinuteLimits
from mespoints.api.refusals import Refusal
from mespoints.rate_limits import limits as rate_limits
from mespoints.rate_limits.limits import Count, Limit, Spending

log = logging.getLogger(__name__)

MINUTE = timedelta(minutes=1)
REST = timedelta(seconds=30)
"""A database that failed is not asked again meanwhile: waiting for it at each request would stop the others too."""


@dataclass(slots=True)
class Meter:
    """Lets everybody pass while the database does not answer: the law can be computed without it."""

    rests_until: datetime | None = field(default=None)

    def admit(self, address: str, *, cases: int, limits: MinuteLimits, now: datetime) -> None:
        """Raises Refusal once this address has asked more than the limits in this minute. What is refused counts too."""
        if self.rests_until is not None and now < self.rests_until:
            return
        try:
            counted = count(address, cases=cases, limits=limits, now=now)
        except Error:
            self.rests_until = now + REST
            # Without the message of the database, which may quote a row.
            log.warning("API-LIMIT-UNAVAILABLE: requests are not counted for %s s", REST.seconds)
            return
        if not all(each.is_within for each in counted):
            raise too_many(limits, seconds=counted[0].seconds_to_wait(now))


def count(address: str, *, cases: int, limits: MinuteLimits, now: datetime) -> tuple[Count, ...]:
    """Requests and cases of this address in this minute, these included."""
    requests = Limit(name="api-requests", at_most=limits.requests, within=MINUTE)
    weighed = Limit(name="api-cases", at_most=limits.cases, within=MINUTE)
    return rate_limits.count(
        [Spending(limit=requests, key=address), Spending(limit=weighed, key=address, cost=cases)],
        now,
    )


def too_many(limits: MinuteLimits, seconds: int) -> Refusal:
    message = (
        f"plus de {limits.requests} demandes ou de {limits.cases} cas en une minute depuis votre adresse ; "
        f"attendez {seconds} s. Pour davantage, la commande « mespoints evaluate » calcule sur votre machine, sans limite."
    )
    return Refusal("too_many_requests", message, headers={"Retry-After": str(seconds)})
