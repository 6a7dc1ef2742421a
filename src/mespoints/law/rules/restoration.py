"""Points that come back with time (L223-6 al. 1, 2, 3 and 5)."""

from collections.abc import Callable
from datetime import date
from functools import partial

from mespoints.law.calendar import add_months
from mespoints.law.facts import Offence
from mespoints.law.state import Account, Deadline, Rule, State, Step
from mespoints.law.texts.article import articles_of, under
from mespoints.law.texts.parameters import PARAMETERS

SINGLE_POINT_RETURN = PARAMETERS["single_point_return"]
RESTORATION_SHORT = PARAMETERS["restoration_short"]
RESTORATION_LONG = PARAMETERS["restoration_long"]
TEN_YEAR_RETURN = PARAMETERS["ten_year_return"]


def plan_returns(state: State, on: date, account: Account, offence: Offence, points: int) -> None:
    """The deadlines that a withdrawal of ``points`` on ``on`` starts."""
    cause = offence.fact_id
    long = RESTORATION_LONG if account.has_serious_offence else RESTORATION_SHORT
    account.restoration = deadline(on, long.in_force(on), cause)
    plan(state, account, account.restoration, Step.RESTORATION, restore)
    if points == 1 and (months := SINGLE_POINT_RETURN.in_force(on)):
        single = deadline(on, months, cause)
        plan(state, account, single, Step.SINGLE_POINT, return_single_point)
    if offence.offence_class.returns_after_ten_years:
        ten_years = deadline(on, TEN_YEAR_RETURN.in_force(on), cause)
        plan(state, account, ten_years, Step.TEN_YEARS, return_after_ten_years)


def deadline(since: date, months: int, cause: str) -> Deadline:
    return Deadline(since=since, until=add_months(since, months), months=months, cause=cause)


def plan(
    state: State, account: Account, due: Deadline, step: Step, rule: Callable[[State, date, Account, Deadline], None]
) -> None:
    # What falls due together comes in the order of identifiers, as courses of one day do.
    state.plan(due.until, step, partial(rule, state, due.until, account, due), key=due.cause)


@under("L223-6", 1, 2)
def restore(state: State, on: date, account: Account, due: Deadline) -> None:
    """Full capital again once the period has run without a new offence (reconstitution).

    The period is the long one as soon as one offence established since the last restoration is a délit or of class 4 or 5
    (CE 21 November 2016, 392555). A later establishment replaces it. In probation it waits for the end (L223-1 al. 5,
    law.md Q1 and Q21).
    """
    if account is not state.live_account() or account.restoration is not due:
        return
    if on == due.until and state.establishment.broken(due.since, due.until):
        account.restoration = None
    elif account.probation is not None and account.in_probation(on):
        end = account.probation.ends_on
        state.plan(end, Step.RESTORATION, partial(restore, state, end, account, due))
    else:
        account.restoration = None
        account.has_serious_offence = False
        account.losses_open.clear()
        state.move(account, on, Step.RESTORATION, Rule.RESTORATION, room(account), articles_of(restore, on), due.cause, due)


@under("L223-6", 3)
def return_single_point(state: State, on: date, account: Account, due: Deadline) -> None:
    """A point lost alone returns if no offence was *committed* in the period (CE 4 December 2017, 402423)."""
    if is_open(state, account, due) and not state.establishment.broken(due.since, due.until):
        give_back(state, on, Step.SINGLE_POINT, account, due, Rule.SINGLE_POINT_RETURN, articles_of(return_single_point, on))


@under("L223-6", 5)
def return_after_ten_years(state: State, on: date, account: Account, due: Deadline) -> None:
    """Points of a contravention of classes 1 to 4, whatever happened since, unless already given back."""
    if is_open(state, account, due):
        give_back(state, on, Step.TEN_YEARS, account, due, Rule.TEN_YEAR_RETURN, articles_of(return_after_ten_years, on))


def is_open(state: State, account: Account, due: Deadline) -> bool:
    """The licence is alive and the loss not yet given back."""
    return account is state.live_account() and due.cause in account.losses_open


def give_back(state: State, on: date, step: Step, account: Account, due: Deadline, rule: Rule, articles: tuple[str, ...]) -> None:
    points = min(account.losses_open.pop(due.cause), room(account))
    state.move(account, on, step, rule, points, articles, due.cause, due)


def room(account: Account) -> int:
    """Points missing up to the ceiling of the day."""
    return max(0, account.ceiling - account.points)
