"""However many rows are bad, the importer holds a chunk of them at a time."""

import logging
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

import pytest

from mespoints.feed.rows import CourseRow, Row, StatedBalanceRow
from mespoints.feed.writing import Drop, write_drop
from tests.faults.stage import LAST_DAY, SIGNER, Ended, Stage
from tests.faults.state import rows

logger = logging.getLogger(__name__)

MOST_KIB = 60_000
"""What any number of bad rows may add to the memory of a few."""


def bad_rows(number: int) -> Iterator[Row]:
    """Half cannot be true, half speak of someone unknown: both ways into the quarantine."""
    yield from repeat(StatedBalanceRow(file_number="150399600000", on=LAST_DAY, points=99), number // 2)
    for rank in range(number // 2):
        yield CourseRow(file_number="150399600000", fact_id=f"S{rank}", on=LAST_DAY)


def written(folder: Path, number: int) -> Drop:
    folder.mkdir()
    return write_drop(folder, sequence=1, data_day=LAST_DAY, rows=bad_rows(number), signer=SIGNER)


def play(stage: Stage, empty: str, folder: Path, number: int) -> Ended:
    name = stage.copy(empty)
    done = stage.import_(name, written(folder / str(number), number))
    assert done.status == 1, done.said
    assert f"{number} en quarantaine" in done.said
    assert rows(stage.state(name), "quarantine") == number
    stage.drop(name)
    return done


def test_many_bad_rows(stage: Stage, empty: str, tmp_path: Path) -> None:
    few, many = (play(stage, empty, tmp_path, number) for number in (6_000, 30_000))
    assert many.peak_kib - few.peak_kib < MOST_KIB, (few.peak_kib, many.peak_kib)


@pytest.mark.faults
def test_a_million_bad_rows(stage: Stage, empty: str, tmp_path: Path) -> None:
    few, many = (play(stage, empty, tmp_path, number) for number in (12_000, 1_000_000))
    logger.warning("peak memory: at most %d KiB for 12,000 bad rows, %d KiB for a million", few.peak_kib, many.peak_kib)
    assert many.peak_kib - few.peak_kib < MOST_KIB
