"""What PostgreSQL believes of the tables is renewed when a batch changes it, and only then."""

import pytest

from mespoints.register import registration
from tests.register.entering import enter, execute, holder, licence

pytestmark = pytest.mark.django_db


def believed() -> int:
    return int(execute("select reltuples from pg_class where oid = 'register_entry'::regclass")[0][0])


def people(first: int, number: int) -> None:
    ranks = range(first, first + number)
    holders = [holder(turn, file_number=f"1604992{rank:05d}") for turn, rank in enumerate(ranks, 1)]
    licences = [licence(number + turn, file_number=f"1604992{rank:05d}") for turn, rank in enumerate(ranks, 1)]
    enter(first + 1, [*holders, *licences])


def test_a_batch_that_is_small_beside_the_register_renews_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registration, "MANY", 2)
    execute("analyze register_entry")
    people(0, 30)
    assert believed() == 30
    people(30, 1)
    assert believed() == 30
    people(31, 9)
    assert believed() == 40
