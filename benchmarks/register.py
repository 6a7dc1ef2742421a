"""A file of a million rows into an empty register: validated, entered, chained, projected; beside a raw COPY of its lines."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from django.db import connection

from benchmarks.timing import shown
from mespoints.feed.signing import Signer
from mespoints.feed.writing import Drop
from mespoints.law.replay import replay
from mespoints.operations.generate import Plan, generate
from mespoints.operations.progress import Silent
from mespoints.operations.projection_refresh import refresh
from mespoints.register.consultation import Reader, ReaderRole, record

SIGNER = Signer.drawn("bench")
LAST_DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
ROWS_A_DRIVER = 3.7
_RAW_COPY = "copy raw_copy from stdin with (format csv, delimiter e'\\x01', quote e'\\x02')"
ROWS = 1_000_000
TOUCHED = 58_000
"""Drivers of an average night in the country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    rows: int
    seconds: float
    peak_mb: float


def written(folder: Path, *, drivers: int, days: int = 0, a_day: int | None = None) -> list[Drop]:
    folder.mkdir(parents=True, exist_ok=True)
    plan = Plan(drivers=drivers, days=days, seed=2026, last_day=LAST_DAY, offences_a_day=a_day)
    return list(generate(plan, folder, SIGNER, Silent()))


def entered(drop: Drop) -> Loaded:
    """By a process of its own; its memory is said to be at least ours, of which it is born. The database's is not counted."""
    keys = drop.data_path.with_name("keys.toml")
    keys.write_bytes(declared())
    program = "from mespoints.cli import main; import sys; sys.exit(main())"
    words = ["import-file", str(drop.data_path), str(drop.manifest_path)]
    before = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", program, *words], env={**os.environ, "MESPOINTS_FEED_KEYS": str(keys)}, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    said = process.stdout.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    seconds = time.perf_counter() - before
    assert process.returncode == 0, said
    return Loaded(rows=int(said.split(" : ")[1].split()[0]), seconds=seconds, peak_mb=used.ru_maxrss / 1024)


def declared() -> bytes:
    from mespoints.feed.signing import declaration  # noqa: PLC0415 - beside its only use

    return declaration(SIGNER)


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


def one_record(rounds: int = 300) -> tuple[float, float]:
    """Seconds to read and to replay one record, out of many: median and 95th percentile."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select h.file_number from register_holder h join register_chainhead c on c.holder_id = h.id"
            " where c.entries >= 4 order by h.id limit %s",
            [rounds],
        )
        numbers = [number for (number,) in cursor.fetchall()]
    reader = Reader(account_id=None, role=ReaderRole.SYSTEM, reason="measure")
    seconds = []
    for number in numbers:
        before = time.perf_counter()
        replay(record(number, reader).record)
        seconds.append(time.perf_counter() - before)
    return median(seconds), sorted(seconds)[int(len(seconds) * 0.95)]


def sizes() -> None:
    """Bytes per million drivers, table by table, with their indexes."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from register_holder")
        drivers = cursor.fetchone()[0]
        cursor.execute(
            "select relname, n_live_tup, pg_table_size(relid), pg_indexes_size(relid) from pg_stat_user_tables"
            " where pg_total_relation_size(relid) > 1000000 order by pg_total_relation_size(relid) desc"
        )
        print(f"\nSizes, for a million drivers (measured with {drivers:,})")
        for table, lines, table_size, index_size in cursor.fetchall():
            mb = [f"{size / drivers:8,.0f} MB" for size in (table_size, index_size)]
            print(f"  {table:<30} {lines / drivers:6.2f} a driver  {mb[0]}  indexes {mb[1]}")


def report(folder: Path, rows: int = ROWS) -> None:
    print(f"\nRegister: a first file of about {rows:,} rows into an empty register")
    drop = written(folder / "drop", drivers=int(rows / ROWS_A_DRIVER), days=1, a_day=TOUCHED)[0]
    copied = raw_copy(drop)
    loaded = entered(drop)
    before = time.perf_counter()
    refreshed = refresh(LAST_DAY, Silent())
    projected = time.perf_counter() - before
    typical, slow = one_record()
    for what, seconds in (
        ("raw COPY of the same lines into one column of JSON", copied),
        ("validated, entered, chained (process started)", loaded.seconds),
        (f"… and projected ({refreshed.work.records:,} records in {projected:.1f} s)", loaded.seconds + projected),
    ):
        print(f"  {what:<58} {loaded.rows / seconds:>10,.0f} rows/s  {seconds:6.1f} s")
    print(f"  ratio to raw COPY: {loaded.seconds / copied:.1f}; memory of the importer, at most: {loaded.peak_mb:,.0f} MB")
    print(f"  {'one record read (trace written) and replayed':<58} {shown(typical):>10}  p95 {shown(slow)}")
