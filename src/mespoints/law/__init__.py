"""The points of the French driving licence: facts in, a replay, readings out. The standard library, no clock, nothing stored.

A short tutorial stands in ``docs/library.md``.
"""

from mespoints.law.case_fields import CaseError
from mespoints.law.case_format import evaluate
from mespoints.law.facts import (
    Course,
    CourseKind,
    DecisionCancelled,
    EstablishedBy,
    Fact,
    InvalidationNotified,
    JudicialAnnulment,
    LicenceObtained,
    LicenceSurrendered,
    MandatoryCourseNotified,
    Offence,
    OffenceClass,
    PostLicenceTraining,
    ProbationPath,
    Suspension,
)
from mespoints.law.readings.course_adviser import CourseAdvice, course_advice
from mespoints.law.readings.difference import Difference, MovementChanges, Viewpoint, difference
from mespoints.law.readings.explanation import ExplainedMovement, explanation
from mespoints.law.readings.forecast import ExpectedMovement, forecast
from mespoints.law.readings.marks import marks
from mespoints.law.readings.obligations import Obligation, new_licence_from, obligations
from mespoints.law.readings.record_check import Finding, FindingCode, StatedMovement, record_check
from mespoints.law.readings.revocations import Revocation, revocations
from mespoints.law.readings.situation import Situation, situation
from mespoints.law.readings.what_if import Supposition, ThreeBalances, three_balances, what_if
from mespoints.law.record import Record
from mespoints.law.replay import replay
from mespoints.law.state import Movement, Rule, State, Status

__all__ = [
    "CaseError",
    "Course",
    "CourseAdvice",
    "CourseKind",
    "DecisionCancelled",
    "Difference",
    "EstablishedBy",
    "ExpectedMovement",
    "ExplainedMovement",
    "Fact",
    "Finding",
    "FindingCode",
    "InvalidationNotified",
    "JudicialAnnulment",
    "LicenceObtained",
    "LicenceSurrendered",
    "MandatoryCourseNotified",
    "Movement",
    "MovementChanges",
    "Obligation",
    "Offence",
    "OffenceClass",
    "PostLicenceTraining",
    "ProbationPath",
    "Record",
    "Revocation",
    "Rule",
    "Situation",
    "State",
    "StatedMovement",
    "Status",
    "Supposition",
    "Suspension",
    "ThreeBalances",
    "Viewpoint",
    "course_advice",
    "difference",
    "evaluate",
    "explanation",
    "forecast",
    "marks",
    "new_licence_from",
    "obligations",
    "record_check",
    "replay",
    "revocations",
    "situation",
    "three_balances",
    "what_if",
]
