"""Erasure that the law orders (L225-2 of the Code de la route): what goes, when, and what is left in its place.

- I and II: convictions, compositions, fixed fines and measures go once ten years have passed without a new decision, measure or
  established offence. A suspension counts until its last day; an offence not yet established, from the day it was committed.
- III: an annulled measure goes the day it is annulled. Here the measure is the withdrawal of points: it is recomputed from the
  facts, stored nowhere, and stops being computed when ``decision_cancelled`` enters. The offence itself is a cause: ten years.
- IV: a permanent ban, at 80. No row of the feed tells a permanent ban from another, so nothing goes on that ground. After a
  death (state 07) no decision can come, and the ten years of I run to their end.
- V: changes in the number of points go after three years. None is stored: a movement is what the law makes of causes
  that are still kept, each time somebody looks; the projection holds today's balance and no past one.
- VI: applications for a licence, two years. The register has none.

Nothing goes that still decides the balance, the ceiling or the state of the account today or on a later day (a ten-year return
to come, an invalidation without a new licence): the record is replayed with and without. Such holders are counted as kept.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.utils import DataError, ProgrammingError

from mespoints.law.calendar import add_months
from mespoints.law.facts import Fact, InvalidationNotified, JudicialAnnulment, LicenceObtained, PostLicenceTraining
from mespoints.law.readings.situation import Situation, situation
from mespoints.law.record import Record
from mespoints.law.replay import replay
from mespoints.register.consultation import facts_of
from mespoints.register.entries import EntryKind, Mark
from mespoints.register.registration import exclusive

ROLE = "mespoints_retention"
TEN_YEARS = 120
"""Months (L225-2 I)."""

_CHUNK = 5_000
"""Internal numbers looked at in one transaction."""


class RetentionRoleAbsent(RuntimeError):
    """The role does not exist, or this account may not take it: nothing was erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionReport:
    """What is to go on day ``on``, or what went. ``holders_kept``: due, but their entries still decide what they have."""

    on: date
    holders_due: int = 0
    holders_erased: int = 0
    entries_erased: int = 0
    holders_kept: int = 0


class _Due(NamedTuple):
    holder_id: int
    facts: list[Fact]


_NO_CAUSE = f"'{EntryKind.LICENCE_OBTAINED}', '{EntryKind.POST_LICENCE_TRAINING}', '{Mark.ERASED}'"

# Days are compared as texts: YYYY-MM-DD sorts as the calendar does.
_DUE = f"""
with standing as (
    select distinct on (holder_id, fact_id) holder_id, id, kind, body, recorded_on from register_entry
     where holder_id >= %(first)s and holder_id < %(end)s order by holder_id, fact_id, version desc
), counted as (
    select holder_id,
           max(case when kind = '{EntryKind.OFFENCE}' then coalesce(body ->> 'established_on', body ->> 'committed_on')
                    when kind = '{EntryKind.SUSPENSION}' then body ->> 'until'
                    when kind = '{Mark.RETRACTION}' then recorded_on::text
                    when kind not in ({_NO_CAUSE}, '{EntryKind.COURSE}') then body ->> 'on' end) as last_decision,
           bool_or(kind not in ({_NO_CAUSE})) as has_causes
      from standing group by holder_id
)
select c.holder_id,
       (select json_agg(json_build_array(e.kind, e.fact_id, e.recorded_on, e.body) order by e.id)::text
          from register_entry e where e.holder_id = c.holder_id)
  from counted c where c.has_causes and c.last_decision <= %(limit)s order by c.holder_id
"""  # noqa: S608 - constants only

_GONE = f"""
select count(*) from register_entry
 where holder_id = %(holder)s and fact_id <> all(%(kept)s) and kind <> '{Mark.ERASED}'
"""  # noqa: S608 - constants only

_ERASE = f"""
update register_entry
   set kind = '{Mark.ERASED}', body = jsonb_build_object('erasure', %(erasure)s::bigint), salt = null
 where holder_id = %(holder)s and fact_id <> all(%(kept)s) and kind <> '{Mark.ERASED}'
"""  # noqa: S608 - constants only

_CARDS = (
    "delete from register_licence where holder_id = %(holder)s and fact_id <> all(%(kept)s)",
    "delete from register_formertitle where holder_id = %(holder)s and fact_id <> all(%(kept)s)",
)


def due(on: date) -> RetentionReport:
    """The dry run: what would go on day ``on``. Changes nothing."""
    report = RetentionReport(on=on)
    for first in _starts():
        with connection.cursor() as cursor:
            report = _added(report, [_counted(cursor, found, on) for found in _found(first, on)])
    return report


def erase(on: date, now: datetime) -> RetentionReport:
    """Replaces by a tombstone the body of each entry that is to go on day ``on``, by small transactions: safe to run again.

    Raises ``RetentionRoleAbsent`` when this account may not take the role that erases.
    """
    report = RetentionReport(on=on)
    for first in _starts():
        with exclusive(), _as_retention():
            report = _added(report, _erased(list(_found(first, on)), on, now))
    return report


class _Outcome(NamedTuple):
    is_kept: bool
    entries: int


def _added(report: RetentionReport, outcomes: list[_Outcome]) -> RetentionReport:
    kept = sum(outcome.is_kept for outcome in outcomes)
    return RetentionReport(
        on=report.on,
        holders_due=report.holders_due + len(outcomes),
        holders_erased=report.holders_erased + len(outcomes) - kept,
        entries_erased=report.entries_erased + sum(outcome.entries for outcome in outcomes),
        holders_kept=report.holders_kept + kept,
    )


def _erased(found: list[_Due], on: date, now: datetime) -> list[_Outcome]:
    outcomes = []
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence('register_erasure', 'id'))")
        erasure = cursor.fetchone()[0]
        for holder in found:
            kept = _kept(holder.facts, on)
            if kept is None:
                outcomes.append(_Outcome(is_kept=True, entries=0))
                continue
            parameters = {"holder": holder.holder_id, "kept": kept, "erasure": erasure}
            cursor.execute(_ERASE, parameters)
            outcomes.append(_Outcome(is_kept=False, entries=cursor.rowcount))
            for statement in _CARDS:
                cursor.execute(statement, parameters)
        gone = [outcome for outcome in outcomes if not outcome.is_kept]
        if gone:
            cursor.execute(
                "insert into register_erasure (id, run_on, ran_at, holders, entries) values (%s, %s, %s, %s, %s)",
                [erasure, on, now, len(gone), sum(outcome.entries for outcome in gone)],
            )
    return outcomes


def _counted(cursor: CursorWrapper, holder: _Due, on: date) -> _Outcome:
    kept = _kept(holder.facts, on)
    if kept is None:
        return _Outcome(is_kept=True, entries=0)
    cursor.execute(_GONE, {"holder": holder.holder_id, "kept": kept})
    return _Outcome(is_kept=False, entries=cursor.fetchone()[0])


def _starts() -> range:
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(max(id), 0) from register_holder")
        return range(1, cursor.fetchone()[0] + 1, _CHUNK)


def _found(first: int, on: date) -> Iterator[_Due]:
    limit = add_months(on, -TEN_YEARS).isoformat()
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"first": first, "end": first + _CHUNK, "limit": limit})
        rows = cursor.fetchall()
    for holder_id, entries in rows:
        yield _Due(holder_id, facts_of(entries))


def _kept(facts: list[Fact], on: date) -> list[str] | None:
    """The identifiers of the facts that stay; None when erasing would change what the holder has on ``on`` or later.

    A licence ended by a decision that goes, goes with it once another licence stands: alone, it would tell of the decision.
    """
    present = _to_come(facts, on)
    obtained = [fact for fact in facts if isinstance(fact, LicenceObtained | PostLicenceTraining)]
    last = max((fact.on for fact in obtained if isinstance(fact, LicenceObtained)), default=on)
    is_ended = any(isinstance(fact, InvalidationNotified | JudicialAnnulment) and fact.on <= last for fact in facts)
    since_then = [fact for fact in obtained if fact.on >= last]
    for attempt in (since_then, obtained) if is_ended else (obtained,):
        if _to_come(attempt, on) == present:
            return [fact.fact_id for fact in attempt]
    return None


def _to_come(facts: Iterable[Fact], on: date) -> list[Situation]:
    """Where the holder stands on ``on``, then on each later day on which something differs from the day before it."""
    state = replay(Record.of(facts))
    told = [situation(state, on)]
    for day in sorted({snapshot.on for snapshot in state.snapshots if snapshot.on > on}):
        later = situation(state, day)
        if _what(later) != _what(told[-1]):
            told.append(later)
    return told


def _what(situation: Situation) -> tuple[object, ...]:
    return situation.account, situation.ceiling, situation.status, situation.probation_ends_on


@contextmanager
def _as_retention() -> Iterator[None]:
    """Inside a transaction: this account lays its own rights down and takes those of the role."""
    with connection.cursor() as cursor:
        try:
            cursor.execute(f"set local role {ROLE}")
        except (DataError, ProgrammingError) as error:
            raise RetentionRoleAbsent(
                f"Ce compte ne peut prendre le rôle {ROLE} : créez les rôles et donnez-le-lui, voir docs/operations-roles.md."
            ) from error
    yield
    with connection.cursor() as cursor:
        cursor.execute("set local role none")
