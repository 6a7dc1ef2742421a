"""The database goes away under an import, and comes back; two importers meet; the clock goes back."""

import os
import signal
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction

from mespoints.feed.import_ import ImportOutcome, import_file
from mespoints.feed.writing import Drop
from mespoints.operations.progress import Silent
from mespoints.operations.projection_refresh import refresh
from tests.faults.stage import LAST_DAY, SIGNER, Stage, Undisturbed, ended, files, without_night
from tests.faults.state import State, rows, state
from tests.faults.test_killed import assert_whole, take_up

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def stop_and_start(stage: Stage) -> None:
    """As a power cut would leave it: nobody is told, the journal is replayed."""
    pid = int((stage.cluster.cluster / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGQUIT)
    while stage.cluster.is_running:
        time.sleep(0.05)
    stage.cluster.start()


def test_the_database_is_stopped_under_a_night(stage: Stage, usual: Undisturbed, database: str) -> None:
    night = stage.start(database, "night", str(usual.folder))
    wait_for_the_import(stage, database)
    stop_and_start(stage)
    done = ended(night)
    assert done.status == 2, done.said
    assert "la base de données s’est arrêtée ou ne répond plus" in done.said
    take_up(stage, database, usual)


@pytest.mark.faults
@pytest.mark.parametrize("series", range(6))
def test_the_database_is_stopped_at_any_moment(stage: Stage, large: Undisturbed, database: str, series: int) -> None:
    night = stage.start(database, "night", str(large.folder))
    time.sleep(large.seconds * (0.2 + 0.13 * series))
    stop_and_start(stage)
    ended(night)
    assert_whole(stage, database)
    take_up(stage, database, large)


@pytest.mark.faults
def test_a_stopped_database_is_told_by_the_import_in_one_sentence(stage: Stage, usual: Undisturbed, database: str) -> None:
    importer = start_import(stage, database, usual.drops[0])
    wait_for_the_import(stage, database)
    stop_and_start(stage)
    done = ended(importer)
    assert done.status == 3, done.said
    assert "Traceback" not in done.said
    assert rows(stage.state(database), "batch") == 0


def wait_for_the_import(stage: Stage, database: str) -> None:
    """Until rows are on their way in: the lock of the register is taken."""
    limit = time.monotonic() + 20
    with psycopg.connect(stage.url("postgres"), autocommit=True) as watcher:
        question = (
            "select count(*) from pg_locks l join pg_stat_activity a using (pid)"
            " where a.datname = %s and l.locktype = 'advisory' and l.granted and l.objid = 4823317"
        )
        while time.monotonic() < limit:
            found = watcher.execute(question, [database]).fetchone()
            if found and found[0] >= 1:
                return
            time.sleep(0.01)
    raise AssertionError("the night never began to enter its file")


def start_import(stage: Stage, database: str, drop: Drop) -> "subprocess.Popen[str]":
    return stage.start(database, "import-file", str(drop.data_path), str(drop.manifest_path))


def play_together(stage: Stage, files: Undisturbed, database: str, importers: int) -> None:
    for drop in files.drops:
        at_once = [start_import(stage, database, drop) for _ in range(importers)]
        assert {ended(each).status for each in at_once} <= {0, 1}
    assert without_night(stage.state(database)) == files.entered


def test_two_importers_at_once(stage: Stage, usual: Undisturbed, database: str) -> None:
    play_together(stage, usual, database, importers=2)


@pytest.mark.faults
def test_six_importers_at_once_then_two_nights(stage: Stage, large: Undisturbed, database: str) -> None:
    play_together(stage, large, database, importers=6)
    nights = [stage.start(database, "night", str(large.folder)) for _ in range(2)]
    assert sorted(ended(each).status for each in nights) in ([0, 0], [0, 2], [0, 1], [1, 1], [1, 2])
    assert stage.state(database) == large.state


@pytest.mark.faults
def test_an_importer_killed_while_another_waits(stage: Stage, large: Undisturbed, database: str) -> None:
    first = start_import(stage, database, large.drops[0])
    wait_for_the_import(stage, database)
    second = start_import(stage, database, large.drops[0])
    time.sleep(1)
    first.send_signal(signal.SIGKILL)
    ended(first)
    assert ended(second).status == 1
    take_up(stage, database, large)


@pytest.mark.django_db
def test_the_clock_goes_back(tmp_path: Path) -> None:
    """Two files entered by a machine whose clock is a year behind on the second day: the same register, the same situations."""
    drops = files(tmp_path, drivers=80, days=2)

    def run(moments: list[datetime]) -> State:
        with transaction.atomic():
            savepoint = transaction.savepoint()
            for drop, now in zip(drops, moments, strict=True):
                assert import_file(drop.data_path, drop.manifest_path, now, SIGNER.trusted).outcome is ImportOutcome.ENTERED
                refresh(now.date(), Silent())
            refresh(LAST_DAY, Silent())
            with connection.cursor() as cursor:
                found = state(cursor)
            transaction.savepoint_rollback(savepoint)
        return found

    right = run([NOW, NOW + timedelta(days=1), NOW + timedelta(days=2)])
    assert run([NOW, NOW - timedelta(days=365), NOW + timedelta(days=2)]) == right
    assert run([NOW + timedelta(days=900), NOW, NOW - timedelta(days=900)]) == right
