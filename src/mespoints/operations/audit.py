"""Everything computed again from the entries, and set beside what is kept: chains, numbers, situations, anchors, traces.

Ranges of records are given to parallel processes; each reads them in bounded chunks and answers with what differs.
"""

import multiprocessing
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from django.db import connection, transaction

from mespoints.access_log.segments import verify_segments
from mespoints.operations.child import start_django
from mespoints.operations.progress import Progress
from mespoints.register import chain, projection
from mespoints.register.anchors import verify_anchors
from mespoints.register.projection import Mark, Projected, projected
from mespoints.register.records import NamelessRecord, records, records_between

RANGE = 5_000
"""Internal numbers in one piece of work."""
STEP = "Vérification"

# The processes are what is parallel; a piece is sorted in memory.
_SESSION = ("set local max_parallel_workers_per_gather = 0", "set local work_mem = '64MB'", "set local jit = off")

NEVER_PROJECTED = "Les situations n’ont jamais été calculées : lancez « mespoints night », puis cette vérification."


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Holders, or entries, whose number goes from ``first`` to ``end`` (excluded); ``mark`` is what the projection should say."""

    first: int
    end: int
    mark: Mark | None
    are_entries: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """``findings`` are sentences, each with the internal number of the record and the number of the entry."""

    records: int = 0
    findings: tuple[str, ...] = ()


def audit(processes: int, progress: Progress, anchors_copy: Mapping[int, bytes] | None = None) -> Iterator[Verified]:
    """Each piece verified, in order; then the anchors, beside a copy kept elsewhere too. One process: this one."""
    mark = projection.current_mark()
    holders_end, entries_end = chain.ends()
    pieces = [*_pieces(1, holders_end, mark), *_pieces(1, entries_end, mark, are_entries=True)]
    if mark is None and holders_end > 1:
        yield Verified(findings=(NEVER_PROJECTED,))
    progress.begin(STEP, holders_end - 1)
    for piece, verified in zip(pieces, _all_verified(pieces, processes), strict=True):
        progress.advance(0 if piece.are_entries else piece.end - piece.first)
        yield verified
    yield Verified(findings=tuple(finding.sentence for finding in verify_anchors(anchors_copy or {})))
    yield Verified(findings=tuple(finding.sentence for finding in verify_segments()))
    progress.end()


def verified(piece: Piece) -> Verified:
    with transaction.atomic(), connection.cursor() as cursor:
        for setting in _SESSION:
            cursor.execute(setting)
        return _verified(piece)


def _verified(piece: Piece) -> Verified:
    if piece.are_entries:
        return Verified(findings=tuple(finding.sentence for finding in chain.verify_numbers(piece.first, piece.end)))
    found = [finding.sentence for finding in chain.verify(piece.first, piece.end)]
    if piece.mark is None:
        return Verified(findings=tuple(found))
    count, differing = _set_beside(piece.first, piece.end, piece.mark)
    return Verified(records=count, findings=(*found, *differing))


def _set_beside(first: int, end: int, mark: Mark) -> tuple[int, list[str]]:
    """The records as known at the mark, replayed, beside their rows."""
    kept = projection.stored(first, end)
    count, found = 0, []
    for each in records_between(first, end, mark.known_at):
        count += 1
        row = kept.pop(each.holder_id, None)
        if row is not None and (row.known_at > mark.known_at or row.computed_on > mark.computed_on):
            # A refresh under way, or interrupted, wrote it already.
            each, day, known_at = next(records([each.holder_id], row.known_at)), row.computed_on, row.known_at  # noqa: PLW2901
        else:
            day, known_at = mark.computed_on, mark.known_at
        found += _difference(each, row, Mark(known_at=known_at, computed_on=day))
    # What is left has no entry as known at the mark; a refresh under way may have met their first one since.
    strays = [row for row in kept.values() if row.known_at <= mark.known_at]
    found += [f"Dossier interne {row.holder_id} : une situation est gardée, aucune écriture ne la fonde." for row in strays]
    return count, found


def _difference(read: NamelessRecord, row: Projected | None, mark: Mark) -> list[str]:
    whose = f"Dossier interne {read.holder_id}, écriture {read.last_entry}"
    if read.record is None:
        return [f"{whose} : l’une de ses écritures ne se lit plus."]
    if row is None:
        return [f"{whose} : aucune situation n’est gardée."]
    right = projected(read.holder_id, read.record, mark.computed_on, mark.known_at)
    if right.said == row.said:
        return []
    return [f"{whose} : la situation gardée dit {_said(row)}, les écritures disent {_said(right)}."]


def _said(row: Projected) -> str:
    ceiling = "sans plafond" if row.ceiling is None else f"plafond {row.ceiling}"
    probation = "sans probatoire" if row.probation_ends_on is None else f"probatoire jusqu’au {row.probation_ends_on}"
    change = "plus de changement" if row.next_change_on is None else f"changement le {row.next_change_on}"
    return f"« solde {row.balance}, compte {row.account}, {ceiling}, {row.status}, {probation}, {change} »"


def _pieces(first: int, end: int, mark: Mark | None, *, are_entries: bool = False) -> Iterator[Piece]:
    step = RANGE * 10 if are_entries else RANGE
    for start in range(first, end, step):
        yield Piece(first=start, end=min(start + step, end), mark=mark, are_entries=are_entries)


def _all_verified(pieces: list[Piece], processes: int) -> Iterator[Verified]:
    if processes == 1:
        yield from map(verified, pieces)
        return
    # Not forked: a child must not share the connections of its parent.
    context = multiprocessing.get_context("spawn")
    database = connection.settings_dict["NAME"]
    with ProcessPoolExecutor(processes, mp_context=context, initializer=start_django, initargs=(database,)) as pool:
        try:
            yield from pool.map(verified, pieces)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
