"""What is to come if nothing new happens: each movement with its condition."""

from datetime import date
from typing import NamedTuple

from mespoints.law.calendar import add_months
from mespoints.law.facts import Offence
from mespoints.law.readings.explanation import ArticleNote, notes, title
from mespoints.law.record import Record
from mespoints.law.state import Movement, Rule, State
from mespoints.law.texts.sentences import say


class ExpectedMovement(NamedTuple):
    movement: Movement
    title: str
    condition: str
    articles: tuple[ArticleNote, ...]


def forecast(state: State, record: Record, after: date) -> tuple[ExpectedMovement, ...]:
    """Every movement after ``after`` (excluded) if no fact is added, soonest first."""
    coming = [movement for movement in state.movements if movement.on > after]
    if not coming:
        return ()
    pending = pending_offences(state)
    offences = {offence.fact_id: offence for offence in record.offences}
    return tuple(
        ExpectedMovement(
            movement=movement,
            title=title(movement, offences.get(movement.cause or "")),
            condition=condition(movement, pending),
            articles=notes(movement.articles),
        )
        for movement in coming
    )


def pending_offences(state: State) -> tuple[Offence, ...]:
    """Committed, not established: they break clean periods and take nothing yet."""
    waiting = (offence for offence in state.establishment.offences.values() if offence.established_on is None)
    return tuple(sorted(waiting, key=lambda offence: (offence.committed_on, offence.fact_id)))


def condition(movement: Movement, pending: tuple[Offence, ...]) -> str:
    sentence = say("condition", movement.rule, on=movement.on)
    if movement.since is not None and movement.months is not None:
        until = add_months(movement.since, movement.months)
        if until < movement.on:
            sentence = say("condition", "restoration_held", on=movement.on, until=until)
    if pending and movement.rule not in UNCONDITIONAL:
        sentence += " " + say_pending("condition", pending)
    return sentence


UNCONDITIONAL = frozenset({Rule.INITIAL, Rule.WITHDRAWAL, Rule.TEN_YEAR_RETURN})


def say_pending(table: str, pending: tuple[Offence, ...]) -> str:
    """Name the offences still waiting: they are what may change a date."""
    names = [
        say("condition", "pending_offence", committed_on=offence.committed_on, name=offence.label or offence.fact_id)
        for offence in pending
    ]
    together = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " et " + names[-1]
    sentence = say(table, "pending" if len(names) == 1 else "pending_several", offences=together)
    return sentence[0].upper() + sentence[1:]
