"""What enters, what is known, what is refused: read = entered + known + refused, always."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from mespoints.feed.import_ import ImportOutcome, ImportReport, import_file
from mespoints.feed.quarantine_rows import quarantined
from mespoints.register.consultation import HolderRecord, Reader, ReaderRole, record
from tests.feed.samples import (
    DATA_DAY,
    FILE_NUMBER,
    KEYS,
    NOW,
    OTHER_FILE_NUMBER,
    correction,
    enter,
    fact,
    holder,
    licence,
    offence,
    unestablished,
    write,
)

pytestmark = pytest.mark.django_db

SYSTEM = Reader(account_id=None, role=ReaderRole.SYSTEM, reason="test")


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")  # noqa: S608 - names of this file
        return int(cursor.fetchone()[0])


def everything() -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for table in ("register_batch", "register_holder", "register_licence", "register_entry", "feed_quarantine", "feed_reception"):
        with connection.cursor() as cursor:
            cursor.execute(f"select * from {table} order by id")  # noqa: S608 - names of this file
            rows += cursor.fetchall()
    return rows


def read() -> HolderRecord:
    return record(FILE_NUMBER, SYSTEM)


def figures(report: ImportReport) -> tuple[int, int, int]:
    assert report.rows_read == report.rows_entered + report.rows_known + report.rows_refused
    return report.rows_entered, report.rows_known, report.rows_refused


def codes(sequence: int) -> list[tuple[int, str]]:
    return [(row.rejection.line, row.rejection.code.value) for row in quarantined(sequence)]


ALL_KINDS = [
    holder(),
    licence(),
    offence(),
    unestablished(fact_id="O2", simultaneous_with="O1"),
    fact("course", fact_id="C1", on="2025-09-02", kind="mandatory"),
    fact("mandatory_course_notified", fact_id="N1", on="2025-08-20", target="O1"),
    fact("suspension", fact_id="S1", on="2025-06-15", until="2025-09-15"),
    fact("post_licence_training", fact_id="T1", on="2021-10-01"),
    fact("decision_cancelled", fact_id="A1", on="2025-12-01", target="O1"),
    fact("invalidation_notified", fact_id="I1", on="2026-01-10"),
    fact("licence_surrendered", fact_id="R1", on="2026-01-20"),
    fact("judicial_annulment", fact_id="J1", on="2026-02-01"),
]


def test_every_kind_of_row_enters(tmp_path: Path) -> None:
    report = enter(tmp_path, ALL_KINDS)
    assert figures(report) == (12, 0, 0)
    assert report.outcome is ImportOutcome.ENTERED
    assert {f.fact_id for f in read().record.facts} == {row["fact_id"] for row in ALL_KINDS[1:]}
    assert (count("register_holder"), count("register_licence"), count("register_entry")) == (1, 1, 11)


def test_the_order_of_the_lines_does_not_matter(tmp_path: Path) -> None:
    report = enter(tmp_path, ALL_KINDS[::-1])
    assert figures(report) == (12, 0, 0)


def test_the_same_file_twice_has_no_effect(tmp_path: Path) -> None:
    drop = write(tmp_path, [*ALL_KINDS, b"?"])
    first = import_file(drop.data_path, drop.manifest_path, NOW, KEYS)
    before = everything()
    second = import_file(drop.data_path, drop.manifest_path, NOW + timedelta(days=1), KEYS)
    assert second.outcome is ImportOutcome.ALREADY_ENTERED
    assert figures(second) == figures(first) == (12, 0, 1)
    assert everything() == before


def test_the_same_rows_in_the_next_file_are_known(tmp_path: Path) -> None:
    enter(tmp_path, ALL_KINDS)
    entries = count("register_entry")
    report = enter(tmp_path, ALL_KINDS, sequence=2, data_day=DATA_DAY + timedelta(days=1))
    assert figures(report) == (0, 12, 0)
    assert count("register_entry") == entries


def test_the_same_row_twice_in_one_file_enters_once(tmp_path: Path) -> None:
    report = enter(tmp_path, [holder(), holder(), licence(), licence(), offence(), offence(), offence()])
    assert figures(report) == (3, 4, 0)


def test_another_content_under_the_same_fact_id_is_a_conflict(tmp_path: Path) -> None:
    report = enter(tmp_path, [holder(), licence(), offence(), offence(points=4), offence(points=4)])
    assert figures(report) == (3, 0, 2)
    assert codes(1) == [(4, "conflict"), (5, "conflict")]
    report = enter(tmp_path, [offence(points=2), offence(), fact("course", fact_id="O1", on="2025-09-02")], sequence=2)
    assert figures(report) == (0, 1, 2)
    assert codes(2) == [(1, "conflict"), (3, "conflict")]
    assert [o.points for o in read().record.offences] == [3]


def test_fact_ids_belong_to_their_holder(tmp_path: Path) -> None:
    rows = [holder(), holder(file_number=OTHER_FILE_NUMBER), offence(), offence(file_number=OTHER_FILE_NUMBER, points=6)]
    assert figures(enter(tmp_path, rows)) == (4, 0, 0)


class TestEstablishment:
    """An offence entered un-established, established later by a row that adds nothing else."""

    def test_in_a_later_file(self, tmp_path: Path) -> None:
        enter(tmp_path, [holder(), unestablished()])
        assert figures(enter(tmp_path, [offence()], sequence=2)) == (1, 0, 0)
        assert [str(o.established_on) for o in read().record.offences] == ["2025-07-30"]

    def test_in_the_same_file(self, tmp_path: Path) -> None:
        assert figures(enter(tmp_path, [holder(), unestablished(), offence(), offence()])) == (3, 1, 0)
        assert [str(o.established_on) for o in read().record.offences] == ["2025-07-30"]

    def test_with_another_figure_is_a_conflict(self, tmp_path: Path) -> None:
        enter(tmp_path, [holder(), unestablished()])
        assert figures(enter(tmp_path, [offence(points=4)], sequence=2)) == (0, 0, 1)

    def test_twice_otherwise_is_a_conflict(self, tmp_path: Path) -> None:
        rows = [holder(), unestablished(), offence(), offence(established_on="2025-08-01")]
        assert figures(enter(tmp_path, rows)) == (3, 0, 1)
        assert figures(enter(tmp_path, [offence(established_by="increased_fine")], sequence=2)) == (0, 0, 1)

    def test_is_not_undone_by_the_first_row_sent_again(self, tmp_path: Path) -> None:
        enter(tmp_path, [holder(), unestablished(), offence()])
        assert figures(enter(tmp_path, [unestablished()], sequence=2)) == (0, 1, 0)
        assert [str(o.established_on) for o in read().record.offences] == ["2025-07-30"]

    def test_cannot_be_taken_back(self, tmp_path: Path) -> None:
        assert figures(enter(tmp_path, [holder(), offence(), unestablished()])) == (2, 0, 1)


class TestCorrection:
    def test_a_corrected_fact_stands_in_the_place_of_the_first(self, tmp_path: Path) -> None:
        enter(tmp_path, [holder(), licence(), offence()])
        before = read()
        assert figures(enter(tmp_path, [correction(offence(points=4)), correction(offence(points=4))], sequence=2)) == (1, 1, 0)
        assert [o.points for o in read().record.offences] == [4]
        assert [o.points for o in record(FILE_NUMBER, SYSTEM, before.known_at).record.offences] == [3]

    def test_a_correction_does_not_change_the_kind(self, tmp_path: Path) -> None:
        enter(tmp_path, [holder(), licence()])
        report = enter(tmp_path, [correction(fact("course", fact_id="L1", on="2025-03-01"))], sequence=2)
        assert figures(report) == (0, 0, 1)
        [refused] = quarantined(2)
        assert (refused.rejection.code.value, refused.rejection.field) == ("conflict", "fact.fact_id")

    def test_a_retracted_fact_leaves_the_record_and_a_correction_brings_it_back(self, tmp_path: Path) -> None:
        enter(tmp_path, [holder(), licence(), offence()])
        known_at = read().known_at
        retraction = fact("retraction", fact_id="O1", reason="Another person's.")
        assert figures(enter(tmp_path, [retraction, retraction], sequence=2)) == (1, 1, 0)
        assert read().record.offences == ()
        assert len(record(FILE_NUMBER, SYSTEM, known_at).record.offences) == 1
        assert figures(enter(tmp_path, [correction(offence())], sequence=3)) == (1, 0, 0)
        assert len(read().record.offences) == 1

    def test_an_offence_still_spoken_of_is_not_retracted(self, tmp_path: Path) -> None:
        letter = fact("mandatory_course_notified", fact_id="N1", on="2025-08-20", target="O1")
        enter(tmp_path, [holder(), licence(), offence(), letter])
        retraction = fact("retraction", fact_id="O1", reason="Error.")
        assert figures(enter(tmp_path, [retraction], sequence=2)) == (0, 0, 1)
        assert codes(2) == [(1, "still_referred")]


def test_states_and_contacts_enter_and_are_known_the_second_time(tmp_path: Path) -> None:
    rows = [
        holder(),
        fact("licence_state", state="50", since="2021-03-08"),
        fact("contact", kind="email", address="zoe@exemple.invalid", since="2024-05-02"),
        fact("contact", kind="mobile", address="+33600000000", since="2024-05-02"),
        fact("contact", kind="postal", address="1 rue des Essais, 99000 Nulle-Part", since="2024-05-02"),
        fact("contact", kind="mobile", address=None, since="2025-01-01"),
    ]
    assert figures(enter(tmp_path, rows)) == (6, 0, 0)
    assert figures(enter(tmp_path, [rows[0], rows[1], rows[2], rows[4], rows[5]], sequence=2)) == (0, 5, 0)
    state = read().licence_state
    assert state is not None
    assert state.state.value == "50"


def test_a_holder_is_corrected_by_the_last_row(tmp_path: Path) -> None:
    enter(tmp_path, [holder()])
    rows = [holder(), holder(usage_name="Ormeau"), holder(usage_name="Ormeau"), holder(usage_name="Ormel")]
    assert figures(enter(tmp_path, rows, sequence=2)) == (2, 2, 0)
    assert read().holder.usage_name == "Ormel"


def test_a_renewed_card_enters_although_its_licence_is_known(tmp_path: Path) -> None:
    enter(tmp_path, [holder(), licence()])
    renewed = licence(title_number="26AA00002", categories=["AM", "A2", "B"])
    assert figures(enter(tmp_path, [renewed, renewed], sequence=2)) == (1, 1, 0)
    [title] = read().licences
    assert (title.title_number, title.categories) == ("26AA00002", ("AM", "A2", "B"))
    assert count("register_entry") == 1


def test_a_licence_in_conflict_leaves_the_card_alone(tmp_path: Path) -> None:
    enter(tmp_path, [holder(), licence()])
    assert figures(enter(tmp_path, [licence(obtained_on="2022-01-01", title_number="26AA00002")], sequence=2)) == (0, 0, 1)
    assert [title.title_number for title in read().licences] == ["21AA00001"]


def test_a_reference_may_come_before_its_offence_in_the_file(tmp_path: Path) -> None:
    rows = [fact("decision_cancelled", fact_id="A1", on="2025-12-01", target="O1"), holder(), offence()]
    assert figures(enter(tmp_path, rows)) == (3, 0, 0)


def test_what_speaks_of_a_refused_offence_is_refused_with_it(tmp_path: Path) -> None:
    rows = [
        holder(),
        offence(fact_id="O2", simultaneous_with="O1"),
        offence(fact_id="O3", simultaneous_with="O2"),
        fact("decision_cancelled", fact_id="A1", on="2025-12-01", target="O3"),
        offence(fact_id="O4", simultaneous_with="O5"),
        offence(fact_id="O5", simultaneous_with="O4"),
    ]
    assert figures(enter(tmp_path, rows)) == (3, 0, 3)
    assert codes(1) == [(line, "dangling_reference") for line in (2, 3, 4)]


def test_simultaneous_offences_have_one_day(tmp_path: Path) -> None:
    rows = [holder(), offence(), offence(fact_id="O2", committed_on="2025-06-15", simultaneous_with="O1")]
    assert figures(enter(tmp_path, rows)) == (2, 0, 1)
    assert codes(1) == [(3, "collision")]


def test_the_offence_of_someone_else_is_no_reference(tmp_path: Path) -> None:
    rows = [holder(), holder(file_number=OTHER_FILE_NUMBER), offence(file_number=OTHER_FILE_NUMBER)]
    enter(tmp_path, rows)
    report = enter(tmp_path, [fact("decision_cancelled", fact_id="A1", on="2025-12-01", target="O1")], sequence=2)
    assert figures(report) == (0, 0, 1)


def test_the_batch_keeps_its_totals(tmp_path: Path) -> None:
    report = enter(tmp_path, [*ALL_KINDS, offence(), b"?"])
    with connection.cursor() as cursor:
        cursor.execute("select rows_read, rows_entered, rows_known, rows_refused from register_batch")
        assert cursor.fetchall() == [(14, 12, 1, 1)]
    assert figures(report) == (12, 1, 1)


def test_a_fault_halfway_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object) -> None:
        raise OSError("disk full")

    before = everything()
    with monkeypatch.context() as patch:
        patch.setattr("mespoints.feed.import_.Registration.close", fault)
        with pytest.raises(OSError, match="disk full"):
            enter(tmp_path, ALL_KINDS)
    assert everything() == before
    assert figures(enter(tmp_path, ALL_KINDS)) == (12, 0, 0)
