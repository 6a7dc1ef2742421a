"""What waits, what lets it in, what the operator does about the rest."""

import resource
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import psycopg
import pytest
from django.db import connection

from mespoints.feed.import_ import import_file
from mespoints.feed.quarantine import ReasonMissing, Replay, UnknownRow, correct, dismiss, dismiss_all, replay
from mespoints.feed.quarantine_rows import QuarantinedRow, QuarantineState, alike, quarantined, waiting
from mespoints.feed.rejections import RejectionCode
from mespoints.register.consultation import Reader, ReaderRole, UnknownHolder, record
from mespoints.register.registration import _LOCK, DoorBusy
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
    write,
)

pytestmark = pytest.mark.django_db

SYSTEM = Reader(account_id=None, role=ReaderRole.SYSTEM, reason="test")
OPERATOR = 42
LATER = NOW + timedelta(days=1)


def facts() -> set[str]:
    return {each.fact_id for each in record(FILE_NUMBER, SYSTEM).record.facts}


def states(sequence: int) -> list[str]:
    return [row.state.value for row in quarantined(sequence)]


def only(sequence: int) -> QuarantinedRow:
    [row] = quarantined(sequence)
    return row


class TestAnUnknownHolder:
    ROWS = (licence(), offence(), fact("decision_cancelled", fact_id="A1", on="2025-12-01", target="O1"))

    def test_his_facts_wait_and_enter_when_he_arrives(self, tmp_path: Path) -> None:
        report = enter(tmp_path, self.ROWS)
        assert (report.rows_read, report.rows_refused) == (3, 3)
        with pytest.raises(UnknownHolder):
            record(FILE_NUMBER, SYSTEM)
        report = enter(tmp_path, [holder()], sequence=2, data_day=DATA_DAY + timedelta(days=1), now=LATER)
        assert (report.rows_read, report.rows_entered, report.rows_refused) == (1, 1, 0)
        assert report.replay == Replay(rows_read=3, rows_entered=3)
        assert facts() == {"L1", "O1", "A1"}
        assert [(row.state.value, row.raw) for row in quarantined(1)] == [("replayed", "")] * 3
        # The day of record that the row did not say is that of its own file.
        assert {each.recorded_on for each in record(FILE_NUMBER, SYSTEM).record.facts} == {DATA_DAY}

    def test_they_are_known_from_that_moment_only(self, tmp_path: Path) -> None:
        enter(tmp_path, self.ROWS)
        enter(tmp_path, [holder()], sequence=2)
        with connection.cursor() as cursor:
            cursor.execute("select sequence, rows_read, rows_entered, rows_known, rows_refused from register_batch order by id")
            assert cursor.fetchall() == [(1, 3, 0, 0, 3), (2, 1, 1, 0, 0), (None, 3, 3, 0, 0)]
        assert enter(tmp_path, [licence()], sequence=3).rows_known == 1

    def test_the_one_who_never_comes_keeps_nobody_waiting(self, tmp_path: Path) -> None:
        enter(tmp_path, self.ROWS)
        report = enter(tmp_path, [holder(file_number=OTHER_FILE_NUMBER)], sequence=2)
        assert report.replay == Replay()
        assert states(1) == ["waiting"] * 3

    def test_what_contradicts_what_came_meanwhile_waits_for_its_new_reason(self, tmp_path: Path) -> None:
        enter(tmp_path, [licence(), offence()])
        report = enter(tmp_path, [offence(points=4), holder(), licence()], sequence=2)
        assert report.replay == Replay(rows_read=2, rows_known=1, rows_refused=1)
        assert [(row.state.value, row.rejection.code.value) for row in quarantined(1)] == [
            ("replayed", "unknown_holder"),
            ("waiting", "conflict"),
        ]

    def test_every_kind_of_row_waits(self, tmp_path: Path) -> None:
        rows = [
            licence(),
            correction(licence(path="aac")),
            fact("licence_state", state="50", since="2021-03-08"),
            fact("contact", kind="email", address="zoe@exemple.invalid", since="2024-05-02"),
            offence(),
            fact("retraction", fact_id="O1", reason="Error."),
        ]
        assert enter(tmp_path, rows).rows_refused == 6
        assert enter(tmp_path, [holder()], sequence=2).replay == Replay(rows_read=6, rows_entered=6)
        assert facts() == {"L1"}


class TestAMissingOffence:
    LETTER = fact("mandatory_course_notified", fact_id="N1", on="2025-08-20", target="O1")

    def test_what_speaks_of_it_enters_with_it(self, tmp_path: Path) -> None:
        assert enter(tmp_path, [holder(), licence(), self.LETTER]).rows_refused == 1
        report = enter(tmp_path, [offence()], sequence=2)
        assert report.replay == Replay(rows_read=1, rows_entered=1)
        assert facts() == {"L1", "O1", "N1"}

    def test_a_chain_of_offences_enters_at_once(self, tmp_path: Path) -> None:
        chain = [offence(fact_id=f"O{n}", simultaneous_with=f"O{n - 1}") for n in (4, 3, 2)]
        assert enter(tmp_path, [holder(), *chain]).rows_refused == 3
        assert enter(tmp_path, [offence()], sequence=2).replay == Replay(rows_read=3, rows_entered=3)

    def test_two_that_speak_of_each_other_and_wait_for_a_third_do_not_turn_for_ever(self, tmp_path: Path) -> None:
        rows = [
            holder(),
            offence(fact_id="O2", simultaneous_with="O1"),
            offence(fact_id="O3", simultaneous_with="O2"),
            fact("decision_cancelled", fact_id="A1", on="2025-12-01", target="O3"),
        ]
        assert enter(tmp_path, rows).rows_refused == 3
        report = enter(tmp_path, [offence(committed_on="2025-06-13")], sequence=2)
        assert report.replay == Replay(rows_read=3, rows_refused=3)
        assert [row.rejection.code.value for row in quarantined(1)] == ["collision", "dangling_reference", "dangling_reference"]

    def test_the_offence_of_someone_else_lets_nothing_in(self, tmp_path: Path) -> None:
        enter(tmp_path, [holder(), holder(file_number=OTHER_FILE_NUMBER), self.LETTER])
        assert enter(tmp_path, [offence(file_number=OTHER_FILE_NUMBER)], sequence=2).replay == Replay()


class TestTheOperator:
    def test_puts_a_row_right(self, tmp_path: Path) -> None:
        enter(tmp_path, [holder(), offence(points="X")])
        row = only(1)
        refused = correct(row.id, msgspec.json.encode(offence(points=10)).decode(), OPERATOR, LATER)
        assert refused is not None
        assert (refused.code, refused.field) == (RejectionCode.OUT_OF_RANGE, "points")
        assert only(1).state is QuarantineState.WAITING
        right = msgspec.json.encode(offence()).decode()
        assert correct(row.id, right, OPERATOR, LATER) is None
        assert (only(1).state, only(1).corrected, only(1).raw) == (QuarantineState.CORRECTED, right, row.raw)
        assert replay(LATER) == Replay(rows_read=1, rows_entered=1)
        assert only(1).state is QuarantineState.REPLAYED
        assert facts() == {"O1"}
        assert replay(LATER) == Replay()

    def test_or_leaves_it_to_the_next_file(self, tmp_path: Path) -> None:
        enter(tmp_path, [holder(), offence(points="X")])
        correct(only(1).id, msgspec.json.encode(offence()).decode(), OPERATOR, LATER)
        assert enter(tmp_path, [], sequence=2).replay == Replay(rows_read=1, rows_entered=1)

    def test_puts_a_file_number_right(self, tmp_path: Path) -> None:
        enter(tmp_path, [holder(), offence(file_number="150399299911")])
        correct(only(1).id, msgspec.json.encode(offence()).decode(), OPERATOR, LATER)
        assert replay(LATER).rows_entered == 1

    def test_puts_a_stated_balance_right(self, tmp_path: Path) -> None:
        enter(tmp_path, [holder(), fact("stated_balance", on="2026-11-22", points=13)])
        correct(only(1).id, msgspec.json.encode(fact("stated_balance", on="2026-11-22", points=12)).decode(), OPERATOR, LATER)
        assert replay(LATER) == Replay(rows_read=1, rows_entered=1)

    def test_what_he_put_right_may_be_refused_again(self, tmp_path: Path) -> None:
        enter(tmp_path, [holder(), offence(points="X")])
        correct(only(1).id, msgspec.json.encode(offence(simultaneous_with="O9")).decode(), OPERATOR, LATER)
        assert replay(LATER) == Replay(rows_read=1, rows_refused=1)
        assert (only(1).state, only(1).rejection.code) == (QuarantineState.WAITING, RejectionCode.DANGLING_REFERENCE)

    def test_puts_a_row_aside(self, tmp_path: Path) -> None:
        enter(tmp_path, [licence()])
        dismiss(only(1).id, "Dossier d'essai.", OPERATOR, LATER)
        assert (only(1).state, only(1).reason) == (QuarantineState.DISMISSED, "Dossier d'essai.")
        assert list(waiting()) == []
        assert enter(tmp_path, [holder()], sequence=2).replay == Replay()
        for settled in (only(1).id, 9_999):
            with pytest.raises(UnknownRow, match="rechargez"):
                dismiss(settled, "Encore.", OPERATOR, LATER)
            with pytest.raises(UnknownRow, match="rechargez"):
                correct(settled, "{}", OPERATOR, LATER)

    def test_puts_all_the_rows_of_one_fault_aside(self, tmp_path: Path) -> None:
        enter(tmp_path, [b"?", b"?", licence()])
        assert dismiss_all(1, RejectionCode.JSON, "Fichier abîmé.", OPERATOR, LATER) == 2
        assert states(1) == ["dismissed", "dismissed", "waiting"]

    def test_and_touches_none_that_is_settled(self, tmp_path: Path) -> None:
        enter(tmp_path, [b"?", b"?", b"?"])
        first, second, _ = quarantined(1)
        dismiss(first.id, "Elle seule.", OPERATOR, NOW)
        correct(second.id, msgspec.json.encode(holder()).decode(), OPERATOR, NOW)
        assert alike(1, RejectionCode.JSON) == 1
        assert [dismiss_all(1, RejectionCode.JSON, reason, OPERATOR, LATER) for reason in ("Abîmé.", "Encore.")] == [1, 0]
        assert [row.reason for row in quarantined(1)] == ["Elle seule.", None, "Abîmé."]
        assert alike(1, RejectionCode.JSON) == 0

    def test_reads_what_waits_page_by_page(self, tmp_path: Path) -> None:
        enter(tmp_path, [b"?"] * 5)
        first = list(waiting(at_most=3))
        assert [row.rejection.line for row in first + list(waiting(after=first[-1].id))] == [1, 2, 3, 4, 5]


def test_a_row_that_waits_for_its_holder_is_kept_whole(tmp_path: Path) -> None:
    long = msgspec.json.encode(offence(label="é" * 500)).replace("é".encode(), rb"\u00e9") + b" " * 20_000
    enter(tmp_path, [long], totals={"offence": 1})
    assert only(1).raw.encode() == long
    assert enter(tmp_path, [holder()], sequence=2).replay == Replay(rows_read=1, rows_entered=1)


def test_bad_rows_by_the_hundred_thousand_do_not_fill_the_memory(tmp_path: Path) -> None:
    """The rows alone would take several times this memory."""

    def bad() -> Iterator[bytes]:
        for number in range(60_000):
            yield b'{"row":"course","file_number":"150399200011","fact_id":"C%d","on":"2025-02-30"}' % number
            yield b'{"row":"course","file_number":"150399%06d","fact_id":"C","on":"2025-02-20"}' % number

    drop = write(tmp_path, bad(), totals={"course": 120_000})
    tracemalloc.start()
    report = import_file(drop.data_path, drop.manifest_path, NOW, KEYS)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (report.rows_read, report.rows_refused) == (120_000, 120_000)
    assert peak < 60 << 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1 << 20


@pytest.mark.django_db(transaction=True)
def test_a_replay_does_not_wait_for_ever_behind_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(tmp_path, [holder(), offence(points="X")])
    correct(only(1).id, msgspec.json.encode(offence()).decode(), OPERATOR, LATER)
    monkeypatch.setattr("mespoints.feed.quarantine.PATIENCE_SECONDS", 1)
    url = connection.settings_dict
    with psycopg.connect(host=url["HOST"], user=url["USER"], dbname=url["NAME"]) as other:
        other.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        with pytest.raises(DoorBusy, match="dans quelques minutes"):
            replay(LATER)
    assert only(1).state is QuarantineState.CORRECTED
    assert replay(LATER) == Replay(rows_read=1, rows_entered=1)


def test_every_act_is_traced_and_needs_its_reason(tmp_path: Path) -> None:
    enter(tmp_path, [holder(), offence(points="X"), b"?"])
    first, second = quarantined(1)
    for nothing in ("", " \n", "\x00", "x" * 501):
        with pytest.raises(ReasonMissing):
            dismiss(first.id, nothing, OPERATOR, LATER)
        with pytest.raises(ReasonMissing):
            dismiss_all(1, RejectionCode.JSON, nothing, OPERATOR, LATER)
    assert states(1) == ["waiting", "waiting"]
    correct(first.id, msgspec.json.encode(offence()).decode(), OPERATOR, LATER)
    dismiss(second.id, "Une\nligne.", OPERATOR, LATER)
    assert [(row.decided_by, row.decided_at) for row in quarantined(1)] == [(OPERATOR, LATER)] * 2
    assert [row.reason for row in quarantined(1)] == [None, "Une ligne."]
