"""May this person drive, and what: the state of the licence and the titles in force on a day, without a word of points."""

from dataclasses import dataclass
from datetime import date

from mespoints.law.facts import Suspension
from mespoints.law.readings.situation import situation
from mespoints.law.record import Record
from mespoints.law.state import State, Status
from mespoints.register.consultation import HolderRecord, LicenceTitle
from mespoints.register.licence_state import LicenceState

VALID_STATES = frozenset({LicenceState.VALID, LicenceState.EXCHANGED_VALID, LicenceState.OVERSEAS_VALID, LicenceState.EU_VALID})

WITHOUT_POINTS = {
    LicenceState.EXCHANGED_ZERO_BALANCE: (LicenceState.EXCHANGED_VALID, LicenceState.EXCHANGED_INVALID),
    LicenceState.OVERSEAS_ZERO_BALANCE: (LicenceState.OVERSEAS_VALID, LicenceState.OVERSEAS_INVALID),
}
"""« Solde nul » is a number of points: what it means for driving is said instead, before the letter 48SI and after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    state: LicenceState
    titles: tuple[LicenceTitle, ...]
    """Of the licences that have not ended."""


def standing(holder_record: HolderRecord, state: State, on: date) -> Standing:
    """At the end of the day ``on``; ``state`` is the replay of the record."""
    ended_on = max((closing.on for closing in state.closings if closing.on <= on), default=date.min)
    return Standing(
        state=_state(holder_record, state, on),
        titles=tuple(title for title in holder_record.licences if ended_on < title.obtained_on <= on),
    )


def _state(holder_record: HolderRecord, state: State, on: date) -> LicenceState:
    """The state that the source stated, unless what the file knows since then, or the law, leaves less than it says."""
    applied, since = _applied(holder_record.record, state, on)
    on_file = holder_record.licence_state
    if on_file is None or not since <= on_file.since <= on:
        return applied
    valid, invalid = WITHOUT_POINTS.get(on_file.state, (on_file.state, on_file.state))
    said = invalid if applied is LicenceState.INVALID else valid
    leaves_less = applied not in {LicenceState.VALID, LicenceState.NO_RIGHT}
    return applied if leaves_less and said in VALID_STATES else said


def _applied(record: Record, state: State, on: date) -> tuple[LicenceState, date]:
    """What the law makes of the facts, and since when."""
    status = situation(state, on).status
    if status is Status.NONE:
        return LicenceState.NO_RIGHT, date.min
    ended_on = max((closing.on for closing in state.closings if closing.on <= on), default=date.min)
    if status is Status.INVALIDATED:
        return LicenceState.INVALID, ended_on
    if status is Status.ANNULLED:
        return LicenceState.JUDICIALLY_ANNULLED, ended_on
    suspensions = (fact for fact in record.facts if isinstance(fact, Suspension))
    running_since = max((fact.on for fact in suspensions if fact.on <= on <= fact.until), default=None)
    if running_since is not None:
        return LicenceState.SUSPENDED, running_since
    return LicenceState.VALID, max(licence.on for licence in record.licences if licence.on <= on)
