"""Arrivals about invented people, through the door of the register itself."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection

from mespoints.law.facts import (
    DecisionCancelled,
    EstablishedBy,
    Fact,
    LicenceObtained,
    Offence,
    OffenceClass,
    ProbationPath,
)
from mespoints.register.arrivals import (
    Arrival,
    BatchHead,
    BatchTotals,
    FactArrival,
    HolderArrival,
    RetractionArrival,
    TitleArrival,
)
from mespoints.register.consultation import HolderRecord, Reader, ReaderRole, record
from mespoints.register.registration import exclusive, open_batch

NUMBER = "150399200011"
OTHER_NUMBER = "150399200012"
DATA_DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
READER = Reader(account_id=None, role=ReaderRole.SYSTEM, reason="test")


def holder(line: int = 1, **changes: Any) -> HolderArrival:
    return HolderArrival(
        **{
            "line": line,
            "file_number": NUMBER,
            "birth_name": "Lefèvre",
            "usage_name": None,
            "given_names": ("Zoé",),
            "sex": "F",
            "birth_year": 1992,
            "birth_month": 11,
            "birth_day": None,
            "birth_commune": "33063",
            "birth_country": "99100",
            **changes,
        }
    )


def arrival(line: int, fact: Fact, **changes: Any) -> FactArrival:
    return FactArrival(**{"line": line, "file_number": NUMBER, "fact": fact, "recorded_on": DATA_DAY, **changes})


def licence(line: int = 2, on: date = date(2001, 3, 8), fact_id: str = "L1", **changes: Any) -> FactArrival:
    title = TitleArrival(title_number="21AA00001", categories=("AM", "B"), obtained_on=on)
    fact = LicenceObtained(fact_id=fact_id, on=on, path=ProbationPath.NONE)
    return arrival(line, fact, **{"title": title, **changes})


def offence(fact_id: str = "O1", on: date = date(2025, 6, 14), **changes: Any) -> Offence:
    fields: dict[str, Any] = {
        "established_on": on + timedelta(days=40),
        "established_by": EstablishedBy.FINE_PAID,
        "offence_class": OffenceClass.C4,
        "points": 3,
    }
    return Offence(**{"fact_id": fact_id, "committed_on": on, **fields, **changes})


def cancelled(fact_id: str = "A1", target: str = "O1", on: date = date(2026, 1, 10)) -> DecisionCancelled:
    return DecisionCancelled(fact_id=fact_id, on=on, target=target)


def retraction(line: int, fact_id: str = "O1", **changes: Any) -> RetractionArrival:
    fields = {"line": line, "file_number": NUMBER, "fact_id": fact_id, "reason": "Saisie au mauvais dossier."}
    return RetractionArrival(**{**fields, "recorded_on": DATA_DAY, **changes})


def enter(sequence: int, arrivals: Sequence[Arrival]) -> tuple[BatchTotals, list[tuple[int, str]]]:
    """Totals, and the lines refused with their reason."""
    head = BatchHead(
        sequence=sequence,
        sha256=f"{sequence:064x}",
        data_day=DATA_DAY + timedelta(days=sequence - 1),
        received_at=NOW + timedelta(days=sequence - 1),
    )
    with exclusive():
        registration = open_batch(head)
        registration.stage(arrivals)
        registration.merge()
        refusals = [(refusal.line, refusal.why.value) for refusal in registration.refusals()]
        totals = registration.close(0)
    assert totals.rows_read == totals.rows_entered + totals.rows_known + totals.rows_refused == len(arrivals)
    return totals, refusals


def read(known_at: int | None = None, number: str = NUMBER) -> HolderRecord:
    return record(number, READER, known_at)


def figures(entered: tuple[BatchTotals, list[tuple[int, str]]]) -> tuple[int, int, list[tuple[int, str]]]:
    """Entered, known, refused."""
    totals, refusals = entered
    return totals.rows_entered, totals.rows_known, refusals


def execute(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


def tamper(statement: str, *parameters: Any) -> None:
    """As whoever owns the machine could: triggers at rest."""
    execute("set session_replication_role = replica")
    try:
        execute(statement, *parameters)
    finally:
        execute("set session_replication_role = origin")
