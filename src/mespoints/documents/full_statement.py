"""From a holder's record to the content of his full statement, by the readings of the law; no figure is computed here."""

from datetime import date, datetime, timedelta

from mespoints.documents.content import (
    FullStatement,
    StatedClosing,
    StatedIdentity,
    StatedLicence,
    StatedMark,
    StatedMovement,
    StatedObligation,
    StatedReturn,
    StatedRevocation,
    StatedSituation,
)
from mespoints.documents.wording import typeset
from mespoints.law.facts import EstablishedBy, Offence
from mespoints.law.readings.explanation import ExplainedMovement, explanation
from mespoints.law.readings.forecast import ExpectedMovement, forecast
from mespoints.law.readings.marks import marks
from mespoints.law.readings.obligations import pressing_obligations
from mespoints.law.readings.revocations import revocations
from mespoints.law.readings.situation import Situation, situation
from mespoints.law.record import Record
from mespoints.law.replay import replay
from mespoints.law.state import Movement, Rule, State, Status
from mespoints.law.texts.sentences import NO_BREAK, count_of_points, in_words, say
from mespoints.register.consultation import HolderIdentity, HolderRecord

ESTABLISHED_BY = {
    EstablishedBy.FINE_PAID: "amende payée",
    EstablishedBy.INCREASED_FINE: "amende majorée",
    EstablishedBy.PENAL_COMPOSITION: "composition pénale",
    EstablishedBy.FINAL_CONVICTION: "condamnation définitive",
}


def full_statement(holder_record: HolderRecord, on: date, at: datetime) -> FullStatement:
    """What the file says on the day ``on`` (included); ``at`` is the moment of issue, with its time zone."""
    record = holder_record.record
    state = replay(record)
    standing = situation(state, on)
    return FullStatement(
        file_number=holder_record.holder.file_number,
        on=on,
        known_at=holder_record.known_at,
        data_as_of=holder_record.data_as_of,
        issued_at=at,
        identity=_identity(holder_record.holder),
        licences=tuple(
            StatedLicence(title_number=title.title_number, categories=title.categories, obtained_on=title.obtained_on)
            for title in holder_record.licences
        ),
        situation=_situation(standing),
        marks=_marks(state, standing),
        movements=tuple(_movement(explained) for explained in explanation(state, record, on)),
        closings=tuple(StatedClosing(on=closing.on, rule=closing.rule) for closing in state.closings if closing.on <= on),
        forecast=tuple(_return(expected) for expected in forecast(state, record, on)),
        revocations=_revocations(record, state, on),
        obligations=tuple(
            StatedObligation(kind=duty.kind, due_on=duty.due_on, overdue=duty.overdue, text=typeset(duty.text))
            for duty in pressing_obligations(state, record, on)
        ),
    )


def _identity(holder: HolderIdentity) -> StatedIdentity:
    return StatedIdentity(
        birth_name=holder.birth_name,
        usage_name=holder.usage_name,
        given_names=holder.given_names,
        birth_date=holder.birth_date,
        birth_commune=holder.birth_commune,
        birth_country=holder.birth_country,
    )


def _situation(standing: Situation) -> StatedSituation:
    return StatedSituation(
        balance=standing.balance, ceiling=standing.ceiling, status=standing.status, probation_ends_on=standing.probation_ends_on
    )


def _marks(state: State, standing: Situation) -> tuple[StatedMark, ...]:
    if standing.status is Status.NONE:
        return ()
    return tuple(StatedMark(kind=mark.kind, on=mark.on) for mark in marks(state, standing))


def _movement(explained: ExplainedMovement) -> StatedMovement:
    movement = explained.movement
    withdrawn_for = explained.offence if movement.rule is Rule.WITHDRAWAL else None
    return StatedMovement(
        on=movement.on,
        rule=movement.rule,
        label=typeset(explained.title),
        why=_few_words(movement, withdrawn_for),
        points=movement.points_seen,
        balance=max(movement.account, 0),
        ceiling=movement.ceiling,
        articles=tuple(note.reference for note in explained.articles),
        committed_on=withdrawn_for.committed_on if withdrawn_for else None,
        established_on=withdrawn_for.established_on if withdrawn_for else None,
    )


def _few_words(movement: Movement, withdrawn_for: Offence | None) -> str:
    """Why, on one line of paper; the portal says it at length."""
    match movement.rule:
        case Rule.INITIAL:
            return f"Le permis commence avec {count_of_points(movement.points)}."
        case Rule.WITHDRAWAL:
            return _establishment(movement, withdrawn_for)
        case Rule.SINGLE_POINT_RETURN | Rule.RESTORATION if movement.since is not None:
            return f"{_length(movement)} sans infraction coûtant des points, depuis le {in_words(movement.since)}."
        case Rule.TEN_YEAR_RETURN if movement.since is not None:
            return f"{_length(movement)} écoulés depuis le {in_words(movement.since)}."
        case Rule.COURSE:
            return f"Stage terminé le {in_words(movement.on - timedelta(days=1))}."
        case _:
            return ""


def _establishment(movement: Movement, offence: Offence | None) -> str:
    if offence is None or offence.established_by is None:
        return ""
    how = ESTABLISHED_BY[offence.established_by]
    if offence.points == -movement.points:
        return f"{how.capitalize()}."
    return f"{how.capitalize()}. Barème{NO_BREAK}: {count_of_points(offence.points)}, plafonné (infractions simultanées)."


def _length(movement: Movement) -> str:
    return say("length", str(movement.months)).capitalize()


def _return(expected: ExpectedMovement) -> StatedReturn:
    movement = expected.movement
    return StatedReturn(
        on=movement.on,
        rule=movement.rule,
        label=typeset(expected.title),
        points=movement.points_seen,
        balance=max(movement.account, 0),
        ceiling=movement.ceiling,
        condition=typeset(expected.condition),
        articles=tuple(note.reference for note in expected.articles),
    )


def _revocations(record: Record, state: State, on: date) -> tuple[StatedRevocation, ...]:
    return tuple(
        StatedRevocation(
            would_have_been_on=undone.would_have_been_on, points=undone.points, rule=undone.rule, undone_on=undone.undone_on
        )
        for undone in revocations(record, on, state)
    )
