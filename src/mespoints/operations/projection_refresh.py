"""The projection brought up to date: records read by the thousand, replayed, written back, each chunk in its own transaction.

Killed at any point and called again, it ends with the same rows: what is already computed is skipped, the mark moves last.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from mespoints.operations.progress import Progress
from mespoints.register import projection
from mespoints.register.projection import Mark, Stored, Work, projected
from mespoints.register.records import records

STEP = "Situations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    work: Work
    stored: Stored
    strays: int = 0
    """Rows without any entry, removed: found by a rebuild only."""


def refresh(today: date, progress: Progress) -> Refreshed:
    """Those who received an entry since the last time, and those whose next change has come. ``today`` is included."""
    aim = Mark(known_at=projection.latest_entry(), computed_on=today)
    work = projection.touched_or_due(aim)
    return Refreshed(work=work, stored=_computed(work, aim, progress))


def rebuild(today: date, progress: Progress) -> Refreshed:
    """Everyone, from the entries alone. Rows are replaced one by one: the table is never empty for those who read it."""
    aim = Mark(known_at=projection.latest_entry(), computed_on=today)
    work = projection.everyone(aim)
    stored = _computed(work, aim, progress)
    return Refreshed(work=work, stored=stored, strays=projection.remove_strays())


def _computed(work: Work, aim: Mark, progress: Progress) -> Stored:
    total = Stored()
    progress.begin(STEP, work.records)
    for holder_ids in projection.waiting():
        with transaction.atomic():
            rows = [projected(holder_id, record, aim.computed_on, aim.known_at) for holder_id, record in records(holder_ids, aim.known_at)]
            total += projection.store(rows)
        progress.advance(len(holder_ids))
    projection.settle(aim)
    progress.end()
    return total
