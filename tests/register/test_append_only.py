"""Raw SQL against the tables that never change: PostgreSQL itself refuses."""

from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from mespoints.register.consultation import Reader, ReaderRole, record
from tests.feed.samples import FILE_NUMBER, enter, holder, licence

pytestmark = pytest.mark.django_db

TABLES = {
    "register_entry": "update register_entry set kind = kind",
    "access_log_accesstrace": "update access_log_accesstrace set reason = ''",
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
def entered(tmp_path: Path) -> None:
    enter(tmp_path, [holder(), licence()])
    record(FILE_NUMBER, Reader(account_id=1, role=ReaderRole.HOLDER, reason="test"))


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
