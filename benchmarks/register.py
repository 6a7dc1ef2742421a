"""A file of a million rows into the register: validated, entered, chained, projected; beside a raw COPY of its lines."""

import os
import subprocess
import sys
import time
from datetime import timedelta
from statistics import median

from django.db import connection

from benchmarks.machine import Used, used
from benchmarks.night import played
from benchmarks.people import SIGNER, data_day, write_people
from benchmarks.surroundings import Place
from benchmarks.timing import shown
from mespoints.feed.signing import declaration
from mespoints.feed.writing import Drop
from mespoints.law.replay import replay
from mespoints.operations.progress import Silent
from mespoints.operations.projection_refresh import Refreshed, refresh
from mespoints.register.consultation import Reader, ReaderRole, record

MEASURED_DRIVERS = 270_000
"""They make a million rows."""


def grow(place: Place, sequence: int, ranks: range) -> None:
    """The file of these drivers and all that a night makes of it, not measured: nothing of it is left for the nights to come."""
    print(f"\n{len(ranks):,} drivers enter")
    folder = place.folder / f"people-{sequence}"
    write_people(folder, sequence, ranks)
    played(folder, sequence)


def report(place: Place, sequence: int, ranks: range) -> None:
    drop = write_people(place.folder / f"people-{sequence}", sequence, ranks)
    copied = raw_copy(drop)
    rows, loading = entered(place, drop)
    with used(place.cluster) as refreshing:
        records = projected(sequence).work.records
    print(f"\nRegister: a file of {rows:,} rows")
    for what, seconds in (
        ("raw COPY of the same lines into one column of JSON", copied),
        ("validated, entered, chained (process started)", loading.seconds),
        (f"… and projected ({records:,} records in {refreshing.seconds:.1f} s)", loading.seconds + refreshing.seconds),
    ):
        print(f"  {what:<58} {rows / seconds:>10,.0f} rows/s  {seconds:6.1f} s")
    print(f"  ratio to raw COPY: {loading.seconds / copied:.1f}")
    print(f"  import: {loading.cpu_a(rows)}; {loading.memory}")
    print(f"  projection: {refreshing.cpu_a(records)}; {refreshing.memory}")


def entered(place: Place, drop: Drop) -> tuple[int, Used]:
    """Rows read, by a process of its own."""
    keys = drop.data_path.with_name("keys.toml")
    keys.write_bytes(declaration(SIGNER))
    program = "from mespoints.cli import main; import sys; sys.exit(main())"
    words = ["import-file", str(drop.data_path), str(drop.manifest_path)]
    with used(place.cluster) as machine:
        done = subprocess.run(
            [sys.executable, "-c", program, *words],
            env={**os.environ, "MESPOINTS_FEED_KEYS": str(keys)},
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stdout
    return int(done.stdout.split(" : ")[1].split()[0]), machine


def projected(sequence: int) -> Refreshed:
    return refresh(data_day(sequence) + timedelta(days=1), Silent())


def raw_copy(drop: Drop) -> float:
    """Seconds to COPY the same lines into a table of one column of JSON, without index, check or chain."""
    with connection.cursor() as cursor:
        cursor.execute("create table raw_copy (line jsonb)")
        before = time.perf_counter()
        with (
            cursor.copy("copy raw_copy from stdin with (format csv, delimiter e'\\x01', quote e'\\x02')") as copy,
            drop.data_path.open("rb") as file,
        ):
            while block := file.read(1 << 20):
                copy.write(block)
        seconds = time.perf_counter() - before
        cursor.execute("drop table raw_copy")
    return seconds


def report_one_record(rounds: int = 500) -> None:
    """Out of many, those with a history."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select h.file_number from register_holder h join register_chainhead c on c.holder_id = h.id"
            " where c.entries >= 4 order by md5(h.file_number) limit %s",
            [rounds],
        )
        numbers = [number for (number,) in cursor.fetchall()]
    reader = Reader(account_id=None, role=ReaderRole.SYSTEM, reason="measure")
    seconds = []
    for number in numbers:
        before = time.perf_counter()
        replay(record(number, reader).record)
        seconds.append(time.perf_counter() - before)
    print(f"\nOne record of four entries or more read (trace written) and replayed, {len(numbers)} of them")
    print(f"  median {shown(median(seconds))}, p95 {shown(sorted(seconds)[int(len(seconds) * 0.95)])}")


def sizes() -> None:
    """Megabytes per million drivers, table by table, with their indexes."""
    with connection.cursor() as cursor:
        cursor.execute("analyze")
        cursor.execute("select count(*) from register_holder")
        drivers = cursor.fetchone()[0]
        cursor.execute(
            "select relname, reltuples, pg_table_size(oid), pg_indexes_size(oid) from pg_class"
            " where relkind = 'r' and relnamespace = 'public'::regnamespace and pg_total_relation_size(oid) > 1000000"
            " order by pg_total_relation_size(oid) desc"
        )
        print(f"\nSizes, for a million drivers (measured with {drivers:,})")
        for table, lines, table_size, index_size in cursor.fetchall():
            mb = [f"{size / drivers:8,.0f} MB" for size in (table_size, index_size)]
            print(f"  {table:<30} {lines / drivers:6.2f} a driver  {mb[0]}  indexes {mb[1]}")
