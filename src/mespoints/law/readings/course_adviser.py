"""Would a voluntary course be useful, from when, until when."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from mespoints.law.calendar import add_months
from mespoints.law.readings.pending import pending_offences, say_pending
from mespoints.law.readings.situation import situation
from mespoints.law.rules import course
from mespoints.law.state import State, Status, Step
from mespoints.law.texts.sentences import Figure, Language, say

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


def course_advice(state: State, as_of: date, *, language: Language = "fr") -> CourseAdvice:
    """For a voluntary course that ends after ``as_of``, on the facts given."""
    soonest = course.effective_on(as_of + ONE_DAY)
    days = [soonest, *turning_days(state, soonest)]
    first = next((rank for rank, day in enumerate(days) if would_credit(state, day)), None)
    if first is None:
        advice = say_useless(state, as_of, language)
        return CourseAdvice(useful=False, points=0, first_useful_on=None, last_useful_on=None, advice=advice)
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
        advice=say_useful(state, effective, last, points, language, now=effective == soonest, at_zero=at_zero),
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


def say_useful(
    state: State, effective: date, last: date | None, points: int, language: Language, *, now: bool, at_zero: bool
) -> str:
    figures: dict[str, Figure] = {"first": effective - ONE_DAY, "points": points}
    key = "zero" if at_zero and now else "zero_later" if at_zero else "now" if now else "later"
    if last is not None:
        key += "_until"
        figures["last"] = last
    said = say("course", key, language=language, **figures)
    snapshot = state.snapshot(effective, Step.WITHDRAWAL)
    if snapshot is not None and points < course.POINTS.in_force(effective) and snapshot.points + points == snapshot.ceiling:
        said = f"{said} {say('course', 'ceiling', language=language, ceiling=snapshot.ceiling)}"
    return with_pending(state, said, language)


def say_useless(state: State, as_of: date, language: Language) -> str:
    now = situation(state, as_of)
    if now.status is Status.NONE:
        return say("course", "none", language=language)
    if now.status in (Status.INVALIDATED, Status.ANNULLED):
        return say("course", "closed", language=language)
    key = "useless" if now.account == now.ceiling else "never"
    return with_pending(state, say("course", key, language=language), language)


def with_pending(state: State, advice: str, language: Language) -> str:
    pending = pending_offences(state)
    return f"{advice} {say_pending('course', pending, language)}" if pending else advice
