"""The door out of the register: one holder's record, for a named reader, with its trace.

One SQL statement reads everything, so that an answer is one instant of the register; one INSERT says who looked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError

from mespoints.access_log.spool import spool
from mespoints.access_log.trace import Trace, trace
from mespoints.law.facts import Fact
from mespoints.law.record import Record
from mespoints.register.entries import EntryKind, fact_of
from mespoints.register.file_number import FileNumber, InvalidFileNumber
from mespoints.register.freshness import PARIS, fresh_until

SPOOL_NAME = "access-spool.jsonl"
"""In the data folder: traces of holders' own consultations that the database refused, until ``access_log.spool.recover``."""


class ReaderRole(StrEnum):
    HOLDER = "holder"
    """The holder himself: his right to see his own file comes before our trace."""
    AGENT = "agent"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who looks, and why. No record is read without one."""

    account_id: int | None
    role: ReaderRole
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderIdentity:
    holder_id: int
    file_number: str
    birth_name: str
    usage_name: str | None
    given_names: tuple[str, ...]
    sex: str
    birth_year: int
    birth_month: int | None
    birth_day: int | None
    birth_commune: str | None
    birth_country: str

    @property
    def displayed_file_number(self) -> str:
        return FileNumber(self.file_number).displayed

    @property
    def birth_date(self) -> str:
        """``YYYY-MM-DD``; a part nobody knows is ``00``."""
        return f"{self.birth_year:04d}-{self.birth_month or 0:02d}-{self.birth_day or 0:02d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceTitle:
    title_number: str
    categories: tuple[str, ...]
    obtained_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderRecord:
    """All that the register knows of one holder at entry ``known_at`` (included).

    Facts and licences are those of that entry; the identity is today's, for the register keeps no history of names.
    ``data_as_of`` is the last moment that the last file entered by then can describe; None in an empty register.
    """

    holder: HolderIdentity
    licences: tuple[LicenceTitle, ...]
    record: Record
    known_at: int
    data_as_of: datetime | None


class UnknownHolder(LookupError):
    """No holder carries this file number."""


class TraceRefused(RuntimeError):
    """The trace of this consultation could not be written: nothing is shown to a reader who is not the holder."""


class _Stored(msgspec.Struct, frozen=True, array_like=True):
    kind: EntryKind
    fact_id: str
    recorded_on: date
    body: msgspec.Raw


class _StoredLicence(msgspec.Struct, frozen=True, array_like=True):
    title_number: str
    categories: tuple[str, ...]
    obtained_on: date


_decode_entries = msgspec.json.Decoder(list[_Stored]).decode
_decode_licences = msgspec.json.Decoder(list[_StoredLicence]).decode

HOLDER_COLUMNS = """h.id, h.file_number, h.birth_name, h.usage_name, h.given_names, h.sex,
       h.birth_year, h.birth_month, h.birth_day, h.birth_commune, h.birth_country"""

_RECORD = f"""
with known as (
    select coalesce(%(known_at)s::bigint,
                    (select b.last_entry from register_batch b order by b.id desc limit 1),
                    0) as entry_number
)
select {HOLDER_COLUMNS},
       (select coalesce(json_agg(json_build_array(l.title_number, l.categories, l.obtained_on)
                                 order by l.obtained_on, l.id), '[]')::text
          from register_licence l
         where l.holder_id = h.id
           and exists (select from register_entry e
                        where e.holder_id = h.id and e.fact_id = l.fact_id and e.id <= known.entry_number)),
       (select coalesce(json_agg(json_build_array(e.kind, e.fact_id, e.recorded_on, e.body) order by e.id), '[]')::text
          from register_entry e
         where e.holder_id = h.id and e.id <= known.entry_number),
       known.entry_number,
       latest.data_day, latest.received_at, statement_timestamp()
  from register_holder h cross join known
  left join lateral (select b.data_day, b.received_at from register_batch b
                      where b.last_entry <= known.entry_number and b.sequence is not null
                      order by b.sequence desc limit 1) latest on true
 where h.file_number = %(file_number)s
"""  # noqa: S608 - constants only


def record(file_number: str, reader: Reader, known_at: int | None = None) -> HolderRecord:
    """The holder's record as known at entry ``known_at`` (included; None: everything known now).

    Raises ``UnknownHolder``; ``TraceRefused`` when the trace cannot be written and the reader is not the holder.
    """
    try:
        canonical = FileNumber.parse(file_number).canonical
    except InvalidFileNumber as error:
        raise UnknownHolder from error
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, {"file_number": canonical, "known_at": known_at})
        row = cursor.fetchone()
    if row is None:
        raise UnknownHolder
    *identity, licences, entries, entry_number, data_day, received_at, read_at = row
    holder = holder_identity(identity)
    _leave_trace(holder.holder_id, reader, read_at)
    return HolderRecord(
        holder=holder,
        licences=tuple(
            LicenceTitle(title_number=title.title_number, categories=title.categories, obtained_on=title.obtained_on)
            for title in _decode_licences(licences)
        ),
        record=Record.of(_latest_versions(_decode_entries(entries))),
        known_at=entry_number,
        data_as_of=fresh_until(data_day, received_at) if data_day else None,
    )


def entry_number_on(day: date) -> int:
    """The last entry number of the register at the end of ``day``, civil time in Paris; 0 before the first file."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select coalesce(max(last_entry), 0) from register_batch where received_at < %s",
            [datetime.combine(day + timedelta(days=1), time(), PARIS)],
        )
        return int(cursor.fetchone()[0])


def holder_identity(columns: Iterable[Any]) -> HolderIdentity:
    """From the columns of ``HOLDER_COLUMNS``, in that order."""
    (holder_id, file_number, birth_name, usage_name, given_names, sex, year, month, day, commune, country) = columns
    return HolderIdentity(
        holder_id=holder_id,
        file_number=file_number,
        birth_name=birth_name,
        usage_name=usage_name,
        given_names=tuple(given_names),
        sex=sex,
        birth_year=year,
        birth_month=month,
        birth_day=day,
        birth_commune=commune,
        birth_country=country,
    )


def _latest_versions(entries: list[_Stored]) -> list[Fact]:
    """Of several entries of one fact, the latest by entry number; the statement gives them in that order."""
    latest = {entry.fact_id: entry for entry in entries}
    return [fact_of(entry.kind, entry.fact_id, entry.recorded_on, entry.body) for entry in latest.values()]


def _leave_trace(holder_id: int, reader: Reader, read_at: datetime) -> None:
    line = Trace(
        account_id=reader.account_id,
        role=reader.role.value,
        holder_id=holder_id,
        reason=reader.reason,
        at=read_at.astimezone(UTC),
    )
    try:
        trace(line)
    except DatabaseError as error:
        if reader.role is not ReaderRole.HOLDER:
            raise TraceRefused("la consultation n'a pas pu être tracée : rien n'est affiché, réessayez plus tard") from error
        # Inside a transaction the failed INSERT has already condemned everything: going on would only hide it.
        if connection.in_atomic_block:
            raise
        spool(line, Path(settings.DATA_DIR) / SPOOL_NAME)
