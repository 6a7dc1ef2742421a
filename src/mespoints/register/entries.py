"""Fact <-> Entry: the only place where a legal fact becomes words in a table, and comes back.

A body is a JSON object with every key present, whatever its value: a stored fact never depends on a default of the code.
``fact_id`` and ``recorded_on`` are columns of the entry, not keys of the body. The body of a correction has one key more, why
it was made (``reason``), which is so fingerprinted, kept and erased with it.
"""

from datetime import date
from enum import StrEnum
from typing import assert_never

import msgspec

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


class EntryKind(StrEnum):
    """The words of ``law.facts.FACT_TYPES``; a test holds both lists together."""

    LICENCE_OBTAINED = "licence_obtained"
    POST_LICENCE_TRAINING = "post_licence_training"
    OFFENCE = "offence"
    COURSE = "course"
    MANDATORY_COURSE_NOTIFIED = "mandatory_course_notified"
    SUSPENSION = "suspension"
    INVALIDATION_NOTIFIED = "invalidation_notified"
    LICENCE_SURRENDERED = "licence_surrendered"
    JUDICIAL_ANNULMENT = "judicial_annulment"
    DECISION_CANCELLED = "decision_cancelled"


class Mark(StrEnum):
    """Entries that are no fact: they say that a fact is one no more."""

    RETRACTION = "retraction"
    """Entered by error: with this version the fact ceases to be, for those who know this entry."""
    ERASED = "erased"
    """What is left of an entry that the law ordered to erase (``retention``)."""


class _Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What every body obeys: nothing unknown is read silently. No other key has a default, so no other is left out."""

    reason: str | None = None
    """Of a correction, in the words of the source; the key is absent of every other body."""


class _RetractionBody(_Body, frozen=True, kw_only=True):
    reason: str


class _DayBody(_Body, frozen=True, kw_only=True):
    on: date


class _LicenceBody(_Body, frozen=True, kw_only=True):
    on: date
    path: ProbationPath


class _OffenceBody(_Body, frozen=True, kw_only=True):
    committed_on: date
    established_on: date | None
    established_by: EstablishedBy | None
    offence_class: OffenceClass
    points: int
    offence_code: str | None
    label: str | None
    simultaneous_with: str | None
    vehicle_needs_licence: bool


class _CourseBody(_Body, frozen=True, kw_only=True):
    on: date
    kind: CourseKind


class _TargetBody(_Body, frozen=True, kw_only=True):
    on: date
    target: str


class _SuspensionBody(_Body, frozen=True, kw_only=True):
    on: date
    until: date


REASON_KEY = "reason"
"""What two bodies are compared without: the same fact said for another reason is the same fact."""

ESTABLISHMENT_KEYS = ("established_on", "established_by")
"""The only keys in which a later version of an offence may differ from the first without being called a correction."""


class _Reasoned(msgspec.Struct, frozen=True, kw_only=True):
    reason: str | None = None


_encode = msgspec.json.Encoder().encode
_decode_reason = msgspec.json.Decoder(_Reasoned).decode
_decode_day = msgspec.json.Decoder(_DayBody).decode
_decode_licence = msgspec.json.Decoder(_LicenceBody).decode
_decode_offence = msgspec.json.Decoder(_OffenceBody).decode
_decode_course = msgspec.json.Decoder(_CourseBody).decode
_decode_target = msgspec.json.Decoder(_TargetBody).decode
_decode_suspension = msgspec.json.Decoder(_SuspensionBody).decode


def kind_of(fact: Fact) -> EntryKind:  # noqa: C901 - one case for each fact
    match fact:
        case Offence():
            return EntryKind.OFFENCE
        case LicenceObtained():
            return EntryKind.LICENCE_OBTAINED
        case Course():
            return EntryKind.COURSE
        case PostLicenceTraining():
            return EntryKind.POST_LICENCE_TRAINING
        case MandatoryCourseNotified():
            return EntryKind.MANDATORY_COURSE_NOTIFIED
        case Suspension():
            return EntryKind.SUSPENSION
        case InvalidationNotified():
            return EntryKind.INVALIDATION_NOTIFIED
        case LicenceSurrendered():
            return EntryKind.LICENCE_SURRENDERED
        case JudicialAnnulment():
            return EntryKind.JUDICIAL_ANNULMENT
        case DecisionCancelled():
            return EntryKind.DECISION_CANCELLED
        case _:
            assert_never(fact)


def body_of(fact: Fact, reason: str | None = None) -> bytes:
    """The JSON body, in UTF-8. ``reason`` is that of a correction."""
    match fact:
        case Offence():
            return _encode(_offence_body(fact, reason))
        case LicenceObtained():
            return _encode(_LicenceBody(on=fact.on, path=fact.path, reason=reason))
        case Course():
            return _encode(_CourseBody(on=fact.on, kind=fact.kind, reason=reason))
        case Suspension():
            return _encode(_SuspensionBody(on=fact.on, until=fact.until, reason=reason))
        case MandatoryCourseNotified() | DecisionCancelled():
            return _encode(_TargetBody(on=fact.on, target=fact.target, reason=reason))
        case PostLicenceTraining() | InvalidationNotified() | LicenceSurrendered() | JudicialAnnulment():
            return _encode(_DayBody(on=fact.on, reason=reason))
        case _:
            assert_never(fact)


def retraction_body(reason: str) -> bytes:
    return _encode(_RetractionBody(reason=reason))


def reason_of(body: bytes | msgspec.Raw) -> str | None:
    """Why a correction or a retraction was made; None for any other entry, and for those made before reasons were kept."""
    return _decode_reason(body).reason


def target_of(fact: Fact) -> str | None:
    """The ``fact_id`` of the offence this fact speaks of, when it speaks of one."""
    match fact:
        case Offence():
            return fact.simultaneous_with
        case MandatoryCourseNotified() | DecisionCancelled():
            return fact.target
        case _:
            return None


def fact_of(  # noqa: C901 - one case for each kind
    kind: EntryKind, fact_id: str, recorded_on: date, body: bytes | msgspec.Raw
) -> Fact:
    """The fact as it was entered. A body that does not read is a bug or a damaged table: ``msgspec.ValidationError``."""
    match kind:
        case EntryKind.OFFENCE:
            return _offence(fact_id, recorded_on, _decode_offence(body))
        case EntryKind.LICENCE_OBTAINED:
            licence = _decode_licence(body)
            return LicenceObtained(fact_id=fact_id, on=licence.on, path=licence.path, recorded_on=recorded_on)
        case EntryKind.COURSE:
            course = _decode_course(body)
            return Course(fact_id=fact_id, on=course.on, kind=course.kind, recorded_on=recorded_on)
        case EntryKind.SUSPENSION:
            suspension = _decode_suspension(body)
            return Suspension(fact_id=fact_id, on=suspension.on, until=suspension.until, recorded_on=recorded_on)
        case EntryKind.MANDATORY_COURSE_NOTIFIED:
            letter = _decode_target(body)
            return MandatoryCourseNotified(fact_id=fact_id, on=letter.on, target=letter.target, recorded_on=recorded_on)
        case EntryKind.DECISION_CANCELLED:
            ruling = _decode_target(body)
            return DecisionCancelled(fact_id=fact_id, on=ruling.on, target=ruling.target, recorded_on=recorded_on)
        case EntryKind.POST_LICENCE_TRAINING:
            return PostLicenceTraining(fact_id=fact_id, on=_decode_day(body).on, recorded_on=recorded_on)
        case EntryKind.INVALIDATION_NOTIFIED:
            return InvalidationNotified(fact_id=fact_id, on=_decode_day(body).on, recorded_on=recorded_on)
        case EntryKind.LICENCE_SURRENDERED:
            return LicenceSurrendered(fact_id=fact_id, on=_decode_day(body).on, recorded_on=recorded_on)
        case EntryKind.JUDICIAL_ANNULMENT:
            return JudicialAnnulment(fact_id=fact_id, on=_decode_day(body).on, recorded_on=recorded_on)
        case _:
            assert_never(kind)


def _offence_body(fact: Offence, reason: str | None) -> _OffenceBody:
    return _OffenceBody(
        reason=reason,
        committed_on=fact.committed_on,
        established_on=fact.established_on,
        established_by=fact.established_by,
        offence_class=fact.offence_class,
        points=fact.points,
        offence_code=fact.offence_code,
        label=fact.label,
        simultaneous_with=fact.simultaneous_with,
        vehicle_needs_licence=fact.vehicle_needs_licence,
    )


def _offence(fact_id: str, recorded_on: date, body: _OffenceBody) -> Offence:
    return Offence(
        fact_id=fact_id,
        committed_on=body.committed_on,
        established_on=body.established_on,
        established_by=body.established_by,
        offence_class=body.offence_class,
        points=body.points,
        offence_code=body.offence_code,
        label=body.label,
        simultaneous_with=body.simultaneous_with,
        vehicle_needs_licence=body.vehicle_needs_licence,
        recorded_on=recorded_on,
    )
