from datetime import UTC, datetime, timedelta

import pytest

from mespoints.law.texts.article import CORPUS
from mespoints.portal.pages.articles import article_page, paragraphs_of
from mespoints.portal.pages.doors import doors
from mespoints.portal.pages.frame import HOLDER_MENU, VISITOR_MENU, Place, frame
from mespoints.portal.pages.home import LATE_AFTER, home_page
from mespoints.portal.pages.lines import slug

FRAME = frame("Accueil", here=None, is_signed_in=False, has_invented_data=False)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data_as_of", "word"),
    [
        (NOW - timedelta(hours=10), "Tout fonctionne"),
        (NOW - LATE_AFTER, "Tout fonctionne"),
        (NOW - LATE_AFTER - timedelta(seconds=1), "Données en retard"),
        (None, "En préparation"),
    ],
)
def test_the_home_page_says_how_fresh_the_data_are(data_as_of: datetime | None, word: str) -> None:
    assert home_page(FRAME, doors=(), data_as_of=data_as_of, now=NOW).service.word == word


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
    assert home_page(FRAME, doors=open_doors, data_as_of=NOW, now=NOW).doors == open_doors


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
