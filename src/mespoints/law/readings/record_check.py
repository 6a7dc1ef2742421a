"""A stated history confronted with the replay of the facts: what does not add up, and by which article."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from mespoints.law.calendar import add_months
from mespoints.law.facts import Offence
from mespoints.law.record import Record
from mespoints.law.replay import replay
from mespoints.law.rules import course, establishment, probation, restoration, withdrawal
from mespoints.law.state import Movement, Rule, State
from mespoints.law.texts.article import articles_of, under
from mespoints.law.texts.check import Phrase, phrase

ARTICLES = {
    Rule.INITIAL: articles_of(probation.probationary_capital),
    Rule.WITHDRAWAL: articles_of(withdrawal.withdraw),
    Rule.SINGLE_POINT_RETURN: articles_of(restoration.return_single_point),
    Rule.RESTORATION: articles_of(restoration.restore),
    Rule.TEN_YEAR_RETURN: articles_of(restoration.return_after_ten_years),
    Rule.COURSE: articles_of(course.credit),
    Rule.PROBATION_INCREMENT: articles_of(probation.add_increment),
    Rule.PROBATION_END: articles_of(probation.end_probation),
}
ANY_RETURN = tuple(
    dict.fromkeys(
        article
        for rule in (Rule.RESTORATION, Rule.SINGLE_POINT_RETURN, Rule.COURSE, Rule.TEN_YEAR_RETURN)
        for article in ARTICLES[rule]
    )
)
RETURN_PERIODS = {
    Rule.SINGLE_POINT_RETURN: (restoration.SINGLE_POINT_RETURN,),
    Rule.RESTORATION: (restoration.RESTORATION_SHORT, restoration.RESTORATION_LONG),
}


class FindingCode(StrEnum):
    NOT_DUE = "not_due"
    """Stated, and the law gives or takes nothing of the kind."""
    NOT_STATED = "not_stated"
    """Due, and not stated: a return that is overdue, a withdrawal left out."""
    WRONG_AMOUNT = "wrong_amount"
    CAP_BROKEN = "cap_broken"
    """Simultaneous offences take more together than their cap."""
    CANCELLED = "cancelled"
    """A withdrawal stated though its decision was cancelled."""
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    WRONG_DAY = "wrong_day"
    """The same for a withdrawal, or for the opening of the account."""
    DOUBLE_ENTRY = "double_entry"
    WRONG_BALANCE = "wrong_balance"
    """A stated balance that is not the sum of the stated lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedMovement:
    """One line of a stated history, as the paper or the page shows it; what it does not say is None."""

    on: date
    points: int
    """Signed. A full restoration from below zero may be stated as seen from zero."""
    rule: Rule | None = None
    cause: str | None = None
    """``fact_id`` of the offence or of the course, when the paper lets one know."""
    balance: int | None = None
    """After the line, never below zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that does not add up. The day of ``stated``, else of ``expected``, is ``on``."""

    code: FindingCode
    on: date
    stated: StatedMovement | None
    expected: Movement | None
    expected_balance: int | None = None
    """For a wrong balance only."""
    articles: tuple[str, ...]
    cause: str | None
    """``fact_id`` of the offence or of the course from which the difference comes, None when there is none."""
    phrase: Phrase
    """Said in French by ``text``."""

    @property
    def text(self) -> str:
        return self.phrase.said()


class Pair(NamedTuple):
    """A stated line and the movement of law it stands for; one of the two may be missing."""

    line: StatedMovement | None
    due: Movement | None
    is_double: bool = False


def record_check(
    stated: Iterable[StatedMovement], record: Record, *, as_of: date, since: date | None = None
) -> tuple[Finding, ...]:
    """What does not add up in ``stated``, which tells all that happened up to ``as_of`` (included), in order of days.

    ``since``: first day of a partial history; by default it begins with the licence, whose opening points are its first line.
    Lines of one day keep the order given.
    """
    state = replay(record)
    lines = sorted(stated, key=lambda line: line.on)
    pairs = paired(lines, [movement for movement in state.movements if since is None or movement.on >= since])
    found = [*(finding for pair in pairs for finding in confronted(pair, record, state, as_of)), *wrong_balances(pairs)]
    return tuple(sorted(found, key=lambda finding: finding.on))


# How a line finds its movement


Dues = dict[date, list[Movement]]


def paired(lines: list[StatedMovement], movements: Iterable[Movement]) -> list[Pair]:
    """Each line once, in order, then the movements left over.

    Exact first, then the same day, then double entries; then the nearest day for the same points, or for the same named cause.
    """
    dues: Dues = {}
    for movement in movements:
        dues.setdefault(movement.on, []).append(movement)
    found: dict[int, Pair] = {}
    pair_by(found, lines, dues, same_movement, on_the_day=True)
    exact = {twin_key(lines[rank]) for rank in found}
    pair_by(found, lines, dues, same_kind, on_the_day=True)
    for rank, line in enumerate(lines):
        if rank not in found and twin_key(line) in exact:
            found[rank] = Pair(line, None, is_double=True)
    pair_by(found, lines, dues, same_movement, on_the_day=False)
    pair_by(found, lines, dues, same_named_cause, on_the_day=False)
    return [*(found.get(rank, Pair(line, None)) for rank, line in enumerate(lines)), *(Pair(None, due) for due in left(dues))]


def pair_by(
    found: dict[int, Pair],
    lines: list[StatedMovement],
    dues: Dues,
    fits: Callable[[StatedMovement, Movement], bool],
    *,
    on_the_day: bool,
) -> None:
    """Give each line still alone the nearest movement that fits, and take that movement out of ``dues``."""
    for rank, line in enumerate(lines):
        if rank in found:
            continue
        within = dues.get(line.on, ()) if on_the_day else left(dues)
        candidates = [due for due in within if fits(line, due)]
        if candidates:
            due = min(candidates, key=lambda each: abs((each.on - line.on).days))
            dues[due.on].remove(due)
            found[rank] = Pair(line, due)


def left(dues: Dues) -> Iterator[Movement]:
    return (due for of_a_day in dues.values() for due in of_a_day)


def same_kind(line: StatedMovement, due: Movement) -> bool:
    if line.cause is not None and line.cause != due.cause:
        return False
    return line.rule is due.rule if line.rule is not None else (line.points < 0) == (due.points < 0)


def same_points(line: StatedMovement, due: Movement) -> bool:
    return line.points in (due.points, due.points_seen)


def same_movement(line: StatedMovement, due: Movement) -> bool:
    return same_kind(line, due) and same_points(line, due)


def same_named_cause(line: StatedMovement, due: Movement) -> bool:
    return line.cause is not None and same_kind(line, due)


def twin_key(line: StatedMovement) -> tuple[object, ...]:
    return (line.on, line.points, line.rule, line.cause)


# What a pair says


def confronted(pair: Pair, record: Record, state: State, as_of: date) -> Iterator[Finding]:
    """Nothing when the line is as the law wants it."""
    line, due = pair.line, pair.due
    if line is not None and due is not None:
        if not same_points(line, due):
            yield wrong_amount(line, due, state)
        if line.on != due.on:
            yield wrong_day(line, due)
    elif line is not None:
        yield double_entry(line) if pair.is_double else unjustified(line, record, state)
    elif due is not None and due.on <= as_of:
        yield not_stated(due)


def not_stated(due: Movement) -> Finding:
    said = phrase("not_stated", due.rule, on=due.on, points=due.points_seen, months=due.months or 0)
    return Finding(
        code=FindingCode.NOT_STATED, on=due.on, stated=None, expected=due, articles=due.articles, cause=due.cause, phrase=said
    )


def double_entry(line: StatedMovement) -> Finding:
    said = phrase("double_entry", direction(line.points), on=line.on, points=line.points)
    return unexpected(FindingCode.DOUBLE_ENTRY, line, articles_for(line), line.cause, said)


def wrong_amount(line: StatedMovement, due: Movement, state: State) -> Finding:
    offence = state.establishment.offences.get(due.cause or "")
    if due.rule is Rule.WITHDRAWAL and offence is not None and offence.points > -due.points and line.points < due.points:
        code, articles = FindingCode.CAP_BROKEN, articles_of(establishment.capped)
        said = phrase("cap_broken", "partly", on=line.on, stated=line.points, expected=due.points)
    else:
        code, articles = FindingCode.WRONG_AMOUNT, due.articles
        stated, wanted = direction(line.points), direction(due.points)
        key = stated if stated == wanted else f"{stated}_for_{wanted}"
        said = phrase("wrong_amount", key, on=line.on, stated=line.points, expected=due.points_seen)
    return Finding(code=code, on=line.on, stated=line, expected=due, articles=articles, cause=due.cause, phrase=said)


def wrong_day(line: StatedMovement, due: Movement) -> Finding:
    code, key = FindingCode.WRONG_DAY, str(due.rule)
    if due.rule not in (Rule.WITHDRAWAL, Rule.INITIAL):
        code = FindingCode.TOO_EARLY if line.on < due.on else FindingCode.TOO_LATE
        key = code
    said = phrase("wrong_day", key, on=line.on, points=line.points, due_on=due.on)
    return Finding(code=code, on=line.on, stated=line, expected=due, articles=due.articles, cause=due.cause, phrase=said)


def unjustified(line: StatedMovement, record: Record, state: State) -> Finding:
    """A line for which the law gives nothing: the reason, when the facts show one."""
    return unjustified_withdrawal(line, record, state) if line.points < 0 else unjustified_return(line, state)


def unjustified_withdrawal(line: StatedMovement, record: Record, state: State) -> Finding:
    code, articles, table, key = FindingCode.NOT_DUE, ARTICLES[Rule.WITHDRAWAL], "not_due", "withdrawal"
    offence = offence_behind(line, record, state)
    if offence is not None:
        if offence.fact_id in record.cancelled:
            code, articles, key = FindingCode.CANCELLED, articles_of(establishment.establishment), "cancelled"
        elif not offence.vehicle_needs_licence:
            articles, key = articles_of(establishment.establishment), "no_licence_needed"
        elif offence.established_on is None:
            articles, key = articles_of(establishment.establishment), "not_established"
        elif offence.points and offence.fact_id not in state.establishment.taken:
            code, articles = FindingCode.CAP_BROKEN, articles_of(establishment.capped)
            table, key = "cap_broken", "whole"
    committed_on = offence.committed_on if offence is not None else line.on
    said = phrase(table, key, on=line.on, points=line.points, stated=line.points, committed_on=committed_on)
    return unexpected(code, line, articles, offence.fact_id if offence is not None else line.cause, said)


def offence_behind(line: StatedMovement, record: Record, state: State) -> Offence | None:
    """The offence that the line names, else one that takes nothing though it was established that day for these points."""
    if line.cause is not None:
        return record.offence(line.cause)
    return next(
        (
            offence
            for offence in record.offences
            if offence.established_on == line.on
            and offence.points == -line.points
            and offence.fact_id not in state.establishment.taken
        ),
        None,
    )


def unjustified_return(line: StatedMovement, state: State) -> Finding:
    key, offence = obstacle(line, state) or ("return", None)
    committed_on, established_on = (offence.committed_on, offence.established_on) if offence is not None else (line.on, line.on)
    said = phrase(
        "not_due", key, on=line.on, points=line.points, committed_on=committed_on, established_on=established_on or line.on
    )
    return unexpected(FindingCode.NOT_DUE, line, articles_for(line), offence.fact_id if offence else line.cause, said)


def obstacle(line: StatedMovement, state: State) -> tuple[str, Offence] | None:
    """The offence that keeps a return from being due on that day, for a line that falls one period after an establishment."""
    offences = sorted(state.establishment.offences.values(), key=lambda offence: (offence.committed_on, offence.fact_id))
    for rule, loss in ((rule, loss) for rule in RETURN_PERIODS for loss in offences if falls_due(rule, loss, line, state)):
        since = loss.established_on or loss.committed_on
        new = [other for other in offences if other.established_on is None or other.established_on > since]
        for other in new:
            if since <= other.committed_on < line.on:
                return "broken", other
            if rule is Rule.RESTORATION and other.established_on is not None and other.established_on < line.on:
                return "restarted", other
    return None


def falls_due(rule: Rule, loss: Offence, line: StatedMovement, state: State) -> bool:
    """The line falls where ``rule`` would have given points back for ``loss``, had nothing come in between."""
    if loss.established_on is None or line.rule not in (None, rule):
        return False
    if rule is Rule.SINGLE_POINT_RETURN and state.establishment.taken.get(loss.fact_id) != 1:
        return False
    periods = {figure.in_force(loss.established_on) for figure in RETURN_PERIODS[rule]}
    return any(add_months(loss.established_on, months) == line.on for months in periods if months)


@under("L223-1", 1)
def wrong_balances(pairs: Iterable[Pair]) -> Iterator[Finding]:
    """Balances that are not the sum of the lines; each is then taken as stated, so that one mistake is told once.

    A stated zero may hide a debt: the sum starts again from the next balance.
    """
    running: int | None = None
    for line, due, _ in pairs:
        if line is None:
            continue
        running = summed(running, line, due)
        if line.balance is None:
            continue
        if running is not None and line.balance == max(running, 0):
            continue
        if running is not None:
            yield wrong_balance(line, max(running, 0))
        running = line.balance or None


def summed(running: int | None, line: StatedMovement, due: Movement | None) -> int | None:
    """The account after the line; None while the history has said neither its opening nor a balance."""
    if Rule.INITIAL in (line.rule, due.rule if due is not None else None):
        return line.points
    if running is None:
        return None
    seen_from_zero = due is not None and line.points == due.points_seen != due.points
    return (max(running, 0) if seen_from_zero else running) + line.points


def wrong_balance(line: StatedMovement, expected: int) -> Finding:
    return Finding(
        code=FindingCode.WRONG_BALANCE,
        on=line.on,
        stated=line,
        expected=None,
        expected_balance=expected,
        articles=articles_of(wrong_balances),
        cause=line.cause,
        phrase=phrase("wrong_balance", "sum", on=line.on, stated=line.balance or 0, expected=expected),
    )


def unexpected(code: FindingCode, line: StatedMovement, articles: tuple[str, ...], cause: str | None, said: Phrase) -> Finding:
    return Finding(code=code, on=line.on, stated=line, expected=None, articles=articles, cause=cause, phrase=said)


def articles_for(line: StatedMovement) -> tuple[str, ...]:
    """Those under which such a line could have been right."""
    if line.rule is not None:
        return ARTICLES[line.rule]
    return ARTICLES[Rule.WITHDRAWAL] if line.points < 0 else ANY_RETURN


def direction(points: int) -> str:
    return "withdrawal" if points < 0 else "return"
