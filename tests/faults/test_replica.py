"""A second server that follows the first (PostgreSQL's own streaming): what reads may go to, and what takes over."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from mespoints.operations.postgres_programs import Programs, RunAs, own_place, programs, short_hash
from tests.faults.stage import Stage, Undisturbed
from tests.faults.state import state

pytestmark = pytest.mark.faults


@pytest.fixture
def replica(stage: Stage, tmp_path: Path) -> Iterator[str]:
    """Its socket folder, once it follows."""
    tools = programs(RunAs.current())
    place = own_place(f"mespoints-replica-{short_hash(str(tmp_path))}")
    give(tools, place)
    allow_replication(stage, tools)
    cluster = place / "cluster"
    source = stage.cluster.url.partition("?host=")[2]
    copied = run(
        tools,
        "pg_basebackup",
        "-D",
        str(cluster),
        "-d",
        f"postgresql://mespoints@/?host={source}",
        "-R",
        "-X",
        "stream",
        "-c",
        "fast",
    )
    assert copied.returncode == 0, copied.stdout
    settings = f"-c unix_socket_directories='{place}' -c hot_standby=on"
    started = run(tools, "pg_ctl", "start", "-D", str(cluster), "-w", "-l", str(place / "log"), "-o", settings)
    assert started.returncode == 0, started.stdout
    yield str(place)
    run(tools, "pg_ctl", "stop", "-D", str(cluster), "-m", "immediate")
    subprocess.run(["/bin/rm", "-rf", str(place)], check=True)


def run(tools: Programs, program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return tools.run(program, *arguments, timeout=120)


def give(tools: Programs, place: Path) -> None:
    if tools.account.change:
        os.chown(place, tools.account.uid, tools.account.gid)


def allow_replication(stage: Stage, tools: Programs) -> None:
    """Who may follow: this account, by the local socket. The supervisor writes the file again at the next start."""
    with (stage.cluster.cluster / "pg_hba.conf").open("a") as rules:
        rules.write("local replication all trust\n")
    stage.execute("select pg_reload_conf()")


def test_a_replica_holds_what_the_register_holds(stage: Stage, usual: Undisturbed, database: str, replica: str) -> None:
    done = stage.run(database, "night", str(usual.folder))
    assert done.status == 1, done.said
    expected = stage.state(database)
    with psycopg.connect(stage.url("postgres"), autocommit=True) as source:
        written = source.execute("select pg_current_wal_lsn()::text").fetchone()
    there = f"postgresql://mespoints@/{database}?host={quote(replica, safe='')}"
    wait_until_replayed(there, str(written[0] if written else ""))
    with psycopg.connect(there) as follower:
        assert state(follower) == expected
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            follower.execute("delete from register_projection")


def wait_until_replayed(there: str, written: str) -> None:
    limit = time.monotonic() + 30
    with psycopg.connect(there, autocommit=True) as follower:
        while time.monotonic() < limit:
            caught_up = follower.execute("select pg_last_wal_replay_lsn() >= %s::pg_lsn", [written]).fetchone()
            if caught_up and caught_up[0]:
                return
            time.sleep(0.05)
    raise AssertionError("the replica never caught up")
