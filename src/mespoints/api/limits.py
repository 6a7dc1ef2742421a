"""What one request may ask, so that it is answered in about a second whatever it holds.

The command ``mespoints evaluate`` has the limits of the contract; these are those of a door that anybody may push.
"""

from dataclasses import dataclass
from math import ceil

LARGEST_BODY = 256 * 1024
"""Bytes."""
MOST_EVENTS = 200
"""In one case. Looking for revoked returns replays the record for each late fact: the cost grows as the square."""
HEAVIEST_REQUEST = 100
"""Units of weight."""
EVENTS_OF_ONE_UNIT = 20
"""A case with that many events, or fewer, weighs one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinuteLimits:
    """What one caller may ask in one minute."""

    requests: int
    cases: int


def weight(document: object) -> int:
    """What a case costs, in cases of twenty events: as the square of their number. Whatever will be refused weighs one."""
    count = event_count(document)
    return max(1, ceil((count / EVENTS_OF_ONE_UNIT) ** 2)) if count <= MOST_EVENTS else 1


def event_count(document: object) -> int:
    events = document.get("events") if isinstance(document, dict) else None
    return len(events) if isinstance(events, list) else 0
