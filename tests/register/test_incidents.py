"""Incidents: what is refused, what is kept, and what whoever reads a record is told."""

from datetime import date, timedelta

import pytest

from mespoints.register.incidents import IncidentFault, close_incident, declare_incident, incident, incidents
from mespoints.register.sources import SOURCE_NAMES, Source
from tests.register.entering import NOW, enter, holder, read

pytestmark = pytest.mark.django_db

OPERATOR = 42


def test_an_incident_that_does_not_hold_together_is_refused() -> None:
    day = date(2026, 11, 20)
    with pytest.raises(IncidentFault, match="avant son premier jour"):
        declare_incident(first_day=day, last_day=day - timedelta(days=1), sentence="x", by=OPERATOR, since=NOW)
    with pytest.raises(IncidentFault, match="vide"):
        declare_incident(first_day=day, last_day=None, sentence="  ", by=OPERATOR, since=NOW)
    with pytest.raises(IncidentFault, match="avant de commencer"):
        declare_incident(first_day=day, last_day=None, sentence="x", by=OPERATOR, since=NOW, until=NOW)
    number = declare_incident(first_day=day, last_day=None, sentence="x", by=OPERATOR, since=NOW)
    with pytest.raises(IncidentFault, match="ne peut finir"):
        close_incident(number, last_day=day - timedelta(days=1), by=OPERATOR, at=NOW + timedelta(hours=1))


def test_the_sentence_keeps_nothing_a_page_or_a_terminal_would_obey() -> None:
    number = declare_incident(first_day=date(2026, 11, 20), last_day=None, sentence=" a\x1b\n  b\x00 ", by=OPERATOR, since=NOW)
    kept = incident(number)
    assert kept is not None
    assert kept.sentence == "a b"
    assert [each.id for each in incidents()] == [number]
    assert incident(number + 1) is None


def test_a_record_comes_with_the_incidents_of_the_moment_whatever_it_is_known_at() -> None:
    enter(1, [holder()])
    day = date(2026, 11, 20)
    assert read().incidents == ()
    late = declare_incident(first_day=day, last_day=None, sentence="Plus tard.", by=OPERATOR, since=NOW + timedelta(days=9_000))
    shown = declare_incident(first_day=day, last_day=day, sentence="Déjà.", by=OPERATOR, since=NOW - timedelta(days=9_000))
    assert [each.id for each in read().incidents] == [shown]
    assert [each.sentence for each in read(known_at=1).incidents] == ["Déjà."]
    assert late != shown


def test_every_source_has_a_name_for_people() -> None:
    assert set(SOURCE_NAMES) == set(Source)
