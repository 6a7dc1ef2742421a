"""The daily file of the demonstration: everyone on the first day, nothing new on the following ones."""

from datetime import date
from pathlib import Path

import msgspec

from mespoints.feed.rows import Row
from mespoints.feed.signing import Signer
from mespoints.feed.writing import Drop, write_drop
from mespoints.operations.demo.people import people

FIRST_SEQUENCE = 1


def write(folder: Path, today: date, signer: Signer, sequence: int = FIRST_SEQUENCE) -> Drop:
    """Facts are entered once and never move, so dates count from the first day; later files are those of a quiet day."""
    rows = everyone(today) if sequence == FIRST_SEQUENCE else []
    return write_drop(folder, sequence=sequence, data_day=today, rows=rows, signer=signer)


def everyone(today: date) -> list[Row]:
    known = [person for person in people(today) if person.holder_row is not None]
    rows = [row for person in known for row in (person.holder_row, *person.fact_rows)]
    return [msgspec.convert(row, Row) for row in rows]
