"""The projection: where each record stands, so that a night looks at those who moved or are about to, and at nobody else.

It can be computed again from the entries at any time; ``mespoints audit`` says where it differs from them. A page, a document
or an alert never reads it: they replay the record.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.db import connection, transaction

from mespoints.law.readings.situation import Situation, situation
from mespoints.law.record import Record
from mespoints.law.replay import replay
from mespoints.law.state import State, Status

CHUNK = 1_000
"""Records in memory at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Projected:
    """One row. ``next_change_on`` is after ``computed_on``, or None when nothing more is to come."""

    holder_id: int
    account: int
    balance: int
    ceiling: int | None
    status: Status
    probation_ends_on: date | None
    next_change_on: date | None
    known_at: int
    computed_on: date

    @property
    def said(self) -> tuple[object, ...]:
        """What it says of the record, whenever it was computed."""
        return self.account, self.balance, self.ceiling, self.status, self.probation_ends_on, self.next_change_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Whom a refresh looks at. A record both touched and due counts as touched."""

    touched: int
    due: int

    @property
    def records(self) -> int:
        return self.touched + self.due


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """``first_seen`` had no row before; ``changed`` had one that said something else of their points, status or probation."""

    first_seen: int = 0
    changed: int = 0

    def __add__(self, other: "Stored") -> "Stored":
        return Stored(first_seen=self.first_seen + other.first_seen, changed=self.changed + other.changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Every entry up to ``known_at`` and every change due by ``computed_on``, both included, is counted in the projection."""

    known_at: int
    computed_on: date


def projected(holder_id: int, record: Record, today: date, known_at: int) -> Projected:
    """What the law makes of the record at the end of ``today``."""
    state = replay(record)
    present = situation(state, today)
    return Projected(
        holder_id=holder_id,
        account=present.account,
        balance=present.balance,
        ceiling=present.ceiling,
        status=present.status,
        probation_ends_on=present.probation_ends_on,
        next_change_on=_next_change(state, present),
        known_at=known_at,
        computed_on=today,
    )


def _next_change(state: State, present: Situation) -> date | None:
    """The state keeps a snapshot of every moment at which something may differ."""
    for snapshot in state.snapshots[bisect_right(state.snapshots, present.on, key=_day) :]:
        if _told(situation(state, snapshot.on)) != _told(present):
            return snapshot.on
    return None


_day = attrgetter("on")


def _told(situation: Situation) -> tuple[object, ...]:
    return situation.account, situation.ceiling, situation.status, situation.probation_ends_on


_FIELDS = "holder_id, account, balance, ceiling, status, probation_ends_on, next_change_on, known_at, computed_on"
_SITUATION = "account, balance, ceiling, status, probation_ends_on"
_NEW_WORK = "create temporary table projection_work (holder_id bigint primary key, is_touched boolean not null)"
_ANALYZE = "analyze projection_work"

# A record that an interrupted refresh has already computed is not computed twice.
_TOUCHED = """
insert into projection_work
select e.holder_id, true
  from (select distinct holder_id from register_entry
         where id > coalesce((select entry_number from register_projectionmark), 0) and id <= %(known_at)s) e
  left join register_projection p on p.holder_id = e.holder_id
 where p.holder_id is null or p.known_at < %(known_at)s or p.computed_on < %(today)s
"""
_DUE = """
insert into projection_work
select holder_id, false from register_projection where next_change_on <= %(today)s
on conflict do nothing
"""
_EVERYONE = "insert into projection_work select distinct holder_id, true from register_entry where id <= %(known_at)s"


def latest_entry() -> int:
    """The number at which everything entered now is known; 0 in an empty register."""
    with connection.cursor() as cursor:
        cursor.execute("select coalesce((select last_entry from register_batch order by id desc limit 1), 0)")
        return int(cursor.fetchone()[0])


def current_mark() -> Mark | None:
    """None before the first refresh."""
    with connection.cursor() as cursor:
        cursor.execute("select entry_number, computed_on from register_projectionmark")
        row = cursor.fetchone()
    return Mark(known_at=row[0], computed_on=row[1]) if row else None


def touched_or_due(aim: Mark) -> Work:
    """Lists, for ``waiting``, those who received an entry since the current mark and those whose next change has come."""
    return _listed((_NEW_WORK, _TOUCHED, _DUE, _ANALYZE), aim)


def everyone(aim: Mark) -> Work:
    """Lists every record that has an entry."""
    return _listed((_NEW_WORK, _EVERYONE, _ANALYZE), aim)


def waiting() -> Iterator[list[int]]:
    """The internal numbers just listed, in order, by chunks. The list is of this connection, and goes with it."""
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "select holder_id from projection_work where holder_id > %s order by holder_id limit %s", [after, CHUNK]
            )
            chunk = [holder_id for (holder_id,) in cursor.fetchall()]
        if not chunk:
            return
        yield chunk
        after = chunk[-1]


def store(rows: Sequence[Projected]) -> Stored:
    """By COPY and one merge, whatever their number."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("create temporary table arriving_projection (like register_projection) on commit drop")
        with cursor.copy(f"copy arriving_projection ({_FIELDS}) from stdin") as copy:
            for row in rows:
                copy.write_row(_columns(row))
        cursor.execute(
            f"""select count(*) filter (where p.holder_id is null),
                       count(*) filter (where p.holder_id is not null and row({_of("a")}) is distinct from row({_of("p")}))
                  from arriving_projection a left join register_projection p on p.holder_id = a.holder_id"""  # noqa: S608 - constants only
        )
        first_seen, changed = cursor.fetchone()
        cursor.execute(
            f"""insert into register_projection ({_FIELDS}) select {_FIELDS} from arriving_projection
                on conflict (holder_id) do update set ({_FIELDS}) = row({_of("excluded", _FIELDS)})"""  # noqa: S608 - constants only
        )
        cursor.execute("drop table arriving_projection")
    return Stored(first_seen=first_seen, changed=changed)


def settle(mark: Mark) -> None:
    """The list is done: the next refresh starts after ``mark``."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into register_projectionmark (id, entry_number, computed_on) values (1, %s, %s)"
            " on conflict (id) do update set entry_number = excluded.entry_number, computed_on = excluded.computed_on",
            [mark.known_at, mark.computed_on],
        )
        cursor.execute("drop table if exists pg_temp.projection_work")


def remove_strays() -> int:
    """Rows of records without any entry: nothing of ours writes them. Gives their number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from register_projection p where not exists (select from register_entry e where e.holder_id = p.holder_id)"
        )
        return int(cursor.rowcount)


def stored(first: int, end: int) -> dict[int, Projected]:
    """The rows of the internal numbers from ``first`` to ``end`` (excluded)."""
    with connection.cursor() as cursor:
        cursor.execute(f"select {_FIELDS} from register_projection where holder_id >= %s and holder_id < %s", [first, end])  # noqa: S608 - constants only
        return {row[0]: _row(row) for row in cursor.fetchall()}


def _listed(statements: tuple[str, ...], aim: Mark) -> Work:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("drop table if exists pg_temp.projection_work")
        for statement in statements:
            cursor.execute(statement, {"known_at": aim.known_at, "today": aim.computed_on})
        cursor.execute("select count(*) filter (where is_touched), count(*) filter (where not is_touched) from projection_work")
        touched, due = cursor.fetchone()
    return Work(touched=touched, due=due)


def _of(alias: str, fields: str = _SITUATION) -> str:
    return ", ".join(f"{alias}.{field}" for field in fields.split(", "))


def _columns(row: Projected) -> tuple[object, ...]:
    return (
        row.holder_id,
        row.account,
        row.balance,
        row.ceiling,
        str(row.status),
        row.probation_ends_on,
        row.next_change_on,
        row.known_at,
        row.computed_on,
    )


def _row(columns: Sequence[Any]) -> Projected:
    holder_id, account, balance, ceiling, status, probation_ends_on, next_change_on, known_at, computed_on = columns
    return Projected(
        holder_id=holder_id,
        account=account,
        balance=balance,
        ceiling=ceiling,
        status=Status(status),
        probation_ends_on=probation_ends_on,
        next_change_on=next_change_on,
        known_at=known_at,
        computed_on=computed_on,
    )
