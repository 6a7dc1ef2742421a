"""The projection: whom a refresh looks at, what it writes, and that nothing is lost when it is stopped."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from mespoints.law.state import Status
from mespoints.operations.progress import Silent
from mespoints.operations.projection_refresh import Refreshed, rebuild, refresh
from mespoints.register import projection
from mespoints.register.projection import Projected, Work
from tests.feed.samples import OTHER_FILE_NUMBER, enter, holder, licence, offence

pytestmark = pytest.mark.django_db

NEW_DRIVER = licence(obtained_on="2026-10-01", path="standard")
"""Six points, then two more each first of October, twelve in 2029."""


def rows() -> list[Projected]:
    return list(projection.stored(0, 2**40).values())


def refreshed(day: date) -> Refreshed:
    return refresh(day, Silent())


def test_a_first_refresh_sees_everyone_who_has_an_entry(tmp_path: Path) -> None:
    enter(tmp_path, [holder(), NEW_DRIVER, holder(file_number=OTHER_FILE_NUMBER)])
    done = refreshed(date(2026, 11, 23))
    assert (done.work, done.stored.first_seen, done.stored.changed) == (Work(touched=1, due=0), 1, 0)
    (row,) = rows()
    assert (row.account, row.balance, row.ceiling, row.status) == (6, 6, 6, Status.VALID)
    assert (row.probation_ends_on, row.next_change_on) == (date(2029, 10, 1), date(2027, 10, 1))
    assert row.computed_on == date(2026, 11, 23)


def test_a_second_refresh_finds_nothing_to_do(tmp_path: Path) -> None:
    enter(tmp_path, [holder(), NEW_DRIVER])
    refreshed(date(2026, 11, 23))
    assert refreshed(date(2026, 11, 23)).work == Work(touched=0, due=0)
    assert refreshed(date(2026, 11, 24)).work == Work(touched=0, due=0)


def test_a_record_is_due_on_the_day_of_its_change_and_not_the_day_before(tmp_path: Path) -> None:
    enter(tmp_path, [holder(), NEW_DRIVER])
    refreshed(date(2026, 11, 23))
    assert refreshed(date(2027, 9, 30)).work == Work(touched=0, due=0)
    done = refreshed(date(2027, 10, 1))
    assert (done.work, done.stored.changed) == (Work(touched=0, due=1), 1)
    (row,) = rows()
    assert (row.balance, row.ceiling, row.next_change_on) == (8, 8, date(2028, 10, 1))


def test_nights_that_were_missed_are_caught_up_in_one(tmp_path: Path) -> None:
    enter(tmp_path, [holder(), NEW_DRIVER])
    refreshed(date(2026, 11, 23))
    refreshed(date(2030, 1, 1))
    (row,) = rows()
    assert (row.balance, row.probation_ends_on, row.next_change_on) == (12, None, None)


def test_an_entry_touches_its_own_record_only(tmp_path: Path) -> None:
    enter(tmp_path, [holder(), licence(), holder(file_number=OTHER_FILE_NUMBER), licence(file_number=OTHER_FILE_NUMBER)])
    refreshed(date(2026, 11, 23))
    enter(tmp_path, [offence()], sequence=2)
    done = refreshed(date(2026, 11, 23))
    assert (done.work, done.stored.changed) == (Work(touched=1, due=0), 1)
    assert sorted(row.balance for row in rows()) == [9, 12]


def test_a_refresh_stopped_halfway_is_taken_up_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(tmp_path, [holder(), licence(), holder(file_number=OTHER_FILE_NUMBER), licence(file_number=OTHER_FILE_NUMBER)])
    monkeypatch.setattr(projection, "CHUNK", 1)

    class PowerCut(Exception):
        pass

    class Unlucky(Silent):
        def advance(self, done: int = 1) -> None:
            raise PowerCut

    with pytest.raises(PowerCut):
        refresh(date(2026, 11, 23), Unlucky())
    assert len(rows()) == 1
    assert projection.current_mark() is None
    assert refreshed(date(2026, 11, 23)).work == Work(touched=1, due=0)
    assert len(rows()) == 2


def test_a_rebuild_repairs_what_was_changed_by_hand_and_removes_what_has_no_entry(tmp_path: Path) -> None:
    enter(tmp_path, [holder(), licence(), holder(file_number=OTHER_FILE_NUMBER)])
    refreshed(date(2026, 11, 23))
    before = rows()
    with connection.cursor() as cursor:
        cursor.execute("select id from register_holder where file_number = %s", [OTHER_FILE_NUMBER])
        stranger = cursor.fetchone()[0]
        cursor.execute("insert into register_projection select %s, 3, 3, 12, 'valid', null, null, 1, '2026-11-23'", [stranger])
        cursor.execute("update register_projection set balance = 1, next_change_on = null where holder_id <> %s", [stranger])
    done = rebuild(date(2026, 11, 23), Silent())
    assert (done.stored.changed, done.strays) == (1, 1)
    assert rows() == before


def test_a_record_that_no_longer_reads_is_named_and_does_not_keep_the_others(tmp_path: Path) -> None:
    enter(tmp_path, [holder(), licence(), holder(file_number=OTHER_FILE_NUMBER), licence(file_number=OTHER_FILE_NUMBER)])
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute(
            "update register_entry set body = '{}' where id = (select min(id) from register_entry) returning holder_id, id"
        )
        damaged = cursor.fetchone()
        cursor.execute("set local session_replication_role = origin")
    done = refreshed(date(2026, 11, 23))
    assert [(each.holder_id, each.last_entry) for each in done.unreadable] == [damaged]
    assert len(rows()) == 1


def test_what_changes_is_what_the_law_says_changes(tmp_path: Path) -> None:
    """Three years of nights end as one computation made on the last of them."""
    enter(tmp_path, [holder(), NEW_DRIVER, offence(committed_on="2026-10-20", established_on="2026-11-02", points=2)])
    for year in (2026, 2027, 2028, 2029, 2030):
        for month in range(1, 13):
            refreshed(date(year, month, 15))
    night_after_night = rows()
    rebuild(date(2030, 12, 15), Silent())
    (row,) = rows()
    (kept,) = night_after_night
    assert (kept.account, kept.status, kept.next_change_on) == (row.account, row.status, row.next_change_on)
    assert row.computed_on == date(2030, 12, 15)
