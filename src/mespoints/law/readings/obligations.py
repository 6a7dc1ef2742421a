"""What the driver owes, or what should be checked."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from mespoints.law.calendar import add_months
from mespoints.law.facts import Course, CourseKind, LicenceSurrendered, MandatoryCourseNotified, Offence
from mespoints.law.record import Record
from mespoints.law.rules import invalidation
from mespoints.law.state import ClosingRule, Rule, State
from mespoints.law.texts.article import under
from mespoints.law.texts.parameters import PARAMETERS
from mespoints.law.texts.sentences import Language, say

DELAY = PARAMETERS["mandatory_course_delay"]
THRESHOLD = PARAMETERS["mandatory_course_threshold"]


class ObligationKind(StrEnum):
    MANDATORY_COURSE = "mandatory_course"
    MANDATORY_COURSE_EXPECTED = "mandatory_course_expected"
    CHECK_RECORD = "check_record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    kind: ObligationKind
    cause: str
    due_on: date | None
    overdue: bool
    text: str


def obligations(state: State, record: Record, as_of: date, *, language: Language = "fr") -> tuple[Obligation, ...]:
    """Those of ``as_of``: duty of a course told by a 48N, duty to be told, facts that do not fit."""
    return (
        *notified_courses(record, as_of, language),
        *expected_courses(state, record, as_of, language),
        *checks(state, record, as_of, language),
    )


def pressing_obligations(state: State, record: Record, as_of: date, *, language: Language = "fr") -> tuple[Obligation, ...]:
    """Those worth telling the driver: a 48N that never came is no longer awaited once its probation, or its licence, is over."""
    snapshot = state.snapshot(as_of)
    awaited = snapshot is not None and snapshot.closing is None and snapshot.account.in_probation(as_of)
    return tuple(
        each
        for each in obligations(state, record, as_of, language=language)
        if awaited or each.kind is not ObligationKind.MANDATORY_COURSE_EXPECTED
    )


@under("L223-6", 4)
@under("R223-4", "I")
def notified_courses(record: Record, as_of: date, language: Language) -> list[Obligation]:
    """From the receipt of the 48N until a mandatory course ends after it."""
    taken = mandatory_courses(record)
    found = []
    for letter in record.facts:
        if not isinstance(letter, MandatoryCourseNotified) or letter.on > as_of or letter.target in record.cancelled:
            continue
        if one_within(taken, letter.on, as_of):
            continue
        due_on = add_months(letter.on, DELAY.in_force(letter.on))
        overdue = as_of > due_on
        key = "mandatory_course_overdue" if overdue else "mandatory_course"
        text = say("obligation", key, language=language, due_on=due_on, on=letter.on)
        found.append(
            Obligation(kind=ObligationKind.MANDATORY_COURSE, cause=letter.target, due_on=due_on, overdue=overdue, text=text)
        )
    return found


def mandatory_courses(record: Record) -> list[date]:
    """Their last days."""
    return [fact.on for fact in record.facts if isinstance(fact, Course) and fact.kind is CourseKind.MANDATORY]


def one_within(days: list[date], after: date, until: date) -> bool:
    """From ``after`` (excluded) to ``until`` (included)."""
    return any(after < day <= until for day in days)


def expected_courses(state: State, record: Record, as_of: date, language: Language) -> list[Obligation]:
    """An offence of three points or more committed in probation, until a 48N tells of the duty or a mandatory course is taken."""
    told = {fact.target for fact in record.facts if isinstance(fact, MandatoryCourseNotified) and fact.on <= as_of}
    accounts, taken = state.accounts, mandatory_courses(record)
    found = []
    for movement in state.movements:
        if movement.rule is not Rule.WITHDRAWAL or movement.on > as_of or movement.cause in told:
            continue
        offence = state.establishment.offences[movement.cause or ""]
        small = -movement.points < THRESHOLD.in_force(offence.committed_on)
        if small or not accounts[movement.licence].in_probation(offence.committed_on):
            continue
        if not one_within(taken, movement.on, as_of):
            kind = ObligationKind.MANDATORY_COURSE_EXPECTED
            text = say_expected(offence, movement.points, as_of, language)
            found.append(Obligation(kind=kind, cause=offence.fact_id, due_on=None, overdue=False, text=text))
    return found


def say_expected(offence: Offence, points: int, as_of: date, language: Language) -> str:
    length = say("length", str(DELAY.in_force(as_of)), language=language)
    committed_on = offence.committed_on
    return say(
        "obligation", "mandatory_course_expected", language=language, committed_on=committed_on, points=points, length=length
    )


def checks(state: State, record: Record, as_of: date, language: Language) -> list[Obligation]:
    """A letter 48SI above zero, or a licence beside another: then both licences are told."""
    former = {licence.fact_id: earlier.on for earlier, licence in pairwise(record.licences)}
    return [
        Obligation(
            kind=ObligationKind.CHECK_RECORD,
            cause=anomaly.cause,
            due_on=None,
            overdue=False,
            text=say("obligation", "check_record_licence", language=language, on=anomaly.on, former=former[anomaly.cause])
            if anomaly.cause in former
            else say("obligation", "check_record_invalidation", language=language, on=anomaly.on),
        )
        for anomaly in state.anomalies
        if anomaly.on <= as_of
    ]


def new_licence_from(state: State, record: Record, as_of: date) -> date | None:
    """First day on which a new licence may be obtained; None while the card is not surrendered, or when a court fixes it."""
    snapshot = state.snapshot(as_of)
    closing = snapshot.closing if snapshot is not None else None
    if closing is None or closing.rule is not ClosingRule.INVALIDATION:
        return None
    surrendered = [f.on for f in record.facts if isinstance(f, LicenceSurrendered) and closing.on <= f.on <= as_of]
    if not surrendered:
        return None
    losses = [each for each in state.closings if each.rule is ClosingRule.INVALIDATION and each.on < closing.on]
    return invalidation.new_licence_from(closing, losses[-1] if losses else None, min(surrendered))
