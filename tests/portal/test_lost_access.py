"""« Accès bloqué »: for those who cannot sign in; every failure leads there, and is explained there."""

import pytest
from django.test import Client
from pytest_django import Settings

from mespoints.identity.failures import SignInFailure, leaves
from mespoints.identity.number_failures import NumberFailure
from mespoints.portal.pages.lost_access import OBSTACLES
from tests.portal.accounts import said

PATH = "/acces-bloque/"


@pytest.mark.django_db
def test_it_is_read_without_a_session_and_without_a_statement(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]  # pytest-django's fixture
        answer = Client().get(PATH)
    assert answer.status_code == 200
    assert not answer.cookies
    assert len(answer.content) <= 30_000


@pytest.mark.parametrize("obstacle", OBSTACLES, ids=lambda obstacle: obstacle.slug)
def test_each_obstacle_has_its_place_and_what_to_do(obstacle: object) -> None:
    page = Client().get(PATH).content.decode()
    slug = obstacle.slug  # type: ignore[attr-defined]  # pytest's identifiers want objects
    assert page.count(f'href="#{slug}"') == page.count(f'id="{slug}"') == 1


@pytest.mark.parametrize("leaf", leaves(), ids=lambda leaf: leaf.__name__)
def test_every_failure_is_explained(leaf: type[SignInFailure]) -> None:
    doors = ("LN",) if issubclass(leaf, NumberFailure) else ("FC", "FCP")
    page = Client().get(PATH).content.decode()
    assert [page.count(f'id="{door}-{leaf.code}"') for door in doors] == [1] * len(doors)


def test_the_codes_of_the_number_are_among_them() -> None:
    assert set(leaves(NumberFailure)) < set(leaves())


def test_the_human_is_the_operators_when_there_is_one(settings: Settings) -> None:
    assert "préfecture" in said(Client().get(PATH))
    settings.CONTACT = "aide@permis.example, 01 99 00 00 00"
    text = said(Client().get(PATH))
    assert "01 99 00 00 00" in text
    assert "mot de passe" in text


@pytest.mark.parametrize("path", ["/", "/connexion/", "/connexion/numero-de-dossier/", "/aide/"])
@pytest.mark.django_db
def test_it_is_reached_from_every_door(path: str) -> None:
    assert f'href="{PATH}' in Client().get(path).content.decode().replace("<footer", "<footer hidden").split("<footer")[0]


@pytest.mark.django_db
def test_a_failed_sign_in_leads_to_its_own_code() -> None:
    answer = Client().get("/connexion/franceconnect/retour/")
    assert answer.status_code == 400
    assert f"{PATH}#FC-" in answer.content.decode()
