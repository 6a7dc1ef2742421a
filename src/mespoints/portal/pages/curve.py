"""The balance through time as a step line: past solid, future dashed, today a vertical rule. A list beside it says the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mespoints.law.calendar import add_months
from mespoints.law.state import Movement
from mespoints.portal.french import typeset
from mespoints.portal.pages.verdict import MAXIMUM

LEFT, RIGHT, TOP, STEP = 26, 470, 12, 11
"""Units of the drawing: the frame of the line, and the height of one point."""
BOTTOM = TOP + MAXIMUM * STEP
PAST_MONTHS = 24
AFTER_MONTHS = 3
"""Room on the right of the last return."""
MOST_YEARS = 6
"""Years written under the line; beyond, one in two, or fewer."""
CLEAR = 24
"""A year too near the edge is not written: it would be cut."""


@dataclass(frozen=True, slots=True)
class YearMark:
    x: int
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    past: str
    """Path of the solid line."""
    future: str
    today_x: int
    today_y: int
    years: tuple[YearMark, ...]
    in_words: str


@dataclass(frozen=True, slots=True)
class Span:
    """The days that the drawing shows, both included."""

    first: date
    last: date

    def x(self, day: date) -> int:
        return LEFT + round((RIGHT - LEFT) * (day - self.first).days / (self.last - self.first).days)


def curve(movements: Sequence[Movement], on: date) -> Curve | None:
    """Of the licence in force; None when nothing is to come. ``movements`` oldest first, past and expected."""
    coming = [movement for movement in movements if movement.on > on]
    if not coming:
        return None
    licence = coming[0].licence
    past = [movement for movement in movements if movement.on <= on and movement.licence == licence]
    span = Span(add_months(on, -PAST_MONTHS), add_months(coming[-1].on, AFTER_MONTHS))
    start = next((each for each in reversed(past) if each.on <= span.first), None)
    shown = [each for each in past if each.on > span.first]
    now = past[-1] if past else None
    return Curve(
        past=path(span, start, shown, until=on),
        future=path(Span(span.first, span.last), now, coming, until=span.last, since=on),
        today_x=span.x(on),
        today_y=height(now),
        years=years(span),
        in_words=typeset(
            f"Courbe du solde depuis deux ans et jusqu'à {coming[-1].on.year} ; la liste ci-dessous dit la même chose."
        ),
    )


def path(span: Span, start: Movement | None, then: Iterable[Movement], *, until: date, since: date | None = None) -> str:
    """From the account that ``start`` left, a step for each movement; nothing before a first movement without a start."""
    drawn = f"M{span.x(since or span.first)} {height(start)}" if start is not None else ""
    for movement in then:
        to = f"H{span.x(movement.on)}V{height(movement)}"
        drawn += to if drawn else f"M{span.x(movement.on)} {height(movement)}"
    return f"{drawn}H{span.x(until)}" if drawn else ""


def height(movement: Movement | None) -> int:
    held = min(max(movement.account, 0), MAXIMUM) if movement is not None else 0
    return BOTTOM - held * STEP


def years(span: Span) -> tuple[YearMark, ...]:
    all_years = range(span.first.year + 1, span.last.year + 1)
    every = -(-len(all_years) // MOST_YEARS) or 1
    marks = (YearMark(span.x(date(year, 1, 1)), year) for year in all_years[::every])
    return tuple(mark for mark in marks if LEFT + CLEAR // 2 < mark.x < RIGHT - CLEAR // 2)
