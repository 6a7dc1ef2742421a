"""Where the driver stands on a day."""

from dataclasses import dataclass
from datetime import date

from mespoints.law.state import ClosingRule, State, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """``balance`` is what people read (never below zero); ``account`` is the signed account of law."""

    on: date
    balance: int
    account: int
    ceiling: int | None
    status: Status
    probation_ends_on: date | None
    """None when no probation is running on that day."""


def situation(state: State, on: date) -> Situation:
    """Once everything dated ``on`` has taken effect."""
    snapshot = state.snapshot(on)
    if snapshot is None:
        return Situation(on=on, balance=0, account=0, ceiling=None, status=Status.NONE, probation_ends_on=None)
    if snapshot.closing is not None:
        status = Status.INVALIDATED if snapshot.closing.rule is ClosingRule.INVALIDATION else Status.ANNULLED
        return Situation(on=on, balance=0, account=snapshot.points, ceiling=None, status=status, probation_ends_on=None)
    probation = snapshot.account.probation
    return Situation(
        on=on,
        balance=max(snapshot.points, 0),
        account=snapshot.points,
        ceiling=snapshot.ceiling,
        status=Status.VALID if snapshot.points > 0 else Status.ZERO_NOT_NOTIFIED,
        probation_ends_on=probation.ends_on if probation is not None and on < probation.ends_on else None,
    )
