from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from mespoints.access_log.trace import Trace
from mespoints.law.facts import EstablishedBy, LicenceObtained, Offence, OffenceClass, ProbationPath
from mespoints.register.consultation import (
    SPOOL_NAME,
    LicenceTitle,
    Reader,
    ReaderRole,
    TraceRefused,
    UnknownHolder,
    entry_number_on,
    record,
    recover_traces,
)
from tests.feed.samples import (
    DATA_DAY,
    FILE_NUMBER,
    NOW,
    OTHER_FILE_NUMBER,
    enter,
    fact,
    holder,
    licence,
    offence,
    unestablished,
)

pytestmark = pytest.mark.django_db

HOLDER = Reader(account_id=7, role=ReaderRole.HOLDER, reason="solde")
AGENT = Reader(account_id=8, role=ReaderRole.AGENT, reason="demande du titulaire")


def test_the_record_is_what_was_entered(tmp_path: Path) -> None:
    enter(tmp_path, [holder(), licence(), offence(recorded_on="2025-08-02", label="Téléphone tenu en main")])
    found = record("1503 99 200011", HOLDER)
    assert found.record.facts == (
        LicenceObtained(fact_id="L1", on=date(2021, 3, 8), path=ProbationPath.STANDARD, recorded_on=DATA_DAY),
        Offence(
            fact_id="O1",
            committed_on=date(2025, 6, 14),
            established_on=date(2025, 7, 30),
            established_by=EstablishedBy.FINE_PAID,
            offence_class=OffenceClass.C4,
            points=3,
            label="Téléphone tenu en main",
            recorded_on=date(2025, 8, 2),
        ),
    )
    assert found.licences == (LicenceTitle(title_number="21AA00001", categories=("AM", "B"), obtained_on=date(2021, 3, 8)),)
    assert found.holder.given_names == ("Zoé", "Anne-Lise")
    assert found.holder.birth_date == "1992-11-00"
    assert found.holder.displayed_file_number == "150399 200011"
    assert found.data_as_of is not None
    assert found.data_as_of.isoformat() == "2026-11-22T23:59:59+01:00"


def test_a_learner_has_a_file_and_nothing_in_it(tmp_path: Path) -> None:
    enter(tmp_path, [holder()])
    found = record(FILE_NUMBER, HOLDER)
    assert found.record.facts == ()
    assert found.licences == ()


@pytest.mark.parametrize("file_number", [OTHER_FILE_NUMBER, "", "x", "150399200011'--"])
def test_nobody_answers_to_an_unknown_number(tmp_path: Path, file_number: str) -> None:
    enter(tmp_path, [holder()])
    with pytest.raises(UnknownHolder):
        record(file_number, HOLDER)


def test_one_statement_reads_and_one_leaves_the_trace(tmp_path: Path) -> None:
    enter(tmp_path, [holder(), licence(), *(offence(fact_id=f"O{n}") for n in range(300))])
    with CaptureQueriesContext(connection) as queries:
        found = record(FILE_NUMBER, AGENT)
    assert len(found.record.facts) == 301
    assert [query["sql"].split()[0] for query in queries] == ["with", "insert"]


def test_the_trace_says_who_and_why(tmp_path: Path) -> None:
    enter(tmp_path, [holder()])
    before = datetime.now(UTC)
    found = record(FILE_NUMBER, AGENT)
    with connection.cursor() as cursor:
        cursor.execute("select account_id, role, holder_id, reason, at from access_log_accesstrace")
        [(account_id, role, holder_id, reason, at)] = cursor.fetchall()
    assert (account_id, role, holder_id, reason) == (8, "agent", found.holder.holder_id, "demande du titulaire")
    assert abs(at - before) < timedelta(minutes=1)


def test_an_unknown_holder_leaves_no_trace(tmp_path: Path) -> None:
    enter(tmp_path, [holder()])
    with pytest.raises(UnknownHolder):
        record(OTHER_FILE_NUMBER, AGENT)
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from access_log_accesstrace")
        assert cursor.fetchone()[0] == 0


def test_the_past_is_answered_as_it_was_known(tmp_path: Path) -> None:
    enter(tmp_path, [holder(), licence(), unestablished()])
    first = record(FILE_NUMBER, HOLDER)
    enter(
        tmp_path, [offence(), licence(fact_id="L2", title_number="26AA00002")], sequence=2, data_day=DATA_DAY + timedelta(days=1)
    )
    second = record(FILE_NUMBER, HOLDER)
    assert second.known_at > first.known_at
    assert record(FILE_NUMBER, HOLDER, known_at=first.known_at) == first
    assert record(FILE_NUMBER, HOLDER, known_at=second.known_at) == second
    assert [o.established_on for o in first.record.offences] == [None]
    assert [o.established_on for o in second.record.offences] == [date(2025, 7, 30)]
    assert len(first.licences) == 1
    assert len(second.licences) == 2
    assert record(FILE_NUMBER, HOLDER, known_at=0).record.facts == ()


def test_a_batch_without_a_new_fact_is_told_from_the_one_before(tmp_path: Path) -> None:
    enter(tmp_path, [holder(), licence()])
    first = record(FILE_NUMBER, HOLDER)
    enter(tmp_path, [], sequence=2, data_day=DATA_DAY + timedelta(days=1), now=NOW + timedelta(days=1))
    second = record(FILE_NUMBER, HOLDER)
    assert first.data_as_of is not None
    assert second.data_as_of == first.data_as_of + timedelta(days=1)
    assert record(FILE_NUMBER, HOLDER, known_at=first.known_at) == first


def test_a_day_has_its_entry_number(tmp_path: Path) -> None:
    assert entry_number_on(date(2026, 11, 23)) == 0
    # 23:30 in Paris on the 23rd, still the 23rd; 00:30 on the 24th is the next day although UTC says the 23rd.
    enter(tmp_path, [holder(), licence()], now=datetime(2026, 11, 23, 22, 30, tzinfo=UTC))
    first = record(FILE_NUMBER, HOLDER).known_at
    enter(tmp_path, [offence()], sequence=2, now=datetime(2026, 11, 23, 23, 30, tzinfo=UTC))
    second = record(FILE_NUMBER, HOLDER).known_at
    assert entry_number_on(date(2026, 11, 22)) == 0
    assert entry_number_on(date(2026, 11, 23)) == first
    assert entry_number_on(date(2026, 11, 24)) == second


def test_facts_of_others_stay_with_them(tmp_path: Path) -> None:
    rows = [holder(), holder(file_number=OTHER_FILE_NUMBER), licence(), licence(file_number=OTHER_FILE_NUMBER)]
    enter(tmp_path, [*rows, offence(file_number=OTHER_FILE_NUMBER), fact("course", fact_id="S1", on="2025-09-01")])
    assert [f.fact_id for f in record(FILE_NUMBER, HOLDER).record.facts] == ["L1", "S1"]
    assert [f.fact_id for f in record(OTHER_FILE_NUMBER, HOLDER).record.facts] == ["L1", "O1"]


class TestWithoutATrace:
    """The table of traces fails; the connection is outside any transaction, as in a page."""

    pytestmark = pytest.mark.django_db(transaction=True)

    @pytest.fixture(autouse=True)
    def broken(self, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        enter(tmp_path / "drop", [holder(), licence()])
        settings.DATA_DIR = tmp_path

        def failing(line: Trace) -> None:
            with connection.cursor() as cursor:
                cursor.execute("insert into access_log_accesstrace (no_such_column) values (1)")

        monkeypatch.setattr("mespoints.register.consultation.trace", failing)

    def test_the_holder_sees_his_file_and_the_trace_waits(self, tmp_path: Path) -> None:
        found = record(FILE_NUMBER, HOLDER)
        assert len(found.record.facts) == 1
        waiting = tmp_path / SPOOL_NAME
        assert waiting.stat().st_mode & 0o077 == 0
        assert FILE_NUMBER not in waiting.read_text()
        assert recover_traces() == 1
        with connection.cursor() as cursor:
            cursor.execute("select account_id, role, holder_id, reason from access_log_accesstrace")
            assert cursor.fetchall() == [(7, "holder", found.holder.holder_id, "solde")]
        assert waiting.read_text() == ""

    @pytest.mark.parametrize("role", [ReaderRole.AGENT, ReaderRole.SYSTEM])
    def test_anyone_else_is_refused(self, tmp_path: Path, role: ReaderRole) -> None:
        with pytest.raises(TraceRefused):
            record(FILE_NUMBER, Reader(account_id=8, role=role, reason="contrôle"))
        assert not (tmp_path / SPOOL_NAME).exists()


def test_inside_a_transaction_a_lost_trace_is_not_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(tmp_path, [holder()])

    def failing(line: Trace) -> None:
        raise DatabaseError

    monkeypatch.setattr("mespoints.register.consultation.trace", failing)
    with pytest.raises(DatabaseError):
        record(FILE_NUMBER, HOLDER)


def test_reception_and_data_day_are_two_things(tmp_path: Path) -> None:
    enter(tmp_path, [holder()], data_day=date(2026, 11, 20))
    found = record(FILE_NUMBER, HOLDER)
    assert found.data_as_of is not None
    assert found.data_as_of.date() == date(2026, 11, 20) != NOW.date()
