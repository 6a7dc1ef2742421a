"""The content of the three papers, from a holder's record, on a day and as known at the entry that was read."""

from datetime import date, datetime, timedelta

from mespoints.documents.content import EntitlementAttestation, FullStatement, PeriodStatement
from mespoints.documents.standing import standing
from mespoints.documents.stated import (
    stated_categories,
    stated_closing,
    stated_identity,
    stated_licence,
    stated_marks,
    stated_movement,
    stated_obligation,
    stated_return,
    stated_revocation,
    stated_situation,
)
from mespoints.law.calendar import add_months
from mespoints.law.readings.explanation import explanation
from mespoints.law.readings.forecast import forecast
from mespoints.law.readings.obligations import pressing_obligations
from mespoints.law.readings.revocations import revocations
from mespoints.law.readings.situation import situation
from mespoints.law.replay import replay
from mespoints.register.consultation import HolderRecord

ATTESTATION_MONTHS = 4
"""Life of the attestation de droits à conduire sécurisée, which replaced the restricted statement on 4 December 2024
(décret 2024-1075, R225-6 III). The decree was not read: the figure is the one that public notices of the service give."""


def full_statement(holder_record: HolderRecord, on: date, at: datetime) -> FullStatement:
    """What the file says on the day ``on`` (included); ``at`` is the moment of issue, with its time zone."""
    record = holder_record.record
    state = replay(record)
    now = situation(state, on)
    held = standing(holder_record, state, on)
    return FullStatement(
        file_number=holder_record.holder.file_number,
        on=on,
        known_at=holder_record.known_at,
        data_as_of=holder_record.data_as_of,
        issued_at=at,
        identity=stated_identity(holder_record.holder),
        licence_state=held.state,
        categories=stated_categories(held),
        licences=tuple(map(stated_licence, holder_record.licences)),
        situation=stated_situation(now),
        marks=stated_marks(state, now),
        movements=tuple(map(stated_movement, explanation(state, record, on))),
        closings=tuple(stated_closing(closing) for closing in state.closings if closing.on <= on),
        forecast=tuple(map(stated_return, forecast(state, record, on))),
        revocations=tuple(map(stated_revocation, revocations(record, on, state))),
        obligations=tuple(map(stated_obligation, pressing_obligations(state, record, on))),
    )


def period_statement(holder_record: HolderRecord, first_on: date, last_on: date, on: date, at: datetime) -> PeriodStatement:
    """What moved from ``first_on`` to ``last_on`` (both included, not after ``on``); ``on`` and ``at`` are those of the issue."""
    record = holder_record.record
    state = replay(record)
    held = standing(holder_record, state, on)
    return PeriodStatement(
        file_number=holder_record.holder.file_number,
        on=on,
        known_at=holder_record.known_at,
        data_as_of=holder_record.data_as_of,
        issued_at=at,
        first_on=first_on,
        last_on=last_on,
        identity=stated_identity(holder_record.holder),
        licence_state=held.state,
        categories=stated_categories(held),
        licences=tuple(map(stated_licence, holder_record.licences)),
        opening=stated_situation(situation(state, first_on - timedelta(days=1))),
        situation=stated_situation(situation(state, last_on)),
        movements=tuple(
            stated_movement(explained) for explained in explanation(state, record, last_on) if explained.movement.on >= first_on
        ),
        closings=tuple(stated_closing(closing) for closing in state.closings if first_on <= closing.on <= last_on),
    )


def entitlement_attestation(holder_record: HolderRecord, on: date, at: datetime) -> EntitlementAttestation:
    """May this person drive on the day ``on``; ``at`` is the moment of issue, with its time zone."""
    held = standing(holder_record, replay(holder_record.record), on)
    return EntitlementAttestation(
        file_number=holder_record.holder.file_number,
        on=on,
        known_at=holder_record.known_at,
        data_as_of=holder_record.data_as_of,
        issued_at=at,
        expires_on=add_months(on, ATTESTATION_MONTHS) - timedelta(days=1),
        identity=stated_identity(holder_record.holder),
        licence_state=held.state,
        categories=stated_categories(held),
    )
