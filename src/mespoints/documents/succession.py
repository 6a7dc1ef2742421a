"""What a new paper makes of the older ones of its holder: pure, one rule.

A paper is replaced when a new one of the same kind (of the same period, for a period statement) says something else. One that
says the same leaves the older ones as they are: whoever holds them holds the truth, and marking them would tell him otherwise.
Papers of another kind, or of another period, are left alone: nothing newer says what they say.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mespoints.documents.models import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one paper says, as far as another may replace it."""

    reference: str
    kind: Kind
    period: tuple[date, date] | None
    """First and last day included, of a period statement."""
    substance: str
    """``content.substance``; empty when it was not written down, and then it equals nothing."""


def replaced_by(new: Said, current: Iterable[Said]) -> tuple[str, ...]:
    """The references of those that ``new`` replaces, among the papers of the same holder that are still current."""
    return tuple(
        former.reference
        for former in current
        if (former.kind, former.period) == (new.kind, new.period)
        and former.reference != new.reference
        and former.substance != new.substance
    )
