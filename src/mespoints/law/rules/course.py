"""The awareness course (L223-6 al. 4, R223-8)."""

from datetime import date, timedelta

from mespoints.law.calendar import add_months
from mespoints.law.facts import Course, CourseKind
from mespoints.law.state import Account, Rule, State, Step
from mespoints.law.texts.article import articles_of, under
from mespoints.law.texts.parameters import PARAMETERS

POINTS = PARAMETERS["course_points"]
LIMIT = PARAMETERS["course_limit"]
SPACING = PARAMETERS["course_spacing"]


@under("R223-8", "III")
def effective_on(last_day: date) -> date:
    """The day after the last day of the course."""
    return last_day + timedelta(days=1)


@under("L223-6", 4)
@under("R223-8", "II", "III")
def credit(state: State, on: date, course: Course) -> None:
    """Four points within the ceiling, unless a judge or a prosecutor imposed the course or another credited too recently."""
    account = state.live_account()
    if account is None or course.kind is CourseKind.IMPOSED:
        return
    last = state.course_credits[-1] if state.course_credits else None
    points = points_credited(on, account, account.points, account.ceiling, last)
    if points:
        state.course_credits.append(on)
        state.move(account, on, Step.COURSE, Rule.COURSE, points, articles_of(credit, on), cause=course.fact_id)


def points_credited(on: date, account: Account, points: int, ceiling: int, last_credit_on: date | None) -> int:
    """What a course effective on ``on`` credits to an account that holds ``points`` under ``ceiling``.

    It is for who lost points: before the withdrawal it gives nothing. Spacing counts credited courses only (law.md Q7).
    """
    if account.first_loss_on is None or on < account.first_loss_on:
        return 0
    if last_credit_on is not None and on < add_months(last_credit_on, SPACING.in_force(on)):
        return 0
    return max(0, min(POINTS.in_force(on), min(ceiling, LIMIT.in_force(on)) - points))
