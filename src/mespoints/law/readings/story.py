"""A record seen as a whole, on the day of the question: what each movement needs to know of the others to be told rightly."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from mespoints.law.facts import Offence
from mespoints.law.readings.obligations import THRESHOLD, Obligation, pressing_obligations
from mespoints.law.record import Record
from mespoints.law.state import Account, Closing, Movement, Rule, Snapshot, State
from mespoints.law.texts.sentences import Language

Telling = tuple[str, str, str]
"""Why, what it means, what to do."""


class Story(NamedTuple):
    state: State
    record: Record
    until: date
    """The day of the question (included)."""
    language: Language
    offences: dict[str, Offence]
    accounts: tuple[Account, ...]
    """By rank of licence."""
    closings: dict[int, Closing]
    """Those up to ``until``, by rank of licence."""
    now: Snapshot | None
    duties: dict[str, Obligation]
    """For each loss that asks for one, the course still owed."""
    returns: dict[str, Movement]
    """For each loss, the movement that makes it good, past or to come; none when nothing does."""


def story(state: State, record: Record, until: date, language: Language) -> Story:
    accounts = state.accounts
    return Story(
        state=state,
        record=record,
        until=until,
        language=language,
        offences=state.establishment.offences,
        accounts=accounts,
        closings=closings_by(state, until) if state.closings else {},
        now=state.snapshot(until),
        duties=duties(state, record, until) if lost_much_in_probation(state, accounts) else {},
        returns=returns(state.movements),
    )


def committed_in_probation(movement: Movement, told: Story) -> bool:
    """Whether the offence of a loss, or of its return, was committed during the probation of that licence."""
    return told.accounts[movement.licence].in_probation(told.offences[movement.cause or ""].committed_on)


def closings_by(state: State, until: date) -> dict[int, Closing]:
    closed = ((each.account.rank, each.closing) for each in state.snapshots if each.closing is not None)
    return {rank: closing for rank, closing in closed if closing.on <= until}


def lost_much_in_probation(state: State, accounts: tuple[Account, ...]) -> bool:
    """Whether a course may be owed at all."""
    return any(
        account.in_probation(offence.committed_on) and offence.points >= THRESHOLD.in_force(offence.committed_on)
        for account in accounts
        if account.probation is not None
        for offence in state.establishment.offences.values()
    )


def duties(state: State, record: Record, until: date) -> dict[str, Obligation]:
    return {each.cause: each for each in pressing_obligations(state, record, until)}


def returns(movements: Sequence[Movement]) -> dict[str, Movement]:
    """For each loss, by cause: its own return or, if sooner, the first movement after which the account is full again."""
    found: dict[str, Movement] = {}
    own: dict[str, Movement] = {}
    full: Movement | None = None
    for movement in reversed(movements):
        if full is not None and full.licence != movement.licence:
            full = None
        cause = movement.cause or ""
        if movement.points < 0:
            returned = own.get(cause)
            if returned is None or (full is not None and full.on < returned.on):
                returned = full
            if returned is not None:
                found[cause] = returned
            continue
        if movement.account >= movement.ceiling:
            full = movement
        if movement.rule in OWN_RETURNS:
            own[cause] = movement
    return found


OWN_RETURNS = frozenset({Rule.SINGLE_POINT_RETURN, Rule.TEN_YEAR_RETURN})
