"""What a first licence brings, and when, if nothing is lost: read from the replay itself, for those who have none yet."""

from dataclasses import dataclass
from datetime import date

from mespoints.law.calendar import add_months
from mespoints.law.facts import Fact, LicenceObtained, PostLicenceTraining, ProbationPath
from mespoints.law.record import Record
from mespoints.law.replay import replay
from mespoints.law.rules.probation import TRAINING_FROM


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPoints:
    """``points`` held in all, from ``months`` after the licence on (0: its very day)."""

    months: int
    points: int


def first_points(on: date, path: ProbationPath, *, is_trained: bool = False) -> tuple[FirstPoints, ...]:
    """Of a licence obtained on ``on`` under the law of that day; ``is_trained``: with the post-licence training, in time."""
    facts: list[Fact] = [LicenceObtained(fact_id="licence", on=on, path=path)]
    if is_trained:
        facts.append(PostLicenceTraining(fact_id="training", on=add_months(on, TRAINING_FROM.in_force(on))))
    movements = replay(Record.of(facts)).movements
    return tuple(FirstPoints(months=_months(on, movement.on), points=movement.account) for movement in movements)


def _months(start: date, end: date) -> int:
    return 12 * (end.year - start.year) + end.month - start.month
