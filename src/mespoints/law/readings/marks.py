"""The twelve marks: the balance as twelve signs, the same on the page and on the paper."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mespoints.law.calendar import add_months
from mespoints.law.readings.situation import Situation
from mespoints.law.state import Rule, State
from mespoints.law.texts.parameters import PARAMETERS

MAXIMUM = PARAMETERS["maximum"]
SOON_MONTHS = 12
"""A point that returns within a year is drawn as coming back."""
RETURNS = frozenset({Rule.SINGLE_POINT_RETURN, Rule.RESTORATION, Rule.TEN_YEAR_RETURN, Rule.COURSE})


class MarkKind(StrEnum):
    HELD = "held"
    COMING_BACK = "coming_back"
    """Comes back within twelve months (``on`` says when)."""
    LOST = "lost"
    """Comes back later, or not by itself."""
    ABOVE_CEILING = "above_ceiling"
    """Above the ceiling of the day (probation)."""


@dataclass(frozen=True, slots=True)
class Mark:
    kind: MarkKind
    on: date | None = None


def marks(state: State, situation: Situation) -> tuple[Mark, ...]:
    """Always twelve, in the order held, coming back (soonest first), lost, above the ceiling."""
    maximum = MAXIMUM.in_force(situation.on)
    ceiling = situation.ceiling if situation.ceiling is not None else maximum
    held = [Mark(MarkKind.HELD)] * situation.balance
    missing = ceiling - situation.balance
    coming = coming_back(state, situation)[:missing]
    lost = [Mark(MarkKind.LOST)] * (missing - len(coming))
    return (*held, *coming, *lost, *([Mark(MarkKind.ABOVE_CEILING)] * (maximum - ceiling)))


def coming_back(state: State, situation: Situation) -> list[Mark]:
    until = add_months(situation.on, SOON_MONTHS)
    found: list[Mark] = []
    for movement in state.movements:
        if situation.on < movement.on <= until and movement.rule in RETURNS:
            regained = min(movement.points, max(0, movement.account))
            found += [Mark(MarkKind.COMING_BACK, movement.on)] * regained
    return found
