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


def test_a_night_killed_twice(stage: Stage, usual: Undisturbed, database: str) -> None:
    random = Random(os.getpid())  # noqa: S311 - nothing to protect
    assert sum(kill(stage, database, usual, random) for _ in range(2)) >= 1
    take_up(stage, database, usual)
    assert rows(usual.state, "projection") > 0


LANDED = 4
"""Kills of each series that find the night at work."""


@pytest.mark.faults
@pytest.mark.parametrize("series", range(6))
def test_a_night_killed_again_and_again(stage: Stage, empty: str, large: Undisturbed, series: int) -> None:
    """Six series make 24 kills; a night that ends before its kill is compared, and the next one starts from nothing again."""
    random = Random(f"{os.getpid()}/{series}")  # noqa: S311 - nothing to protect
    database, landed, batches = stage.copy(empty), 0, []
    while landed < LANDED:
        if kill(stage, database, large, random):
            landed += 1
            batches.append(rows(stage.state(database), "batch"))
        else:
            assert stage.state(database) == large.state
            stage.drop(database)
            database = stage.copy(empty)
    logger.warning("series %d: %d nights killed at work, files in at each kill: %s", series, landed, batches)
    take_up(stage, database, large)
    audit = stage.run(database, "audit", "--processes", "1")
    assert audit.status == 0, audit.said
    stage.drop(database)
