"""The chain of each record: every entry carries a fingerprint of what it says and of the entry before it.

An entry altered, removed or put elsewhere breaks the chain at a place that ``verify`` names. An erased entry keeps its
fingerprint, so that what follows still verifies. Whoever can rewrite a whole chain and its head leaves no trace here: that is
what the roles and the triggers forbid, and what ``anchors`` kept elsewhere show.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from mespoints.register.entries import Mark

_CHUNK = 20_000
"""Holders verified by one statement."""

_NUMBERS = 200_000
"""Entry numbers verified by one statement."""


def fingerprinted(alias: str) -> str:
    """SQL of the bytes of an entry that its fingerprint covers, from the columns of ``alias`` (and its ``file_number``).

    Every part before the identifier has a form without the separator (character 31); the length of the identifier and the
    opening brace of the body do the rest: two different entries never give the same bytes.
    """
    columns = ("file_number", "position", "version", "kind", "recorded_on - date '2000-01-01'", "salt")
    parts = ", ".join(f"{alias}.{column}" for column in columns)
    text = f"concat_ws(chr(31), {parts}, length({alias}.fact_id), {alias}.fact_id, {alias}.body)"
    return f"convert_to({text}, 'UTF8')"


class ChainFault(StrEnum):
    ALTERED = "altered"
    """What the entry says, or where it stands, is not what was fingerprinted."""
    MISSING = "missing"
    """Entries that stood before this one (or at the end, when it is the last that the head knows) are gone."""
    REORDERED = "reordered"
    """It does not stand after the entry it followed."""
    HEAD = "head"
    """The head of the chain does not name the last entry."""
    UNWARRANTED_ERASURE = "unwarranted_erasure"
    """A tombstone that no run of the retention accounts for."""
    OUTSIDE_ITS_BATCH = "outside_its_batch"
    """Its number or its moment of entry is not of the batch it names."""


_SENTENCES = {
    ChainFault.ALTERED: "l’écriture n’est plus celle qui a été enregistrée",
    ChainFault.MISSING: "une écriture manque",
    ChainFault.REORDERED: "l’écriture n’est plus à sa place",
    ChainFault.HEAD: "la fin de la chaîne n’est pas la dernière écriture",
    ChainFault.UNWARRANTED_ERASURE: "l’écriture a été effacée sans passage de la conservation",
    ChainFault.OUTSIDE_ITS_BATCH: "l’écriture n’appartient pas au lot qu’elle nomme",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainFinding:
    """``holder_id`` is the internal number; None when the missing entry does not say whose it was."""

    holder_id: int | None
    entry: int
    fault: ChainFault

    @property
    def sentence(self) -> str:
        whose = f"Dossier interne {self.holder_id}" if self.holder_id is not None else "Dossier inconnu"
        return f"{whose}, écriture {self.entry} : {_SENTENCES[self.fault]}."


_ENTRIES = f"""
with linked as (
    select e.*, h.file_number,
           lag(e.fingerprint) over chain as fingerprint_before, coalesce(lag(e.position) over chain, 0) as position_before
      from register_entry e join register_holder h on h.id = e.holder_id
     where e.holder_id >= %(first)s and e.holder_id < %(end)s and h.id >= %(first)s and h.id < %(end)s
    window chain as (partition by e.holder_id order by e.id)
)
select l.holder_id, l.id,
       case when l.position <= l.position_before then '{ChainFault.REORDERED}'
            when l.position > l.position_before + 1 then '{ChainFault.MISSING}'
            when l.kind = '{Mark.ERASED}' then '{ChainFault.UNWARRANTED_ERASURE}'
            else '{ChainFault.ALTERED}' end
  from linked l
 where l.position <> l.position_before + 1
    or (l.kind <> '{Mark.ERASED}'
        and sha256(coalesce(l.fingerprint_before, ''::bytea) || {fingerprinted("l")}) <> l.fingerprint)
    or (l.kind = '{Mark.ERASED}'
        and not exists (select from register_erasure r where r.id = (l.body ->> 'erasure')::bigint))
 order by l.holder_id, l.id
"""  # noqa: S608 - constants only

_HEADS = f"""
with ends as (
    select distinct on (e.holder_id) e.holder_id, e.id, e.position, e.fingerprint
      from register_entry e where e.holder_id >= %(first)s and e.holder_id < %(end)s
     order by e.holder_id, e.id desc
)
select holder_id, coalesce(c.last_entry, e.id),
       case when e.id is null or c.entries > e.position then '{ChainFault.MISSING}' else '{ChainFault.HEAD}' end
  from ends e
  full join (select * from register_chainhead where holder_id >= %(first)s and holder_id < %(end)s) c using (holder_id)
 where row(c.last_entry, c.entries, c.fingerprint) is distinct from row(e.id, e.position, e.fingerprint)
 order by holder_id
"""  # noqa: S608 - constants only

# The number of a missing entry that left no trace in a chain is a hole in the numbers of its batch.
_BATCHES = (
    f"""select e.holder_id, e.id, '{ChainFault.OUTSIDE_ITS_BATCH}'
          from register_entry e join register_batch b on b.id = e.batch_id
         where e.id >= %(first)s and e.id < %(end)s
           and (e.id <= b.first_entry or e.id >= b.last_entry or e.entered_at <> b.received_at) order by e.id""",  # noqa: S608
    f"""with announced as (
            select b.first_entry, b.last_entry, greatest(b.first_entry + 1, %(first)s) as start,
                   least(b.last_entry, %(end)s) as stop
              from register_batch b where b.last_entry > %(first)s and b.first_entry < %(end)s
        )
        select null::bigint, number, '{ChainFault.MISSING}'
          from announced a, generate_series(a.start, a.stop - 1) number
         where (select count(*) from register_entry e where e.id >= a.start and e.id < a.stop) < a.stop - a.start
           and not exists (select from register_entry e where e.id = number) order by number""",  # noqa: S608 - constants only
)


def verify(first: int, end: int) -> Iterator[ChainFinding]:
    """All that is wrong in the chains of the holders whose internal number goes from ``first`` to ``end`` (excluded)."""
    for start in range(first, end, _CHUNK):
        bounds = {"first": start, "end": min(start + _CHUNK, end)}
        for statement in (_ENTRIES, _HEADS):
            yield from _found(statement, bounds)


def verify_numbers(first: int, end: int) -> Iterator[ChainFinding]:
    """All that is wrong in the numbers of entries from ``first`` to ``end`` (excluded): holes, and entries of another batch."""
    for start in range(first, end, _NUMBERS):
        bounds = {"first": start, "end": min(start + _NUMBERS, end)}
        for statement in _BATCHES:
            yield from _found(statement, bounds)


def ends() -> tuple[int, int]:
    """One above the highest internal number, and one above the highest entry number: the ends of a whole verification."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce((select max(id) from register_holder), 0) + 1,"
            " coalesce((select max(last_entry) from register_batch), 0) + 1"
        )
        holders, numbers = cursor.fetchone()
    return int(holders), int(numbers)


def _found(statement: str, bounds: dict[str, int]) -> Iterator[ChainFinding]:
    with connection.cursor() as cursor:
        cursor.execute(statement, bounds)
        rows = cursor.fetchall()
    for holder_id, entry, fault in rows:
        yield ChainFinding(holder_id=holder_id, entry=entry, fault=ChainFault(fault))
