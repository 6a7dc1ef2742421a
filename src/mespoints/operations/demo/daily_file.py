"""The daily files of the demonstration: three on the first day, one of which went wrong on its way; then quiet days."""

from datetime import date, timedelta
from pathlib import Path

import msgspec

from mespoints.feed.rows import OffenceRow, Row, StatedBalanceRow
from mespoints.feed.signing import Signer
from mespoints.feed.writing import write_drop
from mespoints.law.facts import EstablishedBy, OffenceClass
from mespoints.operations.demo.people import people

FIRST_SEQUENCE = 1
STRANGER = "150399200098"
"""The file number of nobody, not even of someone invented."""


def write(folder: Path, today: date, signer: Signer, sequence: int = FIRST_SEQUENCE) -> None:
    """Facts are entered once and never move, so dates count from the first day; later files are those of a quiet day.

    The first of those takes the number, and the place, of the file that went wrong.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if sequence != FIRST_SEQUENCE:
        write_drop(folder, sequence=sequence, data_day=today, rows=[], signer=signer)
        return
    write_drop(folder, sequence=sequence, data_day=today, rows=everyone(today), signer=signer)
    write_drop(folder, sequence=sequence + 1, data_day=today, rows=with_faults(today), signer=signer)
    damaged = write_drop(folder, sequence=sequence + 2, data_day=today, rows=with_faults(today), signer=signer)
    content = damaged.data_path.read_bytes()
    damaged.data_path.write_bytes(content[: len(content) // 2])


def everyone(today: date) -> list[Row]:
    known = [person for person in people(today) if person.holder_row is not None]
    rows = [row for person in known for row in (person.holder_row, *person.fact_rows, *person.contact_rows)]
    return [msgspec.convert(row, Row) for row in rows]


def with_faults(today: date) -> list[Row]:
    """Two balances as the source states them, the second a point too high; then rows that cannot enter, each for its reason."""
    numbers = {person.key: person.holder_row["file_number"] for person in people(today) if person.holder_row is not None}
    offence = OffenceRow(
        file_number=STRANGER,
        fact_id="demonstration-1",
        committed_on=today - timedelta(days=90),
        established_on=today - timedelta(days=10),
        established_by=EstablishedBy.FINE_PAID,
        offence_class=OffenceClass.C4,
        points=1,
    )
    whose = numbers["hugo"]
    established_first = msgspec.structs.replace(offence, file_number=whose, established_on=today - timedelta(days=100))
    return [
        StatedBalanceRow(file_number=numbers["camille"], on=today, points=8),
        StatedBalanceRow(file_number=numbers["rachid"], on=today, points=4),
        offence,
        established_first,
        msgspec.structs.replace(offence, file_number=whose, points="X"),
    ]
