"""The balance: how many, am I safe, what next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mespoints.law.readings.course_adviser import course_advice
from mespoints.law.readings.explanation import explanation
from mespoints.law.readings.forecast import ExpectedMovement, forecast
from mespoints.law.readings.marks import marks
from mespoints.law.readings.obligations import new_licence_from, pressing_obligations
from mespoints.law.readings.pending import pending_offences
from mespoints.law.readings.revocations import revocations
from mespoints.law.readings.situation import Situation, situation
from mespoints.law.replay import replay
from mespoints.law.state import Closing, State, Status
from mespoints.portal.french import counted, day_in_words, moment_in_words, signed, typeset
from mespoints.portal.pages import told
from mespoints.portal.pages.advice import Advice, Duty, advice, duty
from mespoints.portal.pages.frame import Frame
from mespoints.portal.pages.gauge import Gauge, gauge
from mespoints.portal.pages.learner import Learner, learner
from mespoints.portal.pages.lines import Line, expected, past
from mespoints.portal.pages.verdict import MAXIMUM, Verdict, verdict
from mespoints.register.consultation import HolderIdentity, HolderRecord

FEW = 3
"""Lines of past and of future shown before the link to the whole page."""
RECENT = timedelta(days=365)
"""A return undone longer ago is told in the history only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    number: int
    unit: str
    """« points sur 12 »."""
    gauge: Gauge


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDate:
    term: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BalancePage:
    frame: Frame
    holder_name: str
    data_as_of: str | None
    incidents: tuple[str, ...]
    """What the operator says is late, missing or wrong in the data."""
    figure: Figure | None
    """None as long as there is no licence."""
    verdict: Verdict
    key_dates: tuple[KeyDate, ...]
    duties: tuple[Duty, ...]
    advice: tuple[Advice, ...]
    undone: tuple[str, ...]
    pending: tuple[str, ...]
    recent: tuple[Line, ...]
    coming: tuple[Line, ...]
    learner: Learner | None
    """Only as long as there is no licence."""


def balance_page(consulted: HolderRecord, on: date, frame: Frame) -> BalancePage:
    record = consulted.record
    state = replay(record)
    now = situation(state, on)
    coming = forecast(state, record, on)
    closing = closing_in_force(state, now)
    owed = pressing_obligations(state, record, on)
    told_returns = [each for each in revocations(record, on, state) if on - each.undone_on <= RECENT]
    return BalancePage(
        frame=frame,
        holder_name=name_of(consulted.holder),
        data_as_of=moment_in_words(consulted.data_as_of) if consulted.data_as_of else None,
        incidents=tuple(typeset(incident.sentence) for incident in consulted.incidents),
        figure=figure(state, now),
        verdict=verdict(now, closing.on if closing else None),
        key_dates=key_dates(now, coming),
        duties=tuple(duty(each) for each in owed),
        advice=advice(now, course_advice(state, on), owed, closing, new_licence_from(state, record, on)),
        undone=tuple(told.revocation(each, record) for each in told_returns),
        pending=tuple(told.pending(offence) for offence in pending_offences(state)),
        recent=tuple(past(each) for each in reversed(explanation(state, record, on)[-FEW:])),
        coming=tuple(expected(each) for each in coming[:FEW]),
        learner=learner(on) if now.status is Status.NONE else None,
    )


def name_of(holder: HolderIdentity) -> str:
    """« Claire DELAUNAY »: one given name, and the name of everyday life."""
    first = holder.given_names[0].title() if holder.given_names else ""
    return f"{first} {(holder.usage_name or holder.birth_name).upper()}".strip()


def closing_in_force(state: State, now: Situation) -> Closing | None:
    if now.status not in (Status.INVALIDATED, Status.ANNULLED):
        return None
    return next((closing for closing in reversed(state.closings) if closing.on <= now.on), None)


def figure(state: State, now: Situation) -> Figure | None:
    if now.status is Status.NONE:
        return None
    word = "points" if now.balance > 1 else "point"
    unit = f"{word} sur {now.ceiling}" if now.ceiling is not None else f"{word}, compte fermé"
    return Figure(number=now.balance, unit=unit, gauge=gauge(marks(state, now), now))


def key_dates(now: Situation, coming: Sequence[ExpectedMovement]) -> tuple[KeyDate, ...]:
    first = next((each for each in coming if each.movement.points > 0), None)
    whole = next((each for each in coming if each.movement.account >= MAXIMUM), None) if now.balance < MAXIMUM else None
    found = (
        next_return(first) if first is not None and first is not whole else None,
        everything_back(whole) if whole is not None else None,
        probation(now),
    )
    return tuple(date for date in found if date is not None)


def next_return(first: ExpectedMovement) -> KeyDate:
    value = f"{signed(first.movement.points_seen)} le {day_in_words(first.movement.on)}"
    return KeyDate(term="Prochain retour", value=value, note=typeset(first.condition))


def everything_back(whole: ExpectedMovement) -> KeyDate:
    return KeyDate(term="Tout revient", value=f"le {day_in_words(whole.movement.on)}", note=typeset(whole.condition))


def probation(now: Situation) -> KeyDate | None:
    if now.probation_ends_on is None or now.ceiling is None:
        return None
    ceiling = counted(now.ceiling, "point")
    return KeyDate(
        term="Permis probatoire",
        value=typeset(f"jusqu'au {day_in_words(now.probation_ends_on)}"),
        note=typeset(f"Plafond d'aujourd'hui : {ceiling}."),
    )
