"""What is to come if nothing new happens: each movement with its condition."""

from datetime import date, timedelta
from typing import NamedTuple

from mespoints.law.calendar import add_months
from mespoints.law.facts import Offence
from mespoints.law.readings.explanation import ArticleNote, notes, title
from mespoints.law.readings.pending import pending_offences, say_pending
from mespoints.law.record import Record
from mespoints.law.state import Movement, Rule, State
from mespoints.law.texts.sentences import Figure, Language, say


class ExpectedMovement(NamedTuple):
    movement: Movement
    title: str
    condition: str
    articles: tuple[ArticleNote, ...]


def forecast(state: State, record: Record, after: date, *, language: Language = "fr") -> tuple[ExpectedMovement, ...]:
    """Every movement after ``after`` (excluded) if no fact is added, soonest first."""
    coming = [movement for movement in state.movements if movement.on > after]
    if not coming:
        return ()
    pending = pending_offences(state)
    now = state.snapshot(after)
    at_zero = now is not None and now.closing is None and now.points <= 0
    offences = state.establishment.offences
    return tuple(
        [
            ExpectedMovement(
                movement,
                title(movement, offences.get(movement.cause or ""), record, language),
                condition(movement, pending, language, at_zero=at_zero),
                notes(movement.articles, movement.on, language),
            )
            for movement in coming
        ]
    )


def condition(movement: Movement, pending: tuple[Offence, ...], language: Language, *, at_zero: bool) -> str:
    """``at_zero``: the account is at zero on the day of the question, so that a letter may close it first."""
    key, figures = own_condition(movement)
    said = say("condition", key, language=language, **figures)
    if at_zero and movement.rule not in CERTAIN:
        said = f"{said} {say('condition', 'zero', language=language)}"
    if pending and movement.rule not in UNCONDITIONAL:
        said = f"{said} {say_pending('condition', pending, language)}"
    return said


def own_condition(movement: Movement) -> tuple[str, dict[str, Figure]]:
    if movement.rule is Rule.COURSE:
        return movement.rule, {"last_day": movement.on - timedelta(days=1)}
    if movement.rule is Rule.RESTORATION and movement.since is not None and movement.months is not None:
        until = add_months(movement.since, movement.months)
        if until < movement.on:
            return "restoration_held", {"on": movement.on, "until": until}
    return movement.rule, {"on": movement.on}


CERTAIN = frozenset({Rule.INITIAL, Rule.WITHDRAWAL})
UNCONDITIONAL = CERTAIN | {Rule.TEN_YEAR_RETURN}
