"""The projection brought up to date: records read by the thousand, replayed, written back, each chunk in its own transaction.

Killed at any point and called again, it ends with the same rows: what is already computed is skipped, the mark moves last.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from mespoints.operations.progress import Progress
from mespoints.register import projection
from mespoints.register.projection import Mark, Projected, Stored, Work, projected
from mespoints.register.records import NamelessRecord, records

STEP = "Situations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    work: Work
    stored: Stored
    unreadable: tuple[NamelessRecord, ...] = ()
    """Records left as they were, for one of their entries no longer reads."""
    strays: int = 0
    """Rows without any entry, removed: found by a rebuild only."""


def refresh(today: date, progress: Progress) -> Refreshed:
    """Those who received an entry since the last time, and those whose next change has come by ``today`` (included)."""
    aim = Mark(known_at=projection.latest_entry(), computed_on=today)
    last = projection.current_mark()
    if last is not None and last.computed_on > today:
        # The clock was ahead: what it took for past is still to come, and nobody would be looked at on the day.
        return rebuild(today, progress)
    return _computed(projection.touched_or_due(aim), aim, progress)


def rebuild(today: date, progress: Progress) -> Refreshed:
    """Everyone, from the entries alone. Rows are replaced one by one: the table is never empty for those who read it."""
    aim = Mark(known_at=projection.latest_entry(), computed_on=today)
    return _computed(projection.everyone(aim), aim, progress, strays=projection.remove_strays())


def _computed(work: Work, aim: Mark, progress: Progress, strays: int = 0) -> Refreshed:
    stored, unreadable = Stored(), []
    progress.begin(STEP, work.records)
    for holder_ids in projection.waiting():
        rows: list[Projected] = []
        with transaction.atomic():
            for each in records(holder_ids, aim.known_at):
                if each.record is None:
                    unreadable.append(each)
                else:
                    rows.append(projected(each.holder_id, each.record, aim.computed_on, aim.known_at))
            stored += projection.store(rows)
        progress.advance(len(holder_ids))
    projection.settle(aim)
    progress.end()
    return Refreshed(work=work, stored=stored, unreadable=tuple(unreadable), strays=strays)
