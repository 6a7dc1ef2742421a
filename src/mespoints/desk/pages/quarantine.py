"""The rows that wait, each with what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from mespoints.desk.pages.frame import Frame
from mespoints.desk.wording import counted
from mespoints.feed.quarantine import QuarantinedRow

AT_ONCE = 100
"""Rows on one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLine:
    file: int
    code: str
    line: int
    field: str | None
    found: str
    what_to_do: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantinePage:
    frame: Frame
    rows: tuple[RowLine, ...]
    next_after: int | None
    """The number after which the next page begins; None on the last."""


def quarantine_page(frame: Frame, rows: Sequence[QuarantinedRow]) -> QuarantinePage:
    """``rows`` may hold one more than a page, which tells that there is another."""
    shown = rows[:AT_ONCE]
    return QuarantinePage(
        frame=frame,
        rows=tuple(row_line(row) for row in shown),
        next_after=shown[-1].id if len(rows) > AT_ONCE else None,
    )


def row_line(row: QuarantinedRow) -> RowLine:
    said = row.rejection
    return RowLine(
        file=row.sequence, code=said.code.value, line=said.line, field=said.field, found=said.found, what_to_do=said.what_to_do
    )


def waiting_in_words(rows: Sequence[QuarantinedRow]) -> str | None:
    """Counted up to a page: beyond, nobody reads the exact figure."""
    if not rows:
        return None
    if len(rows) > AT_ONCE:
        return f"Plus de {counted(AT_ONCE, 'ligne attend', 'lignes attendent')}"
    return counted(len(rows), "ligne attend", "lignes attendent")
