"""Raw SQL against the tables that never change: PostgreSQL itself refuses."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from mespoints.access_log.segments import seal
from mespoints.register.anchors import anchor
from mespoints.register.arrivals import LicenceStateArrival, TitleArrival
from mespoints.register.consultation import Reader, ReaderRole, record
from mespoints.register.licence_state import LicenceState
from tests.register.entering import DATA_DAY, NUMBER, enter, execute, holder, licence

pytestmark = pytest.mark.django_db

TABLES = {
    "register_entry": "update register_entry set kind = kind",
    "register_formeridentity": "update register_formeridentity set birth_name = ''",
    "register_formertitle": "update register_formertitle set title_number = ''",
    "register_statedlicencestate": "update register_statedlicencestate set state = '50'",
    "register_erasure": "update register_erasure set entries = 0",
    "register_anchor": "update register_anchor set digest = ''",
    "access_log_accesstrace": "update access_log_accesstrace set reason = ''",
    "access_log_segment": "update access_log_segment set traces = 0",
}
STATEMENTS = [
    (table, statement)
    for table, update in TABLES.items()
    for statement in (
        update,
        f"{update} where false",
        f"delete from {table}",  # noqa: S608 - a table of the list above
        f"delete from {table} where false",  # noqa: S608 - same
        f"truncate {table}",
        f"truncate {table} cascade",
    )
]


@pytest.fixture(autouse=True)
def written() -> None:
    """One row in each table."""
    enter(1, [holder(), licence(), LicenceStateArrival(line=3, file_number=NUMBER, state=LicenceState.VALID, since=DATA_DAY)])
    renewed = TitleArrival(title_number="26AA00002", categories=("B",), obtained_on=DATA_DAY)
    enter(2, [holder(birth_name="Lefebvre"), licence(title=renewed)])
    record(NUMBER, Reader(account_id=1, role=ReaderRole.HOLDER, reason="test"))
    assert seal(datetime.now(UTC) + timedelta(hours=2)) == 1
    assert anchor(datetime.now(UTC)) is not None
    execute("insert into register_erasure (run_on, ran_at, holders, entries) values ('2026-01-01', now(), 0, 0)")


@pytest.mark.parametrize(("table", "statement"), STATEMENTS)
def test_no_statement_changes_what_is_written(table: str, statement: str) -> None:
    with connection.cursor() as cursor:
        with (
            pytest.raises(IntegrityError, match=r"append-only: (UPDATE|DELETE|TRUNCATE) refused") as refused,
            transaction.atomic(),
        ):
            cursor.execute(statement)
        assert "refusé" in str(refused.value)
        cursor.execute(f"select count(*) from {table}")  # noqa: S608 - a table of the list above
        assert cursor.fetchone()[0] == 1


def test_the_batch_of_an_entry_cannot_be_removed_with_its_entries() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("truncate register_batch cascade")
