"""From a holder's record to what a paper states of it, piece by piece, by the readings of the law; no figure is computed here."""

from datetime import date, timedelta

from mespoints.documents.content import (
    StatedCategory,
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
from mespoints.documents.standing import Standing
from mespoints.documents.wording import typeset
from mespoints.law.facts import EstablishedBy, Offence
from mespoints.law.readings.explanation import ExplainedMovement
from mespoints.law.readings.forecast import ExpectedMovement
from mespoints.law.readings.marks import marks
from mespoints.law.readings.obligations import Obligation
from mespoints.law.readings.revocations import Revocation
from mespoints.law.readings.situation import Situation
from mespoints.law.state import Closing, Movement, Rule, State, Status
from mespoints.law.texts.sentences import NO_BREAK, count_of_points, in_words, say
from mespoints.register.consultation import HolderIdentity, LicenceTitle

ESTABLISHED_BY = {
    EstablishedBy.FINE_PAID: "amende payée",
    EstablishedBy.INCREASED_FINE: "amende majorée",
    EstablishedBy.PENAL_COMPOSITION: "composition pénale",
    EstablishedBy.FINAL_CONVICTION: "condamnation définitive",
}


def stated_identity(holder: HolderIdentity) -> StatedIdentity:
    return StatedIdentity(
        birth_name=holder.birth_name,
        usage_name=holder.usage_name,
        given_names=holder.given_names,
        sex=holder.sex,
        birth_date=holder.birth_date,
        birth_commune=holder.birth_commune,
        birth_country=holder.birth_country,
    )


def stated_situation(standing: Situation) -> StatedSituation:
    return StatedSituation(
        balance=standing.balance, ceiling=standing.ceiling, status=standing.status, probation_ends_on=standing.probation_ends_on
    )


def stated_marks(state: State, standing: Situation) -> tuple[StatedMark, ...]:
    if standing.status is Status.NONE:
        return ()
    return tuple(StatedMark(kind=mark.kind, on=mark.on) for mark in marks(state, standing))


def stated_movement(explained: ExplainedMovement) -> StatedMovement:
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


def stated_return(expected: ExpectedMovement) -> StatedReturn:
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


def stated_revocation(undone: Revocation) -> StatedRevocation:
    return StatedRevocation(
        would_have_been_on=undone.would_have_been_on, points=undone.points, rule=undone.rule, undone_on=undone.undone_on
    )


def stated_obligation(duty: Obligation) -> StatedObligation:
    return StatedObligation(kind=duty.kind, due_on=duty.due_on, overdue=duty.overdue, text=typeset(duty.text))


def stated_closing(closing: Closing) -> StatedClosing:
    return StatedClosing(on=closing.on, rule=closing.rule)


def stated_licence(title: LicenceTitle) -> StatedLicence:
    return StatedLicence(title_number=title.title_number, categories=title.categories, obtained_on=title.obtained_on)


def stated_categories(held: Standing) -> tuple[StatedCategory, ...]:
    """Each once, since the first title that gave it, in the order of the titles."""
    since: dict[str, date] = {}
    for title in held.titles:
        for category in title.categories:
            since.setdefault(category, title.obtained_on)
    return tuple(StatedCategory(category=category, obtained_on=on) for category, on in since.items())
