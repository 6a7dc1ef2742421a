"""The rows that wait, each with what to do."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mespoints.desk.pages.frame import Frame
from mespoints.desk.wording import counted
from mespoints.feed.quarantine_rows import QuarantinedRow

AT_ONCE = 100
"""Rows on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLine:
    number: int
    file: int
    code: str
    line: int
    field: str | None
    found: str
    what_to_do: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Rows of one file that wait for one reason; how many there are beyond this page is said before they are put away."""

    file: int
    code: str
    what_to_do: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantinePage:
    frame: Frame
    note: str
    rows: tuple[RowLine, ...]
    alike: tuple[Alike, ...]
    """The reasons that several rows of this page share."""
    put_right: tuple[RowLine, ...]
    """Corrected rows that have not entered yet."""
    put_right_told: str
    next_after: int | None
    """The number after which the next page begins; None on the last."""


def quarantine_page(
    frame: Frame, rows: Sequence[QuarantinedRow], put_right: Sequence[QuarantinedRow] = (), note: str = ""
) -> QuarantinePage:
    """``rows`` and ``put_right`` may hold one more than a page, which tells that there is another."""
    shown = rows[:AT_ONCE]
    return QuarantinePage(
        frame=frame,
        note=note,
        rows=tuple(row_line(row) for row in shown),
        alike=alike(shown),
        put_right=tuple(row_line(row) for row in put_right[:AT_ONCE]),
        put_right_told=counted_to_a_page(put_right, "ligne corrigée attend d’entrer", "lignes corrigées attendent d’entrer"),
        next_after=shown[-1].id if len(rows) > AT_ONCE else None,
    )


def alike(rows: Sequence[QuarantinedRow]) -> tuple[Alike, ...]:
    shared = Counter((row.sequence, row.rejection.code, row.rejection.what_to_do) for row in rows)
    return tuple(
        Alike(file=sequence, code=code.value, what_to_do=what_to_do)
        for (sequence, code, what_to_do), number in shared.items()
        if number > 1
    )


def row_line(row: QuarantinedRow) -> RowLine:
    said = row.rejection
    return RowLine(
        number=row.id,
        file=row.sequence,
        code=said.code.value,
        line=said.line,
        field=said.field,
        found=said.found,
        what_to_do=said.what_to_do,
    )


def waiting_in_words(rows: Sequence[QuarantinedRow]) -> str | None:
    return counted_to_a_page(rows, "ligne attend", "lignes attendent") or None


def counted_to_a_page(rows: Sequence[QuarantinedRow], singular: str, plural: str) -> str:
    """Beyond a page, nobody reads the exact figure. Empty when there is none."""
    if not rows:
        return ""
    return f"Plus de {counted(AT_ONCE, singular, plural)}" if len(rows) > AT_ONCE else counted(len(rows), singular, plural)
