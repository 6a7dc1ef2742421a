"""Arrivals on their way to the tables: COPY into temporary tables that the end of the transaction drops."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, assert_never

from django.db import connection

from mespoints.register.arrivals import (
    Arrival,
    ContactArrival,
    FactArrival,
    HolderArrival,
    LicenceStateArrival,
    RetractionArrival,
    TitleArrival,
)
from mespoints.register.entries import Mark, body_of, kind_of, retraction_body, target_of
from mespoints.register.names import given_names_key, name_key


class Act(StrEnum):
    """What a row does about its fact."""

    STATEMENT = "statement"
    CORRECTION = "correction"
    RETRACTION = "retraction"


_TABLES = (
    """create temporary table arriving_holder (
        line bigint, file_number text, birth_name text, usage_name text, given_names text[], sex text,
        birth_year smallint, birth_month smallint, birth_day smallint, birth_commune text, birth_country text,
        birth_name_key text, given_names_key text, usage_name_key text) on commit drop""",
    """create temporary table arriving_fact (
        line bigint, file_number text, fact_id text, act text, kind text, body jsonb, recorded_on date, target text)
        on commit drop""",
    """create temporary table arriving_title (
        line bigint, title_number text, categories text[], obtained_on date) on commit drop""",
    """create temporary table arriving_state (
        line bigint, file_number text, state text, since date) on commit drop""",
    """create temporary table arriving_contact (
        line bigint, file_number text, kind text, address text, since date) on commit drop""",
    # Rows that add nothing ('known') and rows refused (the words of arrivals.Refused); all others enter.
    "create temporary table set_aside (line bigint primary key, verdict text not null) on commit drop",
)

IDENTITY_FIELDS = "birth_name, usage_name, given_names, sex, birth_year, birth_month, birth_day, birth_commune, birth_country"
HOLDER_FIELDS = f"{IDENTITY_FIELDS}, birth_name_key, given_names_key, usage_name_key"
_COPY_HOLDERS = f"copy arriving_holder (line, file_number, {HOLDER_FIELDS}) from stdin"
_COPY_FACTS = "copy arriving_fact (line, file_number, fact_id, act, kind, body, recorded_on, target) from stdin"
_COPY_TITLES = "copy arriving_title (line, title_number, categories, obtained_on) from stdin"
_COPY_STATES = "copy arriving_state (line, file_number, state, since) from stdin"
_COPY_CONTACTS = "copy arriving_contact (line, file_number, kind, address, since) from stdin"


def open_staging() -> None:
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(table)


def close_staging() -> None:
    """Needed only when two batches enter in one transaction: the commit drops the tables anyway."""
    with connection.cursor() as cursor:
        cursor.execute(
            "drop table arriving_holder, arriving_fact, arriving_title, arriving_state, arriving_contact,"
            " set_aside, placed, contested, ruling"
        )


def stage(arrivals: Sequence[Arrival]) -> None:
    """One chunk; its size is the caller's, and bounds the memory."""
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for arrival in arrivals:
        match arrival:
            case FactArrival():
                rows.setdefault(_COPY_FACTS, []).append(_fact_row(arrival))
                if arrival.title is not None:
                    rows.setdefault(_COPY_TITLES, []).append(_title_row(arrival.line, arrival.title))
            case HolderArrival():
                rows.setdefault(_COPY_HOLDERS, []).append(_holder_row(arrival))
            case RetractionArrival():
                rows.setdefault(_COPY_FACTS, []).append(_retraction_row(arrival))
            case LicenceStateArrival():
                state = (arrival.line, arrival.file_number, str(arrival.state), arrival.since)
                rows.setdefault(_COPY_STATES, []).append(state)
            case ContactArrival():
                contact = (arrival.line, arrival.file_number, str(arrival.kind), arrival.address, arrival.since)
                rows.setdefault(_COPY_CONTACTS, []).append(contact)
            case _:
                assert_never(arrival)
    for statement, staged in rows.items():
        _copy(statement, staged)


def _copy(statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _holder_row(holder: HolderArrival) -> tuple[Any, ...]:
    return (
        holder.line,
        holder.file_number,
        holder.birth_name,
        holder.usage_name,
        list(holder.given_names),
        holder.sex,
        holder.birth_year,
        holder.birth_month,
        holder.birth_day,
        holder.birth_commune,
        holder.birth_country,
        name_key(holder.birth_name),
        given_names_key(holder.given_names),
        name_key(holder.usage_name) if holder.usage_name else None,
    )


def _title_row(line: int, title: TitleArrival) -> tuple[Any, ...]:
    return line, title.title_number, list(title.categories), title.obtained_on


def _fact_row(arrival: FactArrival) -> tuple[Any, ...]:
    fact = arrival.fact
    return (
        arrival.line,
        arrival.file_number,
        fact.fact_id,
        str(Act.STATEMENT if arrival.correction is None else Act.CORRECTION),
        str(kind_of(fact)),
        body_of(fact, arrival.correction).decode(),
        arrival.recorded_on,
        target_of(fact),
    )


def _retraction_row(arrival: RetractionArrival) -> tuple[Any, ...]:
    body = retraction_body(arrival.reason).decode()
    act, kind = str(Act.RETRACTION), str(Mark.RETRACTION)
    return arrival.line, arrival.file_number, arrival.fact_id, act, kind, body, arrival.recorded_on, None
