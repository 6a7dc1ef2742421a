"""Anchors: 32 bytes that say all that was entered up to a number, to be kept elsewhere too.

The chains show an entry altered behind the register's back, unless whoever did it wrote the whole chain and its head again. He
would have to write again every anchor since then as well, and those of the copy give him away. An anchor covers the one before
it and the entries since, in the order of their numbers: it costs what the new entries cost, whatever the size of the register.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from django.db import connection, transaction

from mespoints.register.projection import latest_entry

_SLICE = 200_000
"""Entry numbers read by one statement. Part of what an anchor is: another figure gives other anchors."""

_DIGEST = """
select sha256(coalesce(string_agg(int8send(id) || fingerprint, ''::bytea order by id), ''::bytea))
  from register_entry where id > %s and id <= %s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Covers every entry up to ``entry_number`` (included)."""

    entry_number: int
    digest: bytes


class AnchorFault(StrEnum):
    ENTRIES = "entries"
    """The entries are not those of then."""
    COPY = "copy"
    """The anchor kept here is not the one kept elsewhere."""
    GONE = "gone"
    """Kept elsewhere, and here no more."""


_SENTENCES = {
    AnchorFault.ENTRIES: "ne sont plus celles que l’ancre de la nuit a fixées",
    AnchorFault.COPY: "ont été réécrites avec leur ancre : celle de la copie est autre",
    AnchorFault.GONE: "n’ont plus l’ancre que la copie en garde",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorFinding:
    """Among the entries from ``first`` to ``last`` (both included), at least one is at fault, or its anchor."""

    first: int
    last: int
    fault: AnchorFault

    @property
    def sentence(self) -> str:
        return f"Écritures {self.first} à {self.last} : elles {_SENTENCES[self.fault]}."


_NOTHING = Anchor(entry_number=0, digest=b"")


def anchor(now: datetime) -> Anchor | None:
    """Covers what entered since the last one; None when nothing did. Safe to run again, and to be killed."""
    with transaction.atomic(), connection.cursor() as cursor:
        last, number = latest_anchor() or _NOTHING, latest_entry()
        if number <= last.entry_number:
            return None
        drawn = _following(last, number)
        cursor.execute(
            "insert into register_anchor (entry_number, digest, anchored_at) values (%s, %s, %s)", [number, drawn.digest, now]
        )
    return drawn


def latest_anchor() -> Anchor | None:
    """None before the first."""
    with connection.cursor() as cursor:
        cursor.execute("select entry_number, digest from register_anchor order by entry_number desc limit 1")
        row = cursor.fetchone()
    return Anchor(entry_number=row[0], digest=bytes(row[1])) if row else None


def anchors(after: int = 0) -> tuple[Anchor, ...]:
    """Those that go beyond entry ``after``, in order: one for each night that entered something."""
    with connection.cursor() as cursor:
        cursor.execute("select entry_number, digest from register_anchor where entry_number > %s order by entry_number", [after])
        return tuple(Anchor(entry_number=number, digest=bytes(digest)) for number, digest in cursor.fetchall())


def verify_anchors(copy: Mapping[int, bytes]) -> Iterator[AnchorFinding]:
    """The anchors kept here beside the entries, then beside ``copy`` (entry number -> digest), of which the first difference is
    told: all that follow come from it.
    """
    kept = anchors()
    for before, each in zip((_NOTHING, *kept), kept, strict=False):
        if _following(before, each.entry_number) != each:
            yield AnchorFinding(first=before.entry_number + 1, last=each.entry_number, fault=AnchorFault.ENTRIES)
    here, agreed = {each.entry_number: each.digest for each in kept}, 0
    for number in sorted(copy):
        if here.get(number) != copy[number]:
            fault = AnchorFault.COPY if number in here else AnchorFault.GONE
            yield AnchorFinding(first=agreed + 1, last=number, fault=fault)
            return
        agreed = number


def _following(before: Anchor, number: int) -> Anchor:
    """The anchor of the entries up to ``number``, after ``before``."""
    digest = sha256(before.digest)
    with connection.cursor() as cursor:
        for start in range(before.entry_number, number, _SLICE):
            cursor.execute(_DIGEST, [start, min(start + _SLICE, number)])
            digest.update(cursor.fetchone()[0])
    return Anchor(entry_number=number, digest=digest.digest())
