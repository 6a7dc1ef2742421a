"""Balances the source states, set beside what the law makes of the record. Neither is changed: the operator looks.

Safe to stop anywhere: a balance is confronted and counted in one transaction.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec
from django.db import connection, transaction

from mespoints.law.readings.explanation import explanation
from mespoints.law.readings.situation import situation
from mespoints.law.record import Record
from mespoints.law.replay import replay
from mespoints.law.state import State, Status
from mespoints.register.projection import latest_entry
from mespoints.register.records import internal_numbers, records

CHUNK = 1_000
"""Balances in memory at once."""

MOST_REASONS = 12
"""The latest movements kept of those that explain one difference."""


class Verdict(StrEnum):
    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN_HOLDER = "unknown_holder"
    UNREADABLE = "unreadable"
    """An entry of the record no longer reads: ``mespoints audit`` names it."""


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """A movement the source seems not to have made, or to have made otherwise. ``why`` is the sentence of the law, in French."""

    on: date
    points: int
    rule: str
    articles: tuple[str, ...]
    cause: str | None
    """``fact_id`` of the offence or of the course."""
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """``ours`` and ``status`` are None when the holder is unknown or his record does not read.

    ``agreed_until`` is the last day on which the law also gave what the source states, None when it never did; ``reasons`` are
    the movements since.
    """

    sequence: int | None
    line: int
    file_number: str
    on: date
    stated: int
    verdict: Verdict
    ours: int | None
    status: Status | None
    agreed_until: date | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """How many stated balances were confronted, and what came of them."""

    agreeing: int = 0
    differing: int = 0
    unknown_holder: int = 0

    @property
    def compared(self) -> int:
        return self.agreeing + self.differing + self.unknown_holder


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stated:
    id: int
    batch_id: int
    file_number: str
    on: date
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finding:
    verdict: Verdict
    ours: int | None = None
    status: Status | None = None
    agreed_until: date | None = None
    reasons: tuple[Reason, ...] = ()


def reconcile(now: datetime) -> Reconciliation:
    """Confronts every stated balance that has not been yet, with all that is known at this moment."""
    counts: Counter[Verdict] = Counter()
    while True:
        with transaction.atomic():
            chunk = _pending()
            if not chunk:
                break
            known_at = latest_entry()
            findings = dict(_findings(chunk, known_at))
            _keep(chunk, findings, known_at, now)
            counts.update(finding.verdict for finding in findings.values())
    return _figures(counts)


def report(sequence: int) -> Reconciliation | None:
    """What came of the balances stated by one file; None when it stated none, or they have not been confronted yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.agreeing, c.differing, c.unknown_holder from feed_reconciliation c"
            "  join feed_reception r on r.batch_id = c.batch_id where r.sequence = %s",
            [sequence],
        )
        row = cursor.fetchone()
    return Reconciliation(agreeing=row[0], differing=row[1], unknown_holder=row[2]) if row else None


def reports(sequences: Sequence[int]) -> dict[int, Reconciliation]:
    """The same for several files at once; those without a figure are left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select r.sequence, c.agreeing, c.differing, c.unknown_holder from feed_reconciliation c"
            "  join feed_reception r on r.batch_id = c.batch_id where r.sequence = any(%s)",
            [list(sequences)],
        )
        return {
            sequence: Reconciliation(agreeing=agreeing, differing=differing, unknown_holder=unknown)
            for sequence, agreeing, differing, unknown in cursor.fetchall()
        }


def total() -> Reconciliation:
    """Of all the balances ever confronted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(sum(agreeing), 0), coalesce(sum(differing), 0), coalesce(sum(unknown_holder), 0)"
            " from feed_reconciliation"
        )
        agreeing, differing, unknown = cursor.fetchone()
    return Reconciliation(agreeing=int(agreeing), differing=int(differing), unknown_holder=int(unknown))


def differences(after: int = 0, at_most: int = 1_000) -> Iterator[tuple[int, Difference]]:
    """Number and content of those kept, in order of arrival, from the one that follows number ``after``."""
    return _differences("s.id > %s order by s.id limit %s", [after, at_most])


def difference(number: int) -> Difference | None:
    """None when no difference has this number."""
    return next((found for _, found in _differences("s.id = %s", [number])), None)


def _differences(condition: str, parameters: Sequence[int]) -> Iterator[tuple[int, Difference]]:
    with connection.cursor() as cursor:
        cursor.execute(
            'select s.id, r.sequence, s.line, s.file_number, s."on", s.points, s.verdict, s.ours, s.status, s.agreed_until,'  # noqa: S608
            "       coalesce(s.reasons, '[]')::text"
            "  from feed_statedbalance s left join feed_reception r on r.batch_id = s.batch_id"
            f" where s.verdict is not null and {condition}",
            parameters,
        )
        rows = cursor.fetchall()
    for number, sequence, line, file_number, on, points, verdict, ours, status, agreed_until, reasons in rows:
        yield (
            number,
            Difference(
                sequence=sequence,
                line=line,
                file_number=file_number,
                on=on,
                stated=points,
                verdict=Verdict(verdict),
                ours=ours,
                status=Status(status) if status else None,
                agreed_until=agreed_until,
                reasons=tuple(msgspec.json.decode(reasons, type=list[Reason])),
            ),
        )


def _findings(chunk: Sequence[_Stated], known_at: int) -> Iterator[tuple[int, _Finding]]:
    numbers = internal_numbers([stated.file_number for stated in chunk])
    found = {nameless.holder_id: nameless.record for nameless in records(list(numbers.values()), known_at)}
    for stated in chunk:
        holder_id = numbers.get(stated.file_number)
        record = found.get(holder_id, _EMPTY) if holder_id is not None else None
        if holder_id is None:
            yield stated.id, _Finding(verdict=Verdict.UNKNOWN_HOLDER)
        elif record is None:
            yield stated.id, _Finding(verdict=Verdict.UNREADABLE)
        else:
            yield stated.id, _confronted(stated, record)


_EMPTY = Record.of(())


def _confronted(stated: _Stated, record: Record) -> _Finding:
    state = replay(record)
    ours = situation(state, stated.on)
    if ours.balance == stated.points:
        return _Finding(verdict=Verdict.AGREES)
    agreed_until = _agreed_until(state, stated)
    return _Finding(
        verdict=Verdict.DIFFERS,
        ours=ours.balance,
        status=ours.status,
        agreed_until=agreed_until,
        reasons=_reasons(state, record, agreed_until, stated.on),
    )


def _agreed_until(state: State, stated: _Stated) -> date | None:
    """Between two snapshots nothing moves: the day before the one that changed it."""
    end = stated.on
    for on in sorted({snapshot.on for snapshot in state.snapshots if snapshot.on <= stated.on}, reverse=True):
        if situation(state, on).balance == stated.points:
            return end
        end = on - timedelta(days=1)
    return None


def _reasons(state: State, record: Record, after: date | None, until: date) -> tuple[Reason, ...]:
    since = [each for each in explanation(state, record, until) if after is None or each.movement.on > after]
    return tuple(
        Reason(
            on=each.movement.on,
            points=each.movement.points,
            rule=each.movement.rule.value,
            articles=each.movement.articles,
            cause=each.movement.cause,
            why=each.why,
        )
        for each in since[-MOST_REASONS:]
    )


def _pending() -> list[_Stated]:
    """Locked: a second reconciliation takes the following ones."""
    with connection.cursor() as cursor:
        cursor.execute(
            'select id, batch_id, file_number, "on", points from feed_statedbalance where verdict is null'
            " order by id limit %s for update skip locked",
            [CHUNK],
        )
        return [
            _Stated(id=number, batch_id=batch_id, file_number=file_number, on=on, points=points)
            for number, batch_id, file_number, on, points in cursor.fetchall()
        ]


_ADD = """
insert into feed_reconciliation as r (batch_id, agreeing, differing, unknown_holder, known_at, reconciled_at)
values (%s, %s, %s, %s, %s, %s)
on conflict (batch_id) do update
   set agreeing = r.agreeing + excluded.agreeing, differing = r.differing + excluded.differing,
       unknown_holder = r.unknown_holder + excluded.unknown_holder,
       known_at = excluded.known_at, reconciled_at = excluded.reconciled_at
"""


def _keep(chunk: Sequence[_Stated], findings: dict[int, _Finding], known_at: int, now: datetime) -> None:
    """The figures of each batch; the differences; and nothing of what agrees."""
    by_batch: dict[int, Counter[Verdict]] = {}
    for stated in chunk:
        by_batch.setdefault(stated.batch_id, Counter())[findings[stated.id].verdict] += 1
    agreeing = [number for number, finding in findings.items() if finding.verdict is Verdict.AGREES]
    differing = [(number, finding) for number, finding in findings.items() if finding.verdict is not Verdict.AGREES]
    with connection.cursor() as cursor:
        for batch_id, counts in by_batch.items():
            figures = _figures(counts)
            cursor.execute(_ADD, [batch_id, figures.agreeing, figures.differing, figures.unknown_holder, known_at, now])
        cursor.execute("delete from feed_statedbalance where id = any(%s)", [agreeing])
        cursor.executemany(
            "update feed_statedbalance set verdict = %s, ours = %s, status = %s, agreed_until = %s, reasons = %s where id = %s",
            [_columns(number, finding) for number, finding in differing],
        )


def _columns(number: int, finding: _Finding) -> tuple[Any, ...]:
    return (
        finding.verdict.value,
        finding.ours,
        finding.status.value if finding.status else None,
        finding.agreed_until,
        msgspec.json.encode(finding.reasons).decode(),
        number,
    )


def _figures(counts: Counter[Verdict]) -> Reconciliation:
    return Reconciliation(
        agreeing=counts[Verdict.AGREES],
        differing=counts[Verdict.DIFFERS] + counts[Verdict.UNREADABLE],
        unknown_holder=counts[Verdict.UNKNOWN_HOLDER],
    )
