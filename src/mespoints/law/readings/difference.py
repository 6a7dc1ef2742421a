"""What separates two days of a record, or two states of knowledge about it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, assert_never

from mespoints.law.facts import Fact
from mespoints.law.readings.revocations import Revocation, revocations
from mespoints.law.readings.situation import Situation, situation
from mespoints.law.record import Record
from mespoints.law.replay import replay
from mespoints.law.state import Movement, Rule


class Viewpoint(NamedTuple):
    """A day, as known at the end of another (included); ``known_on`` None: on all that the record holds."""

    on: date
    known_on: date | None = None


class Moved(NamedTuple):
    """The same movement, on another day or for another number of points."""

    before: Movement
    after: Movement


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementChanges:
    added: tuple[Movement, ...]
    removed: tuple[Movement, ...]
    moved: tuple[Moved, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.moved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """From one viewpoint to the other; ``added`` movements are gained, ``removed`` ones are lost."""

    before: Situation
    after: Situation
    movements: MovementChanges
    revoked: tuple[Revocation, ...]
    """Returns told at the first viewpoint, or since, that later knowledge undid before the second."""
    learned: tuple[Fact, ...]
    """Known at the second viewpoint, not at the first."""
    not_yet_known: tuple[Fact, ...]
    """Known at the first viewpoint, not at the second, which is then the older state of knowledge."""

    @property
    def points(self) -> int:
        """Change of the balance that people read."""
        return self.after.balance - self.before.balance

    @property
    def is_empty(self) -> bool:
        same_situation = replace(self.before, on=self.after.on) == self.after
        return same_situation and not (self.movements or self.revoked or self.learned or self.not_yet_known)


def difference(record: Record, one: tuple[date, date | None], other: tuple[date, date | None]) -> Difference:
    """What changed between two viewpoints: ``(on, known_on)``, see ``Viewpoint``. Movements run up to each day, included."""
    first, second = seen(record, Viewpoint(*one)), seen(record, Viewpoint(*other))
    return Difference(
        before=first.situation,
        after=second.situation,
        movements=movement_changes(first.movements, second.movements),
        revoked=tuple(each for each in second.revoked if each not in first.revoked),
        learned=tuple(fact for fact in second.record.facts if fact not in first.record.facts),
        not_yet_known=tuple(fact for fact in first.record.facts if fact not in second.record.facts),
    )


class Seen(NamedTuple):
    record: Record
    situation: Situation
    movements: tuple[Movement, ...]
    revoked: tuple[Revocation, ...]


def seen(record: Record, viewpoint: Viewpoint) -> Seen:
    known = record if viewpoint.known_on is None else record.known_by(viewpoint.known_on)
    state = replay(known)
    return Seen(
        record=known,
        situation=situation(state, viewpoint.on),
        movements=tuple(movement for movement in state.movements if movement.on <= viewpoint.on),
        revoked=revocations(known, viewpoint.on, state),
    )


Identity = tuple[object, ...]


def movement_changes(before: Iterable[Movement], after: Iterable[Movement]) -> MovementChanges:
    """Only after, only before, and in both but on another day or for other points. Accounts and ceilings may differ."""
    gone: dict[Identity, list[Movement]] = {}
    before, after = tuple(before), tuple(after)
    for movement in only_in(before, after):
        gone.setdefault(lasting_identity(movement), []).append(movement)
    added, moved = [], []
    for movement in only_in(after, before):
        if earlier := gone.get(lasting_identity(movement)):
            moved.append(Moved(earlier.pop(0), movement))
        else:
            added.append(movement)
    removed = sorted((movement for left in gone.values() for movement in left), key=lambda movement: movement.on)
    return MovementChanges(added=tuple(added), removed=tuple(removed), moved=tuple(moved))


def only_in(movements: tuple[Movement, ...], others: tuple[Movement, ...]) -> list[Movement]:
    shared = Counter(map(exact_identity, others))
    found = []
    for movement in movements:
        identity = exact_identity(movement)
        if shared[identity]:
            shared[identity] -= 1
        else:
            found.append(movement)
    return found


def exact_identity(movement: Movement) -> Identity:
    return (*lasting_identity(movement), movement.on, movement.points)


def lasting_identity(movement: Movement) -> Identity:
    """What stays when the day or the points change. A full restoration keeps it whatever offence was the last established."""
    match movement.rule:
        case Rule.RESTORATION | Rule.PROBATION_END | Rule.INITIAL:
            return (movement.licence, movement.rule)
        case Rule.PROBATION_INCREMENT:
            return (movement.licence, movement.rule, movement.on)
        case Rule.WITHDRAWAL | Rule.SINGLE_POINT_RETURN | Rule.TEN_YEAR_RETURN | Rule.COURSE:
            return (movement.licence, movement.rule, movement.cause)
        case _:
            assert_never(movement.rule)
