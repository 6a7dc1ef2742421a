"""Where faults are played: a PostgreSQL of their own, databases copied from one another, importers that are real processes."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

import psycopg

from mespoints.feed.signing import Signer, declaration
from mespoints.feed.writing import Drop
from mespoints.operations.embedded_postgres import ROLE, EmbeddedPostgres
from mespoints.operations.generate import Plan, generate
from mespoints.operations.progress import Silent
from tests.faults.state import State, state

CHECKOUT = Path(__file__).resolve().parents[2]
LAST_DAY = date(2026, 11, 22)
SIGNER = Signer.drawn("faults")
COMMAND = "from mespoints.cli import main; raise SystemExit(main())"
PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    status: int
    said: str
    peak_kib: int


@dataclass(slots=True)
class Stage:
    cluster: EmbeddedPostgres
    folder: Path
    made: int = 0

    def url(self, database: str) -> str:
        host = self.cluster.url.partition("?host=")[2]
        return f"postgresql://{ROLE}@/{quote(database)}?host={host}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def copy(self, template: str, tablespace: str | None = None) -> str:
        """A database like ``template``."""
        self.made += 1
        name = f"faults_{os.getpid()}_{self.made}"
        within = f" tablespace {tablespace}" if tablespace else ""
        self.execute(f"create database {name} template {template}{within}")
        return name

    def drop(self, name: str) -> None:
        self.execute(f"drop database if exists {name} with (force)")

    @property
    def keys(self) -> Path:
        path = self.folder / "feed-keys.toml"
        path.write_bytes(declaration(SIGNER))
        return path

    def start(self, database: str, *words: str) -> "subprocess.Popen[str]":
        """A command of ours, as an operator starts it."""
        variables = {
            "PYTHONPATH": os.pathsep.join((str(CHECKOUT / "src"), *sys.path)),
            "PATH": os.defpath,
            "DATABASE_URL": self.url(database),
            "MESPOINTS_FEED_KEYS": str(self.keys),
            **{name: value for name, value in os.environ.items() if name.startswith("MESPOINTS_")},
        }
        return subprocess.Popen(
            [sys.executable, "-c", COMMAND, *words], env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def run(self, database: str, *words: str) -> Ended:
        return ended(self.start(database, *words))

    def import_(self, database: str, drop: Drop) -> Ended:
        return self.run(database, "import-file", str(drop.data_path), str(drop.manifest_path))

    def exists(self, database: str) -> bool:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            return _one(connection, "select count(*) from pg_database where datname = %s", database) == 1

    def state(self, database: str) -> State:
        with psycopg.connect(self.url(database)) as connection:
            return state(connection)

    def wait_until_quiet(self, database: str) -> None:
        """The server needs a moment to notice that a client was killed: until then it works on for nobody."""
        limit = time.monotonic() + PATIENCE_SECONDS
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            others = "select count(*) from pg_stat_activity where datname = %s"
            while _one(connection, others, database) and time.monotonic() < limit:
                time.sleep(0.02)


def _one(connection: "psycopg.Connection[tuple[int]]", statement: str, *parameters: object) -> int:
    row = connection.execute(statement.encode(), parameters).fetchone()
    return row[0] if row else 0


def ended(process: "subprocess.Popen[str]") -> Ended:
    """Waits, and gives what it said with the most memory it had (KiB): never less than ours, of which it was born."""
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    return Ended(status=process.returncode, said=said, peak_kib=used.ru_maxrss)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undisturbed:
    """Files in a folder, and what a night makes of them when nothing happens to it."""

    folder: Path
    drops: tuple[Drop, ...]
    state: State
    seconds: float

    @property
    def entered(self) -> State:
        """Without what the night adds to the imports."""
        return without_night(self.state)


def without_night(content: State) -> State:
    return {table: said for table, said in content.items() if table not in {"projection", "stated balance", "reconciliation"}}


def undisturbed(stage: Stage, empty: str, folder: Path, drops: list[Drop]) -> Undisturbed:
    name = stage.copy(empty)
    started = time.monotonic()
    done = stage.run(name, "night", str(folder))
    seconds = time.monotonic() - started
    assert done.status in {0, 1}, done.said
    found = stage.state(name)
    stage.drop(name)
    return Undisturbed(folder=folder, drops=tuple(drops), state=found, seconds=seconds)


def files(
    folder: Path, *, drivers: int, days: int, seed: int = 11, offences_a_day: int = 40, bad_share: float = 0.02
) -> list[Drop]:
    folder.mkdir(parents=True, exist_ok=True)
    plan = Plan(drivers=drivers, days=days, seed=seed, last_day=LAST_DAY, offences_a_day=offences_a_day, bad_share=bad_share)
    return list(generate(plan, folder, SIGNER, Silent()))
