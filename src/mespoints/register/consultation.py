"""The door out of the register: one holder's record, for a named reader, with its trace.

One SQL statement reads everything, so that an answer is one instant of the register; one INSERT says who looked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError

from mespoints.access_log.spool import recover, spool
from mespoints.access_log.trace import Trace, trace
from mespoints.law.facts import Fact, LicenceObtained
from mespoints.law.record import Record
from mespoints.register.entries import EntryKind, Mark, fact_of, reason_of
from mespoints.register.file_number import FileNumber, InvalidFileNumber
from mespoints.register.freshness import PARIS, fresh_until
from mespoints.register.incidents import Incident, incidents_of, shown_at
from mespoints.register.licence_state import LicenceState
from mespoints.register.staging import IDENTITY_FIELDS

SPOOL_NAME = "access-spool.jsonl"
"""In the data folder: traces of holders' own consultations that the database refused, until ``recover_traces``."""


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
class LicenceStateOnFile:
    """État du permis, from ``since`` on."""

    state: LicenceState
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """An entry that corrected or retracted what was said before of ``fact_id``, and why, in the source's own sentence."""

    fact_id: str
    recorded_on: date
    is_retraction: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderRecord:
    """All that the register knew of one holder at entry ``known_at`` (included): names, cards, state and facts of that entry.

    What the law ordered to erase since is left out. Before the holder came, his first identity stands.
    ``data_as_of`` is the last moment that the last file entered by then can describe; None in an empty register.
    """

    holder: HolderIdentity
    licences: tuple[LicenceTitle, ...]
    record: Record
    known_at: int
    data_as_of: datetime | None
    licence_state: LicenceStateOnFile | None = None
    """None when the source never said it."""
    incidents: tuple[Incident, ...] = ()
    """Those shown at the moment of reading, whatever ``known_at``: what may be wrong or missing in all this."""
    revisions: tuple[Revision, ...] = ()
    """In the order of their entries."""


class UnknownHolder(LookupError):
    """No holder carries this file number."""


class TraceRefused(RuntimeError):
    """The trace of this consultation could not be written: nothing is shown to a reader who is not the holder."""


class _Stored(msgspec.Struct, frozen=True, array_like=True):
    kind: str
    fact_id: str
    recorded_on: date
    body: msgspec.Raw


class _StoredLicence(msgspec.Struct, frozen=True, array_like=True):
    title_number: str
    categories: tuple[str, ...]
    obtained_on: date
    fact_id: str


_MARKS = frozenset(Mark)
_decode_entries = msgspec.json.Decoder(list[_Stored]).decode
_decode_licences = msgspec.json.Decoder(list[_StoredLicence]).decode

HOLDER_COLUMNS = """h.id, h.file_number, h.birth_name, h.usage_name, h.given_names, h.sex,
       h.birth_year, h.birth_month, h.birth_day, h.birth_commune, h.birth_country"""

_THEN = ", ".join(f"case when f.id is null then h.{field} else f.{field} end" for field in IDENTITY_FIELDS.split(", "))

_RECORD = f"""
with known as materialized (
    select coalesce(%(known_at)s::bigint,
                    (select b.last_entry from register_batch b order by b.id desc limit 1),
                    0) as entry_number
)
select h.id, h.file_number, {_THEN},
       (select coalesce(json_agg(json_build_array(l.title_number, l.categories, l.obtained_on, l.fact_id)
                                 order by l.obtained_on, l.turn), '[]')::text
          from (select t.title_number, t.categories, t.obtained_on, t.fact_id, t.id as turn from register_licence t
                 where t.holder_id = h.id and t.known_from <= known.entry_number
                 union all
                select t.title_number, t.categories, t.obtained_on, t.fact_id, t.id from register_formertitle t
                 where t.holder_id = h.id and t.known_from <= known.entry_number and t.known_until > known.entry_number) l),
       (select coalesce(json_agg(json_build_array(e.kind, e.fact_id, e.recorded_on, e.body) order by e.id), '[]')::text
          from register_entry e
         where e.holder_id = h.id and e.id <= known.entry_number),
       known.entry_number,
       latest.data_day, latest.received_at, stated.state, stated.since, statement_timestamp(),
       ({shown_at("statement_timestamp()")})
  from register_holder h cross join known
  left join lateral (select * from register_formeridentity f
                      where f.holder_id = h.id and h.known_from > known.entry_number and f.known_until > known.entry_number
                      order by f.known_until limit 1) f on true
  left join lateral (select b.data_day, b.received_at from register_batch b
                      where b.last_entry <= known.entry_number and b.sequence is not null
                      order by b.sequence desc limit 1) latest on true
  left join lateral (select s.state, s.since from register_statedlicencestate s
                      where s.holder_id = h.id and s.known_from <= known.entry_number
                      order by s.id desc limit 1) stated on true
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
    *identity, licences, entries, entry_number, data_day, received_at, state, since, read_at, incidents = row
    holder = holder_identity(identity)
    _leave_trace(holder.holder_id, reader, read_at)
    facts = facts_of(entries)
    obtained = {fact.fact_id for fact in facts if isinstance(fact, LicenceObtained)}
    return HolderRecord(
        holder=holder,
        licences=tuple(
            LicenceTitle(title_number=title.title_number, categories=title.categories, obtained_on=title.obtained_on)
            for title in _decode_licences(licences)
            if title.fact_id in obtained
        ),
        record=Record.of(facts),
        known_at=entry_number,
        data_as_of=fresh_until(data_day, received_at) if data_day else None,
        licence_state=LicenceStateOnFile(state=LicenceState(state), since=since) if state else None,
        incidents=incidents_of(incidents),
        revisions=tuple(revisions_of(entries)),
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


def facts_of(entries: str) -> list[Fact]:
    """The facts that stand, from entries as JSON arrays (kind, fact_id, recorded_on, body) in the order of their numbers.

    Of several versions of one fact the latest stands; retracted or erased, there is no fact.
    """
    latest = {entry.fact_id: entry for entry in _decode_entries(entries)}
    return [
        fact_of(EntryKind(entry.kind), entry.fact_id, entry.recorded_on, entry.body)
        for entry in latest.values()
        if entry.kind not in _MARKS
    ]


def revisions_of(entries: str) -> Iterator[Revision]:
    """From entries as for ``facts_of``. Most records have none: only what is said again of a fact is looked into."""
    said: set[str] = set()
    for entry in _decode_entries(entries):
        if entry.fact_id in said and entry.kind != Mark.ERASED:
            reason = reason_of(entry.body)
            if reason is not None:
                yield Revision(
                    fact_id=entry.fact_id,
                    recorded_on=entry.recorded_on,
                    is_retraction=entry.kind == Mark.RETRACTION,
                    reason=reason,
                )
        said.add(entry.fact_id)


def recover_traces() -> int:
    """The traces spooled on this machine, back into their table; how many."""
    return recover(Path(settings.DATA_DIR) / SPOOL_NAME)


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
