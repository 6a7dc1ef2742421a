"""What becomes of a row whose fact is spoken of more than once: here, in the same file, or by a correction or a retraction.

The rows of one fact are judged in the order of their lines, as a clerk would:
- a row that says what the register says already is *known*;
- an offence entered un-established may be established later by a row that differs in nothing else: a new version enters;
- a correction or a retraction enters as a new version of a fact that is there;
- any other second content of one ``fact_id`` is a conflict, and the first content stands.
The reason of a correction or of a retraction is not compared: the same content for another reason is the same content.
What the law erased stays erased: whatever speaks of it again is known.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import msgspec
from django.db import connection

from mespoints.register.arrivals import Refused
from mespoints.register.entries import ESTABLISHMENT_KEYS, REASON_KEY, EntryKind, Mark
from mespoints.register.staging import Act

KNOWN = "known"
_ROWS_AT_ONCE = 10_000

_CONTESTED = (
    f"""create temporary table contested on commit drop as
        select p.line, p.holder_id, p.fact_id, p.act, p.kind, p.body from placed p
         where p.act <> '{Act.STATEMENT}'
            or exists (select from register_entry e where e.holder_id = p.holder_id and e.fact_id = p.fact_id)""",  # noqa: S608
    # Not "or" in the statement above: PostgreSQL would then look at every fact of the file the slow way.
    f"""insert into contested
        select p.line, p.holder_id, p.fact_id, p.act, p.kind, p.body
          from placed p
          join (select holder_id, fact_id from placed group by holder_id, fact_id having count(*) > 1) several
               using (holder_id, fact_id)
         where p.act = '{Act.STATEMENT}'
           and not exists (select from register_entry e where e.holder_id = p.holder_id and e.fact_id = p.fact_id)""",  # noqa: S608
    "analyze contested",
    # A content once entered is known for ever, whatever came after: a file sent again undoes nothing.
    f"""insert into set_aside (line, verdict)
        select c.line, '{KNOWN}' from contested c
         where c.act = '{Act.STATEMENT}'
           and exists (select from register_entry e where e.holder_id = c.holder_id and e.fact_id = c.fact_id
                          and ((e.kind = c.kind and e.body - '{REASON_KEY}' = c.body) or e.kind = '{Mark.ERASED}'))""",  # noqa: S608
    "create temporary table ruling (line bigint primary key, version smallint not null) on commit drop",
)

_TO_JUDGE = f"""
declare to_judge no scroll cursor for
select c.holder_id, c.fact_id, c.line, c.act, c.kind, (c.body - '{REASON_KEY}')::text,
       s.kind, (s.body - '{REASON_KEY}')::text, s.version,
       case when s.kind <> 'retraction' then s.kind
            else (select e.kind from register_entry e
                   where e.holder_id = c.holder_id and e.fact_id = c.fact_id order by e.version limit 1) end
  from contested c
  left join lateral (select e.kind, e.body, e.version from register_entry e
                      where e.holder_id = c.holder_id and e.fact_id = c.fact_id order by e.version desc limit 1) s on true
 where not exists (select from set_aside x where x.line = c.line)
 order by c.holder_id, c.fact_id, c.line
"""  # noqa: S608 - constants only


class _Content(NamedTuple):
    """Bodies are compared as PostgreSQL writes them, which is the same for the same content; without their reason."""

    kind: str
    body: str


class _Version(NamedTuple):
    content: _Content
    number: int


class _Row(NamedTuple):
    holder_id: int
    fact_id: str
    line: int
    act: str
    kind: str
    body: str
    standing_kind: str | None
    standing_body: str | None
    standing_version: int | None
    standing_as: str | None
    """The kind of the fact, even while it is retracted."""


def rule() -> None:
    """Judges the contested rows of ``placed``: those that enter go to ``ruling`` with a version, the others to ``set_aside``."""
    with connection.cursor() as cursor:
        for statement in _CONTESTED:
            cursor.execute(statement)
        cursor.execute(_TO_JUDGE)
    judged: list[tuple[int, int | str]] = []
    for _, rows in groupby(_rows(), key=itemgetter(0, 1)):
        judged.extend(_judged(list(rows)))
        if len(judged) >= _ROWS_AT_ONCE:
            _write(judged)
            judged = []
    _write(judged)
    with connection.cursor() as cursor:
        cursor.execute("close to_judge")
        cursor.execute("analyze ruling")


def _rows() -> Iterator[_Row]:
    while True:
        with connection.cursor() as cursor:
            cursor.execute(f"fetch {_ROWS_AT_ONCE} from to_judge")
            rows = cursor.fetchall()
        if not rows:
            return
        yield from map(_Row._make, rows)


def _judged(rows: list[_Row]) -> Iterator[tuple[int, int | str]]:
    """For each row of one fact, the version it enters as, or why it does not."""
    standing, kind = _standing(rows[0]), rows[0].standing_as
    entered: set[_Content] = set()
    for row in rows:
        content = _Content(row.kind, row.body)
        verdict = _verdict(Act(row.act), content, standing, kind, content in entered)
        if verdict is None:
            standing = _Version(content, standing.number + 1 if standing else 1)
            entered.add(content)
            kind = kind or row.kind
            yield row.line, standing.number
        else:
            yield row.line, verdict


def _standing(row: _Row) -> _Version | None:
    if row.standing_kind is None or row.standing_body is None or row.standing_version is None:
        return None
    return _Version(_Content(row.standing_kind, row.standing_body), row.standing_version)


def _verdict(act: Act, content: _Content, standing: _Version | None, kind: str | None, is_entered: bool) -> str | None:  # noqa: FBT001
    """Why a row does not enter; None when it does."""
    if standing is None:
        return None if act is Act.STATEMENT else Refused.UNKNOWN_FACT
    if standing.content.kind == Mark.ERASED:
        return KNOWN
    match act:
        case Act.STATEMENT:
            if is_entered:
                return KNOWN
            return None if _establishes(content, standing.content) else Refused.CONFLICT
        case Act.RETRACTION:
            return KNOWN if standing.content.kind == Mark.RETRACTION else None
        case Act.CORRECTION:
            if content == standing.content:
                return KNOWN
            return None if content.kind == kind else Refused.CONFLICT


def _establishes(content: _Content, standing: _Content) -> bool:
    if not content.kind == standing.kind == EntryKind.OFFENCE:
        return False
    later, earlier = msgspec.json.decode(content.body), msgspec.json.decode(standing.body)
    if earlier["established_on"] is not None or later["established_on"] is None:
        return False
    return all(later[key] == earlier[key] for key in later if key not in ESTABLISHMENT_KEYS)


def _write(judged: list[tuple[int, int | str]]) -> None:
    with connection.cursor() as cursor:
        with cursor.copy("copy ruling (line, version) from stdin") as copy:
            for line, verdict in judged:
                if isinstance(verdict, int):
                    copy.write_row((line, verdict))
        with cursor.copy("copy set_aside (line, verdict) from stdin") as copy:
            for line, verdict in judged:
                if isinstance(verdict, str):
                    copy.write_row((line, str(verdict)))
