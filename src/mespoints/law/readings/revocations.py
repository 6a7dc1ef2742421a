"""Returns that earlier knowledge gave and later knowledge undid."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mespoints.law.calendar import add_months
from mespoints.law.facts import DecisionCancelled, Fact, Offence, known_on
from mespoints.law.record import Record
from mespoints.law.replay import replay
from mespoints.law.state import Movement, Rule, State
from mespoints.law.texts.parameters import PARAMETERS
from mespoints.law.texts.sentences import Language, say

REVOCABLE = frozenset(
    {Rule.SINGLE_POINT_RETURN, Rule.RESTORATION, Rule.TEN_YEAR_RETURN, Rule.PROBATION_INCREMENT, Rule.PROBATION_END}
)
RETURN_PERIODS = [
    PARAMETERS[name] for name in ("single_point_return", "restoration_short", "restoration_long", "ten_year_return")
]
PROBATION_LENGTHS = {months for name, figure in PARAMETERS.items() if name.startswith("probation_") for months in figure.values}
PROBATION_MONTHS = PROBATION_LENGTHS | set(range(12, max(PROBATION_LENGTHS), 12))
Identity = tuple[date, Rule, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    would_have_been_on: date
    points: int
    rule: Rule
    months: int | None
    undone_on: date
    cause: str
    """The fact whose arrival undid the return."""


def revocations(record: Record, as_of: date, state: State | None = None) -> tuple[Revocation, ...]:
    """For each day on which something became known: the returns credited until then on the knowledge of the day before, and
    absent on what ``record`` knows. Amounts may differ; courses are not returns. ``state`` is the replay of ``record``.
    """
    final = {identity(m) for m in returns(state or replay(record))}
    found: dict[Identity, Revocation] = {}
    for day, arrived in arrivals(record):
        before = record.known_by(day - timedelta(days=1))
        lost = [m for m in returns(replay(before)) if m.on <= min(day, as_of) and identity(m) not in final]
        if not lost:
            continue
        still = identities(record.known_by(day))
        left_by: dict[str, frozenset[Identity]] = {}
        for movement in lost:
            if identity(movement) not in still:
                found[identity(movement)] = revoked(movement, day, culprit(movement, before, arrived, left_by))
    return tuple(sorted(found.values(), key=lambda each: (each.would_have_been_on, each.undone_on, each.rule)))


def say_revocation(undone: Revocation, record: Record, *, language: Language = "fr") -> str:
    """What was given back, why it no longer stands, and that it is no second penalty."""
    offence = record.offence(undone.cause)
    points, given_on, undone_on = undone.points, undone.would_have_been_on, undone.undone_on
    if offence is None:
        said = say("revocation", "completed", language=language, points=points, given_on=given_on, undone_on=undone_on)
    else:
        said = say(
            "revocation",
            "known_late",
            language=language,
            points=points,
            given_on=given_on,
            undone_on=undone_on,
            committed_on=offence.committed_on,
            name=offence.label or offence.fact_id,
        )
    return f"{said} {say('revocation', 'taken_back', language=language, points=points)}"


def arrivals(record: Record) -> list[tuple[date, list[Fact]]]:
    """The days on which facts became known that reach back over a day of possible return, each with all its facts."""
    by_day: dict[date, list[Fact]] = {}
    for fact in record.facts:
        by_day.setdefault(known_on(fact), []).append(fact)
    possible = possible_return_days(record)
    return [
        (day, facts)
        for day, facts in sorted(by_day.items())
        if (reach := min(reaches_back_to(fact, record) for fact in facts)) < day
        and bisect_right(possible, reach) < bisect_right(possible, day)
    ]


def reaches_back_to(fact: Fact, record: Record) -> date:
    """The first day whose law the fact may change: nothing on that very day, everything after."""
    match fact:
        case Offence():
            return fact.committed_on
        case DecisionCancelled():
            target = record.offence(fact.target)
            return target.committed_on if target is not None else fact.on
        case _:
            return fact.on


def possible_return_days(record: Record) -> list[date]:
    """Every day on which some knowledge may credit a return: a period after an establishment, or a step of probation."""
    established = {offence.established_on for offence in record.offences if offence.established_on is not None}
    obtained = {licence.on for licence in record.licences}
    days = {add_months(day, months) for day in established for months in {period.in_force(day) for period in RETURN_PERIODS}}
    days |= {add_months(day, months) for day in obtained for months in PROBATION_MONTHS}
    return sorted(days)


def returns(state: State) -> Iterable[Movement]:
    return (movement for movement in state.movements if movement.rule in REVOCABLE)


def identity(movement: Movement) -> Identity:
    cause = None if movement.rule is Rule.RESTORATION else movement.cause
    return (movement.on, movement.rule, cause)


def identities(record: Record) -> frozenset[Identity]:
    return frozenset(identity(movement) for movement in returns(replay(record)))


def culprit(movement: Movement, before: Record, arrived: list[Fact], left_by: dict[str, frozenset[Identity]]) -> str:
    """The first of the facts arrived that is enough to undo the return (several may be needed: then the first).

    ``left_by``: the returns that each fact alone leaves, replayed once a day and not once a return.
    """
    for fact in arrived:
        if fact.fact_id not in left_by:
            left_by[fact.fact_id] = identities(before.with_facts(fact))
        if identity(movement) not in left_by[fact.fact_id]:
            return fact.fact_id
    return arrived[0].fact_id


def revoked(movement: Movement, undone_on: date, cause: str) -> Revocation:
    return Revocation(
        would_have_been_on=movement.on,
        points=movement.points,
        rule=movement.rule,
        months=movement.months,
        undone_on=undone_on,
        cause=cause,
    )
