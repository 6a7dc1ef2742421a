"""The files of the large register: drivers by rank, then the changes of one night among them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from mespoints.feed.rows import Row
from mespoints.feed.signing import Signer
from mespoints.feed.writing import Drop, fact_row, write_drop
from mespoints.operations.invented_drivers import file_number, first_rows, lag, offence

SIGNER = Signer.drawn("bench")
SEED = 2026
BEFORE = date(2026, 11, 1)
"""The file of sequence n describes the n-th day after this one."""


def data_day(sequence: int) -> date:
    return BEFORE + timedelta(days=sequence)


def received_at(sequence: int) -> datetime:
    """The night after."""
    return datetime.combine(data_day(sequence + 1), time(4), UTC)


def write_people(folder: Path, sequence: int, ranks: range) -> Drop:
    rows = (row for rank in ranks for row in first_rows(SEED, rank, BEFORE))
    return write(folder, sequence, rows)


def write_changes(folder: Path, sequence: int, ranks: Sequence[int]) -> Drop:
    """One offence for each."""
    return write(folder, sequence, _offences(sequence, ranks))


def write(folder: Path, sequence: int, rows: Iterator[Row]) -> Drop:
    folder.mkdir(parents=True, exist_ok=True)
    return write_drop(folder, sequence=sequence, data_day=data_day(sequence), rows=rows, signer=SIGNER)


def _offences(sequence: int, ranks: Sequence[int]) -> Iterator[Row]:
    random = Random(sequence)  # noqa: S311 - nothing to protect
    day = data_day(sequence)
    for rank in ranks:
        yield fact_row(file_number(rank), offence(random, f"J{sequence}", day - lag(random), day, day))
