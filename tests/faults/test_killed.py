"""kill -9 at any moment: nothing is half in, and the same command run again ends where an undisturbed run ends."""

import logging
import os
import signal
import time
from random import Random

import psycopg
import pytest

from tests.faults.stage import Stage, Undisturbed, ended
from tests.faults.state import rows

logger = logging.getLogger(__name__)


def kill(stage: Stage, database: str, files: Undisturbed, random: Random) -> bool:
    """Starts a night on what the last one left, and kills it; whether it was still at work."""
    night = stage.start(database, "night", str(files.folder))
    time.sleep(random.uniform(0.3, 0.9) * files.seconds)
    is_at_work = os.waitid(os.P_PID, night.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
    os.kill(night.pid, signal.SIGKILL)
    ended(night)
    stage.wait_until_quiet(database)
    assert_whole(stage, database)
    return is_at_work


def assert_whole(stage: Stage, database: str) -> None:
    """Every batch is in from its first row to its last."""
    with psycopg.connect(stage.url(database)) as connection:
        broken = connection.execute(
            "select b.sequence from register_batch b where b.rows_read <> b.rows_entered + b.rows_known + b.rows_refused"
            " or b.last_entry - b.first_entry - 1 <> (select count(*) from register_entry e where e.batch_id = b.id)"
            " or b.rows_refused <> (select count(*) from feed_quarantine q where q.batch_id = b.id)"
        ).fetchall()
    assert broken == []


def take_up(stage: Stage, database: str, files: Undisturbed) -> None:
    done = stage.run(database, "night", str(files.folder))
    assert done.status in {0, 1}, done.said
    assert stage.state(database) == files.state


def kill_until(stage: Stage, empty: str, files: Undisturbed, wanted: int, seed: str) -> tuple[str, list[int]]:
    """The database where ``wanted`` kills found a night at work, and the files that were in at each.

    A night that ends before its kill is compared, and the next one starts from nothing again.
    """
    random = Random(seed)  # noqa: S311 - nothing to protect
    database, batches = stage.copy(empty), list[int]()
    while len(batches) < wanted:
        if kill(stage, database, files, random):
            batches.append(rows(stage.state(database), "batch"))
        else:
            assert stage.state(database) == files.state
            stage.drop(database)
            database = stage.copy(empty)
    return database, batches


def test_a_night_killed_twice(stage: Stage, empty: str, usual: Undisturbed) -> None:
    database, _ = kill_until(stage, empty, usual, 2, seed=f"{os.getpid()}")
    take_up(stage, database, usual)
    assert rows(usual.state, "projection") > 0
    stage.drop(database)


@pytest.mark.faults
@pytest.mark.parametrize("series", range(6))
def test_a_night_killed_again_and_again(stage: Stage, empty: str, large: Undisturbed, series: int) -> None:
    """Six series of four: 24 kills."""
    database, batches = kill_until(stage, empty, large, 4, seed=f"{os.getpid()}/{series}")
    logger.warning("series %d: 4 nights killed at work, files in at each kill: %s", series, batches)
    take_up(stage, database, large)
    audit = stage.run(database, "audit", "--processes", "1")
    assert audit.status == 0, audit.said
    stage.drop(database)
