"""Arrivals on their way to the tables: COPY into temporary tables that the end of the transaction drops."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from mespoints.register.arrivals import Arrival, FactArrival, HolderArrival
from mespoints.register.entries import body_of, kind_of, target_of
from mespoints.register.names import given_names_key, name_key

_TABLES = (
    """create temporary table arriving_holder (
        line bigint, file_number text, birth_name text, usage_name text, given_names text[], sex text,
        birth_year smallint, birth_month smallint, birth_day smallint, birth_commune text, birth_country text,
        birth_name_key text, given_names_key text) on commit drop""",
    """create temporary table arriving_fact (
        line bigint, file_number text, fact_id text, kind text, body jsonb, recorded_on date, target text) on commit drop""",
    """create temporary table arriving_title (
        line bigint, title_number text, categories text[], obtained_on date) on commit drop""",
    # Rows that add nothing ('known') and rows refused (the words of arrivals.Refused); all others enter.
    "create temporary table set_aside (line bigint primary key, verdict text not null) on commit drop",
)

HOLDER_FIELDS = (
    "birth_name, usage_name, given_names, sex, birth_year, birth_month, birth_day, birth_commune, birth_country, "
    "birth_name_key, given_names_key"
)
_COPY_HOLDERS = f"copy arriving_holder (line, file_number, {HOLDER_FIELDS}) from stdin"
_COPY_FACTS = "copy arriving_fact (line, file_number, fact_id, kind, body, recorded_on, target) from stdin"
_COPY_TITLES = "copy arriving_title (line, title_number, categories, obtained_on) from stdin"


def open_staging() -> None:
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(table)


def close_staging() -> None:
    """Needed only when two batches enter in one transaction: the commit drops the tables anyway."""
    with connection.cursor() as cursor:
        cursor.execute("drop table arriving_holder, arriving_fact, arriving_title, set_aside, placed, contested, ruling")


def stage(arrivals: Sequence[Arrival]) -> None:
    """One chunk; its size is the caller's, and bounds the memory."""
    holders = [arrival for arrival in arrivals if isinstance(arrival, HolderArrival)]
    facts = [arrival for arrival in arrivals if isinstance(arrival, FactArrival)]
    _copy(_COPY_HOLDERS, (_holder_row(holder) for holder in holders))
    _copy(_COPY_FACTS, (_fact_row(arrival) for arrival in facts))
    _copy(
        _COPY_TITLES,
        (
            (arrival.line, arrival.title.title_number, list(arrival.title.categories), arrival.title.obtained_on)
            for arrival in facts
            if arrival.title is not None
        ),
    )


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
    )


def _fact_row(arrival: FactArrival) -> tuple[Any, ...]:
    fact = arrival.fact
    return (
        arrival.line,
        arrival.file_number,
        fact.fact_id,
        str(kind_of(fact)),
        body_of(fact).decode(),
        arrival.recorded_on,
        target_of(fact),
    )
