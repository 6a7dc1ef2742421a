"""Why each movement happened, what it means, what to do: the list of the movements, with words."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from mespoints.law.facts import Offence
from mespoints.law.record import Record
from mespoints.law.state import Movement, Rule, State
from mespoints.law.texts.article import CORPUS
from mespoints.law.texts.parameters import PARAMETERS
from mespoints.law.texts.sentences import count_of_points, say

SINGLE_POINT_RETURN = PARAMETERS["single_point_return"]
MAXIMUM = PARAMETERS["maximum"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleNote:
    reference: str
    """For people: « L223-6 al. 3 »."""
    title: str
    in_plain_words: str


class ExplainedMovement(NamedTuple):
    movement: Movement
    offence: Offence | None
    title: str
    """What it is, in a few words: « Feu rouge non respecté », « Point rendu »."""
    why: str
    meaning: str
    action: str
    articles: tuple[ArticleNote, ...]


def explanation(state: State, record: Record, until: date) -> tuple[ExplainedMovement, ...]:
    """The movements up to ``until`` (included), oldest first, explained in French."""
    offences = {offence.fact_id: offence for offence in record.offences}
    return tuple(explained(movement, offences) for movement in state.movements if movement.on <= until)


def explained(movement: Movement, offences: dict[str, Offence]) -> ExplainedMovement:
    offence = offences.get(movement.cause or "")
    return ExplainedMovement(
        movement=movement,
        offence=offence,
        title=title(movement, offence),
        why=why(movement, offence),
        meaning=meaning(movement),
        action=action(movement),
        articles=notes(movement.articles),
    )


def title(movement: Movement, offence: Offence | None) -> str:
    if movement.rule is Rule.WITHDRAWAL and offence is not None and offence.label:
        return offence.label
    return say("title", movement.rule)


def why(movement: Movement, offence: Offence | None) -> str:
    match movement.rule:
        case Rule.INITIAL:
            return say("why", "initial" if movement.points == MAXIMUM.in_force(movement.on) else "initial_probation")
        case Rule.WITHDRAWAL if offence is not None:
            key = "withdrawal" if offence.points == -movement.points else "withdrawal_capped"
            return say(
                "why",
                key,
                committed_on=offence.committed_on,
                on=movement.on,
                mode=say("mode", str(offence.established_by)),
                scale=count_of_points(offence.points),
                points=movement.points,
            )
        case Rule.COURSE:
            return say("why", "course", last_day=movement.on - timedelta(days=1), ceiling=movement.ceiling)
        case Rule.SINGLE_POINT_RETURN | Rule.RESTORATION | Rule.TEN_YEAR_RETURN:
            length = say("length", str(movement.months))
            return say("why", movement.rule, since=movement.since, on=movement.on, length=length)
        case _:
            return say("why", movement.rule)


def meaning(movement: Movement) -> str:
    if movement.rule is Rule.WITHDRAWAL:
        key = "withdrawal" if movement.account > 0 else "withdrawal_zero"
        return say("meaning", key, account=count_of_points(movement.account))
    return say("meaning", movement.rule, points=movement.points)


def action(movement: Movement) -> str:
    if movement.rule is not Rule.WITHDRAWAL:
        return say("action", movement.rule)
    if movement.account <= 0:
        return say("action", "withdrawal_zero")
    months = SINGLE_POINT_RETURN.in_force(movement.on)
    if movement.points == -1 and months:
        return say("action", "withdrawal_single", length=say("length", str(months)))
    return say("action", "withdrawal")


@cache
def notes(references: tuple[str, ...]) -> tuple[ArticleNote, ...]:
    return tuple(NOTES[each] for each in references)


NOTES = {
    reference: ArticleNote(reference=reference, title=paragraph.title, in_plain_words=paragraph.in_plain_words)
    for reference, paragraph in CORPUS.items()
}
