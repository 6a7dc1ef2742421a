"""What we write ourselves enters like what a source writes."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mespoints.feed.import_ import import_file
from mespoints.feed.rows import HolderRow, LicenceRow, Row
from mespoints.feed.translation import translate
from mespoints.feed.writing import fact_row, licence_row, write_drop
from mespoints.law.facts import FACT_TYPES, Course, CourseKind, Fact, LicenceObtained, ProbationPath
from mespoints.register.arrivals import FactArrival
from mespoints.register.consultation import Reader, ReaderRole, record
from tests.feed.samples import DATA_DAY, FILE_NUMBER, KEYS, NOW, SIGNER

DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
PLAIN_FACTS = st.one_of([st.builds(t, recorded_on=DAYS) for t in FACT_TYPES.values() if t is not LicenceObtained])


@given(PLAIN_FACTS)
def test_a_fact_and_its_row_say_the_same(fact: Fact) -> None:
    arrival = translate(fact_row(FILE_NUMBER, fact), 1, DATA_DAY)
    if isinstance(arrival, FactArrival):
        assert arrival.fact == fact


def test_a_licence_needs_its_title() -> None:
    fact = LicenceObtained(fact_id="L1", on=date(2021, 3, 8), path=ProbationPath.AAC)
    with pytest.raises(TypeError, match="licence_row"):
        fact_row(FILE_NUMBER, fact)
    assert isinstance(licence_row(FILE_NUMBER, fact, "21AA00001", ("B",)), LicenceRow)


@pytest.mark.django_db
def test_a_written_file_enters(tmp_path: Path) -> None:
    obtained = LicenceObtained(fact_id="L1", on=date(2021, 3, 8), path=ProbationPath.AAC, recorded_on=date(2021, 3, 9))
    course = Course(fact_id="C1", on=date(2025, 9, 2), kind=CourseKind.VOLUNTARY, recorded_on=date(2025, 9, 5))
    rows: list[Row] = [
        HolderRow(
            file_number=FILE_NUMBER,
            birth_name="Ormeau",
            given_names=("Zoé",),
            sex="X",
            birth_date="2001-00-00",
            birth_country="99109",
        ),
        licence_row(FILE_NUMBER, obtained, "21AA00001", ("B",)),
        fact_row(FILE_NUMBER, course),
    ]
    drop = write_drop(tmp_path, sequence=1, data_day=DATA_DAY, rows=rows, signer=SIGNER)
    report = import_file(drop.data_path, drop.manifest_path, NOW, KEYS)
    assert (report.refusal, report.rows_entered) == (None, 3)
    found = record(FILE_NUMBER, Reader(account_id=None, role=ReaderRole.SYSTEM, reason="test"))
    assert found.record.facts == (obtained, course)
    assert (found.holder.birth_date, found.holder.sex) == ("2001-00-00", "X")
