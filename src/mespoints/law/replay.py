"""The fold: facts and deadlines, in legal order, into a state. Nothing else in the package changes an account."""

from datetime import date
from functools import partial
from typing import assert_never

from mespoints.law.facts import (
    Course,
    DecisionCancelled,
    InvalidationNotified,
    JudicialAnnulment,
    LicenceObtained,
    LicenceSurrendered,
    MandatoryCourseNotified,
    Offence,
    PostLicenceTraining,
    Suspension,
)
from mespoints.law.record import Record
from mespoints.law.rules import course, invalidation, probation, withdrawal
from mespoints.law.rules.establishment import establishment
from mespoints.law.state import State, Step


def replay(record: Record) -> State:
    """Everything that the facts of ``record`` make happen, past and to come, if no other fact is added.

    There is no clock: readings choose the day. Order of a day: ``Step``.
    """
    state = State(establishment(record))
    plan_facts(state, record)
    while (effect := state.next_effect()) is not None:
        effect()
    return state


def plan_facts(state: State, record: Record) -> None:
    """Each fact on the agenda of its own day; the deadlines it starts are planned when it takes effect."""
    licences = record.licences
    rank = 0
    for fact in record.facts:
        match fact:
            case Offence():
                if fact.fact_id in state.establishment.taken:
                    plan_withdrawal(state, fact, fact.established_on, licences)
            case LicenceObtained():
                step = Step.NEW_LICENCE if rank else Step.FIRST_LICENCE
                state.plan(
                    opening_day(fact),
                    step,
                    partial(probation.open_account, state, record, fact, rank, step),
                )
                rank += 1
            case Course():
                on = course.effective_on(fact.on)
                state.plan(on, Step.COURSE, partial(course.credit, state, on, fact), key=fact.fact_id)
            case InvalidationNotified():
                state.plan(fact.on, Step.NOTIFICATION, partial(invalidation.notify_invalidation, state, fact), key=fact.fact_id)
            case JudicialAnnulment():
                state.plan(fact.on, Step.ANNULMENT, partial(invalidation.annul, state, fact), key=fact.fact_id)
            case PostLicenceTraining() | Suspension() | MandatoryCourseNotified() | LicenceSurrendered() | DecisionCancelled():
                pass  # Read where they matter: probation, obligations, the ban, establishment. None moves a point by itself.
            case _:
                assert_never(fact)


def opening_day(licence: LicenceObtained) -> date:
    """An account opens with its licence, or on the first day that is modelled."""
    return max(licence.on, probation.ACCOUNT_OPENING)


def plan_withdrawal(state: State, offence: Offence, on: date | None, licences: tuple[LicenceObtained, ...]) -> None:
    """The offence falls on the licence in force when it was committed; before any account it falls on none."""
    rank = sum(licence.on <= offence.committed_on for licence in licences) - 1
    if on is None or rank < 0 or offence.committed_on < probation.ACCOUNT_OPENING:
        return
    same_day = rank > 0 and opening_day(licences[rank]) == on
    step = Step.WITHDRAWAL_FROM_NEW_LICENCE if same_day else Step.WITHDRAWAL
    state.plan(on, step, partial(withdrawal.withdraw, state, on, step, rank, offence), key=offence.fact_id)
