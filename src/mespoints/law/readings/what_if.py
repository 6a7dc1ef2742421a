"""What a record would become with supposed facts, and the three balances of pending notices. Nothing is stored."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from mespoints.law.facts import EstablishedBy, Fact, Offence
from mespoints.law.readings.difference import MovementChanges, movement_changes
from mespoints.law.readings.explanation import ArticleNote, notes
from mespoints.law.readings.situation import Situation, situation
from mespoints.law.record import Record
from mespoints.law.replay import replay
from mespoints.law.state import Movement, Rule, State
from mespoints.law.texts.check import Phrase, phrase


class StepKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


class SupposedStep(NamedTuple):
    """One thing that the supposed facts change, in words and with its articles."""

    kind: StepKind
    movement: Movement
    was: Movement | None
    """The movement in the record, when it is moved to another day or to other points."""
    phrase: Phrase
    """Said in French by ``text``."""
    articles: tuple[ArticleNote, ...]

    @property
    def text(self) -> str:
        return self.phrase.said()


class SituationPair(NamedTuple):
    before: Situation
    after: Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposition:
    """The record as it is (``before``) and as it would be (``after``)."""

    before: State
    after: State
    situations: tuple[SituationPair, ...]
    """On the day of the question and on each further day, in order."""
    movements: MovementChanges
    """Over the whole life of the record, what is to come included."""
    forecast: MovementChanges
    """The same, after the day of the question only."""
    steps: tuple[SupposedStep, ...]
    """The changes of ``movements`` in order of days."""


def what_if(record: Record, *supposed: Fact, as_of: date, on: Iterable[date] = ()) -> Supposition:
    """``record`` with facts that are only supposed: an offence, a course, the day a fine would be paid.

    A supposed fact that carries the ``fact_id`` of a fact of the record takes its place: that is how a pending offence becomes
    an established one. Raises ValueError when two supposed facts carry the same ``fact_id``.
    """
    before, after = replay(record), replay(supposing(record, supposed))
    changes = movement_changes(before.movements, after.movements)
    return Supposition(
        before=before,
        after=after,
        situations=tuple(SituationPair(situation(before, day), situation(after, day)) for day in sorted({as_of, *on})),
        movements=changes,
        forecast=movement_changes(coming(before, as_of), coming(after, as_of)),
        steps=tuple(sorted(steps(changes), key=lambda step: step.movement.on)),
    )


def supposing(record: Record, supposed: Iterable[Fact]) -> Record:
    supposed = tuple(supposed)
    replaced = {fact.fact_id for fact in supposed}
    return Record.of((*(fact for fact in record.facts if fact.fact_id not in replaced), *supposed))


def coming(state: State, after: date) -> Iterator[Movement]:
    return (movement for movement in state.movements if movement.on > after)


def steps(changes: MovementChanges) -> Iterator[SupposedStep]:
    for movement in changes.removed:
        yield supposed_step(StepKind.REMOVED, movement)
    for before, after in changes.moved:
        yield supposed_step(StepKind.MOVED, after, before)
    for movement in changes.added:
        yield supposed_step(StepKind.ADDED, movement)


def supposed_step(kind: StepKind, movement: Movement, was: Movement | None = None) -> SupposedStep:
    said = phrase(
        "step",
        f"{'changed' if was is not None and was.on == movement.on else kind}_{direction(kind, movement)}",
        on=movement.on,
        points=movement.points_seen,
        balance=max(movement.account, 0),
        was_on=(was or movement).on,
        was_points=(was or movement).points_seen,
    )
    return SupposedStep(kind, movement, was, said, notes(movement.articles, movement.on))


def direction(kind: StepKind, movement: Movement) -> str:
    if kind is StepKind.ADDED and movement.rule is Rule.INITIAL:
        return "initial"
    return "withdrawal" if movement.points < 0 else "return"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreeBalances:
    recorded: Situation
    """On the day of the question, on the record alone: what is not established takes nothing."""
    likely: Situation
    """On the day by which the notices are assumed established, those that are contested left out."""
    worst: Situation
    """The lowest between the two days, whether the notices count at once, on their assumed day or not at all.

    Not at all may be the worst: a pending offence breaks clean periods, and one that the cap of its group then cuts to nothing
    breaks none.
    """


def three_balances(
    record: Record, notices: Iterable[Offence] = (), *, as_of: date, assumed_on: date, contested: Iterable[str] = ()
) -> ThreeBalances:
    """What pending notices would make of the balance: ``notices``, and the offences of ``record`` not established on ``as_of``.

    ``assumed_on`` (not before ``as_of``) is the day on which those without an assumed day of their own would be established.
    A notice that carries the ``fact_id`` of an offence of the record takes its place. ``contested`` holds the ``fact_id`` of
    those that the driver fights: in ``likely`` they take nothing yet, and still break clean periods.
    """
    pending = {offence.fact_id: offence for offence in record.offences if is_pending(offence, as_of)}
    pending |= {notice.fact_id: notice for notice in notices}
    fought = set(contested)
    expected = [
        replace(each, established_on=None) if each.fact_id in fought else established(each, each.established_on or assumed_on)
        for each in pending.values()
    ]
    at_once = [established(each, as_of) for each in pending.values()]
    states = [replay(supposing(record, changed)) for changed in ((), expected, at_once)]
    return ThreeBalances(
        recorded=situation(states[0], as_of),
        likely=situation(states[1], assumed_on),
        worst=min((lowest(state, as_of, assumed_on) for state in states), key=by_points),
    )


def is_pending(offence: Offence, as_of: date) -> bool:
    return offence.committed_on <= as_of and (offence.established_on is None or offence.established_on > as_of)


def established(offence: Offence, on: date) -> Offence:
    mode = offence.established_by or EstablishedBy.FINE_PAID
    return replace(offence, established_on=max(on, offence.committed_on), established_by=mode)


def lowest(state: State, first: date, last: date) -> Situation:
    """The first of the worst days from ``first`` to ``last``, both included."""
    turning = {movement.on for movement in state.movements} | {closing.on for closing in state.closings}
    days = [first, *sorted(day for day in turning if first < day <= last)]
    return min((situation(state, day) for day in days), key=by_points)


def by_points(each: Situation) -> tuple[int, int]:
    return (each.balance, each.account)
