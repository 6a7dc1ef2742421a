"""How far the data go, what is missing, what was declared."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mespoints.feed.freshness import expected_day, freshness
from mespoints.register.freshness import PARIS, data_as_of
from mespoints.register.incidents import UnknownIncident, close_incident, declare_incident
from mespoints.register.sources import Source
from tests.feed.samples import DATA_DAY, enter

pytestmark = pytest.mark.django_db

OPERATOR = 42
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=PARIS)


def test_nothing_is_missing_before_the_first_file() -> None:
    fresh = freshness(MORNING)
    assert (fresh.data_as_of, fresh.missing_days, fresh.is_late) == (None, (), True)
    assert {source.as_of for source in fresh.sources} == {None}


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 11, 23, 7, 59, tzinfo=PARIS), date(2026, 11, 21)),
        (datetime(2026, 11, 23, 8, 0, tzinfo=PARIS), date(2026, 11, 22)),
        (datetime(2026, 11, 23, 6, 59, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), date(2026, 11, 21)),
    ],
)
def test_the_file_of_a_day_is_expected_the_next_morning(now: datetime, day: date) -> None:
    assert expected_day(now) == day


def test_each_source_has_its_own_day(tmp_path: Path) -> None:
    enter(tmp_path, [], sources={"courts": "2026-11-19"})
    fresh = freshness(MORNING)
    assert fresh.data_as_of == data_as_of()
    assert {source.source: source.as_of for source in fresh.sources if source.as_of != DATA_DAY} == {
        Source.COURTS: date(2026, 11, 19)
    }
    assert [source.source for source in fresh.sources if source.is_late] == [Source.COURTS]
    assert fresh.is_late
    tomorrow = freshness(MORNING + timedelta(days=1))
    assert all(source.is_late for source in tomorrow.sources)
    assert tomorrow.missing_days == (date(2026, 11, 23),)


def test_a_day_without_a_file_is_missing_even_when_later_ones_came(tmp_path: Path) -> None:
    for sequence, gap in enumerate((0, 1, 4), start=1):
        enter(tmp_path, [], sequence=sequence, data_day=DATA_DAY + timedelta(days=gap))
    fresh = freshness(MORNING + timedelta(days=5))
    assert fresh.missing_days == (date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 27))
    assert not freshness(MORNING + timedelta(days=4)).is_late


def test_a_refused_file_is_no_file(tmp_path: Path) -> None:
    enter(tmp_path, [])
    enter(tmp_path, [], sequence=3, data_day=DATA_DAY + timedelta(days=1))
    assert freshness(MORNING + timedelta(days=1)).missing_days == (date(2026, 11, 23),)


def test_an_incident_is_shown_from_its_moment_until_it_is_closed() -> None:
    sentence = "Les condamnations du 20 et du 21 novembre manquent encore."
    number = declare_incident(
        first_day=date(2026, 11, 20), last_day=None, sentence=f" {sentence} ", by=OPERATOR, since=MORNING, source=Source.COURTS
    )
    assert freshness(MORNING - timedelta(minutes=1)).incidents == ()
    [shown] = freshness(MORNING).incidents
    assert (shown.id, shown.sentence, shown.source, shown.last_day) == (number, sentence, Source.COURTS, None)
    assert shown.concerns(date(2026, 12, 31))
    assert not shown.concerns(date(2026, 11, 19))
    close_incident(number, last_day=date(2026, 11, 21), by=OPERATOR, at=MORNING + timedelta(hours=2))
    [before] = freshness(MORNING + timedelta(hours=1)).incidents
    assert not before.concerns(date(2026, 11, 22))
    assert freshness(MORNING + timedelta(hours=2)).incidents == ()
    with pytest.raises(UnknownIncident, match="rechargez"):
        close_incident(number, last_day=date(2026, 11, 21), by=OPERATOR, at=MORNING + timedelta(hours=3))


def test_the_portal_pays_one_statement(tmp_path: Path) -> None:
    enter(tmp_path, [])
    with CaptureQueriesContext(connection) as queries:
        freshness(MORNING)
    assert len(queries) == 1
