"""The history: every movement, newest first, each with why, meaning and what to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from mespoints.law.facts import Offence
from mespoints.law.readings.explanation import ExplainedMovement, explanation, notes
from mespoints.law.readings.pending import pending_offences
from mespoints.law.readings.revocations import Revocation, revocations
from mespoints.law.record import Record
from mespoints.law.replay import replay
from mespoints.law.state import Closing, Rule
from mespoints.law.texts.article import numbers_on
from mespoints.portal.french import counted, day_in_words, moment_in_words, signed, typeset
from mespoints.portal.pages import told
from mespoints.portal.pages.frame import Frame
from mespoints.portal.pages.gauge import Dots, dots
from mespoints.portal.pages.lines import ArticleLink, direction, links
from mespoints.register.consultation import HolderRecord

MANY_YEARS = 3
"""From there the page opens with a list of years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A movement, the end of a licence, or a return that was undone."""

    on: date
    points: str
    direction: str
    title: str
    when: str
    balance: str
    dots: Dots | None
    details: tuple[tuple[str, str], ...]
    """Term and text, in the order of reading."""
    articles: tuple[ArticleLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    number: int
    summary: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    frame: Frame
    data_as_of: str | None
    pending: tuple[str, ...]
    years: tuple[Year, ...]
    shortcuts: tuple[int, ...]
    """Years to jump to; empty when the page is short."""


def history_page(consulted: HolderRecord, on: date, frame: Frame) -> HistoryPage:
    record = consulted.record
    state = replay(record)
    events = [
        *(movement_event(each) for each in explanation(state, record, on)),
        *(closing_event(closing) for closing in state.closings if closing.on <= on),
        *(undone_event(each, record) for each in revocations(record, on, state) if each.undone_on <= on),
    ]
    years = by_year(sorted(events, key=lambda event: event.on))
    return HistoryPage(
        frame=frame,
        data_as_of=moment_in_words(consulted.data_as_of) if consulted.data_as_of else None,
        pending=tuple(told.pending(offence) for offence in pending_offences(state)),
        years=years,
        shortcuts=tuple(year.number for year in years) if len(years) > MANY_YEARS else (),
    )


def by_year(oldest_first: Sequence[Event]) -> tuple[Year, ...]:
    newest_first = reversed(oldest_first)
    return tuple(year(number, tuple(events)) for number, events in groupby(newest_first, key=lambda event: event.on.year))


def year(number: int, events: tuple[Event, ...]) -> Year:
    return Year(number=number, summary=counted(len(events), "mouvement"), events=events)


def movement_event(explained: ExplainedMovement) -> Event:
    movement = explained.movement
    return Event(
        on=movement.on,
        points=signed(movement.points_seen),
        direction=direction(movement),
        title=typeset(explained.title),
        when=day_in_words(movement.on),
        balance=f"{max(movement.account, 0)} sur {movement.ceiling}",
        dots=dots(movement),
        details=tuple((term, typeset(text)) for term, text in details(explained)),
        articles=links(explained.articles),
    )


def details(explained: ExplainedMovement) -> Iterable[tuple[str, str]]:
    if explained.movement.rule is Rule.WITHDRAWAL and explained.offence is not None:
        yield "Dates", dates(explained.offence)
    yield "Pourquoi", explained.why
    yield "Ce que cela veut dire", explained.meaning
    yield "Que faire", explained.action


def dates(offence: Offence) -> str:
    committed = f"Commise le {day_in_words(offence.committed_on)}"
    return f"{committed}, établie le {day_in_words(offence.established_on)}." if offence.established_on else f"{committed}."


def closing_event(closing: Closing) -> Event:
    why, action, references = told.closing(closing)
    return Event(
        on=closing.on,
        points="—",
        direction="loss",
        title=told.closing_title(closing),
        when=day_in_words(closing.on),
        balance="compte fermé",
        dots=None,
        details=(("Pourquoi", why), ("Que faire", action)),
        articles=links(notes(numbers_on(references, closing.on), closing.on)),
    )


def undone_event(undone: Revocation, record: Record) -> Event:
    return Event(
        on=undone.undone_on,
        points="—",
        direction="loss",
        title="Retour de points annulé",
        when=day_in_words(undone.undone_on),
        balance="aucun retrait",
        dots=None,
        details=(
            ("Pourquoi", told.revocation(undone, record)),
            (
                "Que faire",
                typeset("Si l'infraction n'est pas la vôtre ou si une date vous paraît fausse, faites vérifier le dossier."),
            ),
        ),
        articles=(),
    )
