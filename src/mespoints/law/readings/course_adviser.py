"""Would a voluntary course be useful, from when, until when."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from mespoints.law.calendar import add_months
from mespoints.law.readings.forecast import pending_offences, say_pending
from mespoints.law.readings.situation import situation
from mespoints.law.rules import course
from mespoints.law.state import State, Status, Step
from mespoints.law.texts.sentences import say

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseAdvice:
    """All days are last days of a course taken after the day of the question."""

    useful: bool
    """A course ending the very next day would credit at least one point."""
    points: int
    """What it would credit on the first useful day."""
    first_useful_on: date | None
    last_useful_on: date | None
    """None: no limit, or the unknown day of the 48SI."""
    advice: str


def course_advice(state: State, as_of: date) -> CourseAdvice:
    """For a voluntary course that ends after ``as_of``, on the facts given."""
    soonest = course.effective_on(as_of + ONE_DAY)
    days = [soonest, *turning_days(state, soonest)]
    first = next((rank for rank, day in enumerate(days) if would_credit(state, day)), None)
    if first is None:
        return CourseAdvice(useful=False, points=0, first_useful_on=None, last_useful_on=None, advice=say_useless(state, as_of))
    effective = days[first]
    points = would_credit(state, effective)
    at_zero = points_before_course(state, effective) <= 0
    worthless = next((day for day in days[first + 1 :] if not would_credit(state, day)), None)
    last = None if at_zero or worthless is None else worthless - 2 * ONE_DAY
    return CourseAdvice(
        useful=effective == soonest,
        points=points,
        first_useful_on=effective - ONE_DAY,
        last_useful_on=last,
        advice=say_useful(state, effective - ONE_DAY, last, points, now=effective == soonest, at_zero=at_zero),
    )


def would_credit(state: State, effective: date) -> int:
    """Points that one more course effective on that day would credit."""
    snapshot = state.snapshot(effective, Step.WITHDRAWAL)
    if snapshot is None or snapshot.closing is not None:
        return 0
    earlier = bisect_right(state.course_credits, effective)
    last = state.course_credits[earlier - 1] if earlier else None
    return course.points_credited(effective, snapshot.account, snapshot.points, snapshot.ceiling, last)


def points_before_course(state: State, effective: date) -> int:
    snapshot = state.snapshot(effective, Step.WITHDRAWAL)
    return snapshot.points if snapshot is not None else 0


def turning_days(state: State, after: date) -> list[date]:
    """The days after ``after`` on which the answer can change, in order."""
    turning = {snapshot.on for snapshot in state.snapshots}
    turning |= {day + ONE_DAY for day in turning}
    turning |= {add_months(credited, months) for credited in state.course_credits for months in course.SPACING.values}
    turning |= {*course.SPACING.days, *course.LIMIT.days}
    return sorted(day for day in turning if day > after)


def say_useful(state: State, first: date, last: date | None, points: int, *, now: bool, at_zero: bool) -> str:
    key = "now" if now else "later"
    if at_zero:
        key = "zero" if now else "zero_later"
    elif last is not None:
        key += "_until"
    return with_pending(state, say("course", key, first=first, last=last, points=points))


def say_useless(state: State, as_of: date) -> str:
    now = situation(state, as_of)
    if now.status is Status.NONE:
        return say("course", "none")
    if now.status in (Status.INVALIDATED, Status.ANNULLED):
        return say("course", "closed")
    return with_pending(state, say("course", "useless" if now.account == now.ceiling else "never"))


def with_pending(state: State, advice: str) -> str:
    pending = pending_offences(state)
    return f"{advice} {say_pending('course', pending)}" if pending else advice
