"""The entries cut into partitions, by the file that an operator would run: nothing else of the register has to know."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from mespoints.register import consultation
from mespoints.register.chain import ChainFault, ends, verify, verify_numbers
from mespoints.register.records import records_between
from tests.register.entering import NUMBER, arrival, enter, execute, figures, holder, licence, offence, read, tamper

pytestmark = pytest.mark.django_db

FILE = Path(__file__).parents[2] / "docs" / "partitions.sql"
PARTITIONS = 32
DRIVERS = 200


@pytest.fixture(autouse=True)
def partitioned() -> None:
    arrivals = [holder(rank + 1, file_number=number(rank)) for rank in range(DRIVERS)]
    licences = [licence(DRIVERS + rank + 1, file_number=number(rank)) for rank in range(DRIVERS)]
    enter(1, [holder(), licence(), arrival(3, offence())])
    enter(2, [*arrivals, *licences])
    execute("set constraints all immediate")
    statements = FILE.read_text(encoding="utf-8").replace("\nbegin;\n", "\n", 1).replace("\ncommit;\n", "\n", 1)
    with connection.cursor() as cursor:
        # The transaction is the test's own. Without parameters, % is itself.
        cursor.execute(statements)


def number(rank: int) -> str:
    return f"1604992{rank:05d}"


def scanned(statement: str, parameters: dict[str, Any]) -> set[str]:
    """The partitions that PostgreSQL really reads."""
    with connection.cursor() as cursor:
        cursor.execute(f"explain (analyze, format json) {statement}", parameters)
        [explained] = cursor.fetchone()[0]
    return {
        node["Relation Name"]
        for node in nodes(explained["Plan"])
        if node.get("Relation Name", "").startswith("register_entry_") and node["Actual Loops"]
    }


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)


def test_a_record_reads_as_before_from_one_partition() -> None:
    assert [fact.fact_id for fact in read().record.facts] == ["L1", "O1"]
    found = [
        scanned(consultation._RECORD, {"file_number": each, "known_at": None}) for each in (NUMBER, *map(number, range(DRIVERS)))
    ]
    assert {len(partitions) for partitions in found} == {1}
    assert len(set.union(*found)) > PARTITIONS // 2, "holders are spread"


def test_files_enter_as_before() -> None:
    known = ends()[1]
    assert figures(enter(3, [arrival(1, offence()), arrival(2, offence("O2"))])) == (1, 1, [])
    assert figures(enter(4, [arrival(1, offence("O2", points=4), correction="Chiffre mal saisi.")])) == (1, 0, [])
    assert execute("select count(*), min(id) >= %s from register_entry where fact_id = 'O2'", known) == [(2, True)]
    assert len(list(records_between(1, ends()[0], ends()[1]))) == DRIVERS + 1


def test_a_fact_stands_once_even_under_another_number() -> None:
    columns = "holder_id, batch_id, fact_id, version, kind, body, recorded_on, entered_at, position, salt, fingerprint"
    copy = f"insert into register_entry ({columns}) select {columns} from register_entry where fact_id = 'O1'"  # noqa: S608 - constants
    with pytest.raises(IntegrityError, match="holder_id, fact_id, version"), transaction.atomic():
        execute(copy)


@pytest.mark.parametrize("table", ["register_entry", "register_entry_0", "register_entry_31"])
@pytest.mark.parametrize(
    "statement",
    [
        "update {} set kind = kind",
        "update {} set holder_id = holder_id + 1",
        "update {} set kind = kind where false",
        "delete from {}",
        "truncate {}",
    ],
)
def test_partitions_are_append_only_too(table: str, statement: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        execute(statement.format(table))


def test_the_chains_verify_and_still_name_what_was_altered() -> None:
    holders, numbers = ends()
    assert [*verify(1, holders), *verify_numbers(1, numbers)] == []
    tamper("update register_entry set body = jsonb_set(body, '{points}', '1') where fact_id = 'O1'")
    assert [finding.fault for finding in verify(1, holders)] == [ChainFault.ALTERED]
