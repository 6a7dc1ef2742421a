"""The fold: facts and deadlines, in legal order, into a state. Nothing else in the package changes an account."""

from datetime import date

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
from mespoints.law.rules import course, invalidation, probation, restoration
from mespoints.law.rules.establishment import establishment
from mespoints.law.rules.withdrawal import withdraw
from mespoints.law.state import Account, Deadline, State, Step


def replay(record: Record) -> State:
    """Everything that the facts of ``record`` make happen, past and to come, if no other fact is added.

    There is no clock: readings choose the day. Order of a day: ``Step``.
    """
    state = State(establishment(record))
    licences = record.licences
    plan_facts(state, record, licences)
    while (planned := state.next_planned()) is not None:
        on, step, item = planned
        apply(state, record, licences, on, Step(step), item)
    return state


def plan_facts(state: State, record: Record, licences: tuple[LicenceObtained, ...]) -> None:
    for fact in record.facts:
        match fact:
            case LicenceObtained():
                step = Step.FIRST_LICENCE if fact is licences[0] else Step.NEW_LICENCE
                state.plan(max(fact.on, probation.ACCOUNT_OPENING), step, fact)
            case Offence():
                if fact.established_on is not None and fact.fact_id in state.establishment.taken:
                    plan_withdrawal(state, fact, fact.established_on, licences)
            case Course():
                state.plan(course.effective_on(fact.on), Step.COURSE, fact, key=fact.fact_id)
            case InvalidationNotified():
                state.plan(fact.on, Step.NOTIFICATION, fact, key=fact.fact_id)
            case JudicialAnnulment():
                state.plan(fact.on, Step.ANNULMENT, fact, key=fact.fact_id)
            case PostLicenceTraining() | Suspension() | MandatoryCourseNotified() | LicenceSurrendered() | DecisionCancelled():
                pass  # Read where they matter: probation, obligations, the ban, establishment. None moves a point by itself.


def plan_withdrawal(state: State, offence: Offence, established_on: date, licences: tuple[LicenceObtained, ...]) -> None:
    """The offence falls on the licence in force when it was committed; before any account it falls on none."""
    rank = sum(licence.on <= offence.committed_on for licence in licences) - 1
    if rank < 0 or offence.committed_on < probation.ACCOUNT_OPENING:
        return
    same_day = rank > 0 and licences[rank].on == established_on
    step = Step.WITHDRAWAL_FROM_NEW_LICENCE if same_day else Step.WITHDRAWAL
    state.plan(established_on, step, (rank, offence), key=offence.fact_id)


def apply(state: State, record: Record, licences: tuple[LicenceObtained, ...], on: date, step: Step, item: object) -> None:
    match step, item:
        case (Step.FIRST_LICENCE | Step.NEW_LICENCE, LicenceObtained() as licence):
            rank = next(rank for rank, each in enumerate(licences) if each is licence)
            probation.open_account(state, record, licence, rank, step)
        case (Step.PROBATION, Account() as account):
            probation.apply_probation_step(state, on, account)
        case (Step.RESTORATION | Step.TEN_YEARS | Step.SINGLE_POINT, (Account() as account, Deadline() as due)):
            if account is state.live_account():
                apply_return(state, on, step, account, due)
        case (Step.WITHDRAWAL | Step.WITHDRAWAL_FROM_NEW_LICENCE, (int() as rank, Offence() as offence)):
            live = state.live_account()
            if live is not None and live.rank == rank:
                withdraw(state, on, step, live, offence)
        case (Step.COURSE, Course() as taken):
            course.credit(state, on, taken)
        case (Step.NOTIFICATION, InvalidationNotified() as letter):
            invalidation.notify_invalidation(state, on, letter)
        case (Step.ANNULMENT, JudicialAnnulment() as decision):
            invalidation.annul(state, on, decision)
        case _:
            raise AssertionError(f"nothing applies {item!r} at {step!r}")


def apply_return(state: State, on: date, step: Step, account: Account, due: Deadline) -> None:
    if step is Step.RESTORATION:
        restoration.restore(state, on, account, due)
    elif step is Step.TEN_YEARS:
        restoration.return_after_ten_years(state, on, account, due)
    else:
        restoration.return_single_point(state, on, account, due)
