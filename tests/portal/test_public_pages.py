from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mespoints.feed.freshness import Freshness, SourceFreshness
from mespoints.law.texts.article import CORPUS
from mespoints.portal.pages.articles import article_page, paragraphs_of
from mespoints.portal.pages.data_state import data_state_page
from mespoints.portal.pages.doors import doors
from mespoints.portal.pages.frame import HOLDER_MENU, VISITOR_MENU, Place, frame
from mespoints.portal.pages.home import home_page
from mespoints.portal.pages.lines import slug
from mespoints.register.incidents import Incident
from mespoints.register.sources import Source

FRAME = frame("Accueil", here=None, is_signed_in=False, has_invented_data=False)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


YESTERDAY = date(2026, 11, 22)
COURTS = Incident(
    id=1,
    source=Source.COURTS,
    first_day=date(2026, 11, 20),
    last_day=None,
    sentence="Les jugements du 20 novembre manquent !",
    since=NOW,
    until=None,
)


def fresh(**changes: Any) -> Freshness:
    """Everything is in, unless it is changed."""
    as_of = changes.pop("as_of", {})
    days = {source: as_of.get(source, YESTERDAY) for source in Source}
    return Freshness(
        **{
            "data_as_of": NOW - timedelta(hours=10),
            "expected_day": YESTERDAY,
            "sources": tuple(SourceFreshness(source=s, as_of=day, is_late=day < YESTERDAY) for s, day in days.items()),
            "missing_days": (),
            "incidents": (),
            **changes,
        }
    )


@pytest.mark.parametrize(
    ("found", "word", "said"),
    [
        (fresh(), "Tout fonctionne", "Les données sont celles du 23"),
        (fresh(as_of={Source.COURTS: date(2026, 11, 19)}), "Données en retard", "la suite arrive"),
        (fresh(missing_days=(date(2026, 11, 3), date(2026, 11, 4))), "Données à compléter", "pour 2 jours"),
        (fresh(incidents=(COURTS,)), "Incident sur les données", "Les jugements du 20 novembre manquent !"),
        (fresh(data_as_of=None, incidents=(COURTS,)), "En préparation", "Aucun fichier"),
    ],
)
def test_the_home_page_says_how_the_data_are(found: Freshness, word: str, said: str) -> None:
    service = home_page(FRAME, doors=(), freshness=found).service
    assert service.word == word
    assert said in " ".join(service.sentences).replace("\N{NO-BREAK SPACE}", " ")
    assert (service.tone == "calm") is (word == "Tout fonctionne")


def test_the_state_of_the_data_goes_source_by_source_and_day_by_day() -> None:
    days = [date(2026, 11, day) for day in (3, 4, 5, 9, 21, 22)]
    found = fresh(as_of={Source.COURTS: date(2026, 11, 19)}, missing_days=tuple(days), incidents=(COURTS,))
    page = data_state_page(FRAME, found)
    assert [(source.name, source.is_late) for source in page.sources if source.is_late] == [("Tribunaux", True)]
    spoken = [each.replace("\N{NO-BREAK SPACE}", " ") for each in page.missing]
    assert spoken == [
        "du 3 novembre 2026 au 5 novembre 2026",
        "le 9 novembre 2026",
        "du 21 novembre 2026 au 22 novembre 2026",
    ]
    [incident] = page.incidents
    assert (incident.source, incident.days.replace("\N{NO-BREAK SPACE}", " ")) == ("Tribunaux", "depuis le 20 novembre 2026")


@pytest.mark.parametrize(
    ("declared", "names"),
    [
        ({}, []),
        ({"has_franceconnect": True}, ["FranceConnect"]),
        ({"has_franceconnect_plus": True, "has_messages": True}, ["FranceConnect+", "Numéro de dossier (NEPH)"]),
        ({"has_messages": True}, ["Numéro de dossier (NEPH)"]),
    ],
)
def test_a_door_that_is_not_there_is_not_shown(declared: dict[str, bool], names: list[str]) -> None:
    nothing = {"has_franceconnect": False, "has_franceconnect_plus": False, "has_messages": False}
    open_doors = doors(**{**nothing, **declared})
    assert [door.name for door in open_doors] == names
    assert home_page(FRAME, doors=open_doors, freshness=fresh()).doors == open_doors


def test_the_menu_follows_the_session() -> None:
    assert tuple(entry.route for entry in FRAME.menu) == VISITOR_MENU
    inside = frame("Mon solde", here=Place.BALANCE, is_signed_in=True, has_invented_data=False)
    assert tuple(entry.route for entry in inside.menu) == HOLDER_MENU
    assert [entry.route for entry in inside.menu if entry.is_here] == [Place.BALANCE]


def test_every_article_the_rules_cite_has_its_page() -> None:
    for reference in CORPUS:
        said = article_page(paragraphs_of(slug(reference)), FRAME)
        assert said.asked.slug == slug(reference)
        assert all(note.slug != said.asked.slug for note in said.siblings)


def test_a_paragraph_comes_with_the_rest_of_its_article() -> None:
    said = article_page(paragraphs_of("L223-6-al-3"), FRAME)
    assert [note.slug for note in said.siblings] == ["L223-6-al-1", "L223-6-al-2", "L223-6-al-4", "L223-6-al-5"]


def test_a_bare_article_opens_on_its_first_paragraph() -> None:
    assert [each.reference for each in paragraphs_of("L223-6")][:2] == ["L223-6 al. 1", "L223-6 al. 2"]


def test_an_unknown_article_has_no_paragraph() -> None:
    assert paragraphs_of("L999-1") == ()
