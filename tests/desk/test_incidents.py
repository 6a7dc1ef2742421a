"""Incidents declared and closed from the pages."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from mespoints.feed.freshness import freshness
from mespoints.identity.roles import Role
from mespoints.register.incidents import incidents
from mespoints.register.sources import Source
from tests.desk.conftest import AtDesk
from tests.desk.forms import post, read

pytestmark = pytest.mark.django_db

LIST = "/exploitation/incidents/"
NEW = f"{LIST}nouveau/"
DECLARED = {
    "source": "courts",
    "first_day": "2026-11-20",
    "last_day": "",
    "sentence": "Les condamnations du 20 novembre manquent ; elles arrivent jeudi.",
}


@pytest.fixture
def client(at_desk: AtDesk) -> Client:
    browser = at_desk(Role.OPERATOR)
    browser.handler.enforce_csrf_checks = True
    return browser


def declare(client: Client, **changes: str) -> Any:
    return post(client, NEW, form_on=NEW, **{**DECLARED, **changes})


def test_an_incident_is_declared_then_closed(client: Client) -> None:
    assert "Aucun." in read(client.get(LIST))
    assert declare(client).headers["Location"] == LIST
    listed = read(client.get(LIST))
    for word in ("est déclaré", "Tribunaux, depuis le 20 novembre 2026", DECLARED["sentence"], "affiché depuis le"):
        assert word in listed
    [shown] = freshness(timezone.now()).incidents
    assert (shown.source, shown.first_day, shown.last_day) == (Source.COURTS, date(2026, 11, 20), None)

    end = f"{LIST}{shown.id}/fin/"
    assert post(client, end, form_on=end, last_day="21/11/2026").headers["Location"] == LIST
    listed = read(client.get(LIST))
    assert "est clos" in listed
    assert "du 20 novembre 2026 au 21 novembre 2026" in listed
    assert freshness(timezone.now()).incidents == ()
    operator = client.session["agent"]["account_id"]
    with connection.cursor() as cursor:
        cursor.execute("select declared_by, closed_by from register_incident")
        assert cursor.fetchall() == [(operator, operator)]


def test_one_is_not_closed_twice(client: Client) -> None:
    declare(client)
    [declared] = incidents()
    end = f"{LIST}{declared.id}/fin/"
    post(client, end, form_on=end, last_day="2026-11-21")
    for answer in (client.get(end), post(client, end, form_on=end, last_day="2026-11-30")):
        assert answer.status_code == 409
        assert "déjà clos" in read(answer)
    assert [each.last_day for each in incidents()] == [date(2026, 11, 21)]


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"first_day": ""}, "first_day", "Il manque un jour"),
        ({"first_day": "30/02/2026"}, "first_day", "pas un jour du calendrier"),
        ({"last_day": "hier"}, "last_day", "pas un jour du calendrier"),
        ({"last_day": "2026-11-19"}, "last_day", "avant son premier jour"),
        ({"sentence": "  "}, "sentence", "Il manque la phrase"),
        ({"sentence": "\x00"}, "sentence", "caractère nul"),
        ({"sentence": "\x07"}, "sentence", "La phrase pour le public est vide"),
        ({"sentence": "x" * 501}, "sentence", "501 caractères"),
        ({"source": "police"}, "source", "Cette source n’existe pas"),
    ],
)
def test_bad_input_comes_back_at_its_field(client: Client, changes: dict[str, str], field: str, said: str) -> None:
    answer = declare(client, **changes)
    page = read(answer)
    assert answer.status_code == 422
    assert said in page.partition(f'id="erreur-{field}"')[2].partition("</p>")[0]
    assert page.count("field-error") == 1
    assert changes.get("first_day", DECLARED["first_day"]) in page
    assert incidents() == ()


def test_the_end_is_not_before_the_beginning(client: Client) -> None:
    declare(client)
    end = f"{LIST}{incidents()[0].id}/fin/"
    answer = post(client, end, form_on=end, last_day="2026-11-19")
    assert answer.status_code == 422
    assert "ne peut finir le 19 novembre 2026" in read(answer)


@pytest.mark.parametrize("number", ["999", "9" * 30])
def test_an_incident_that_is_not_there_gives_a_page(client: Client, number: str) -> None:
    answer = client.get(f"{LIST}{number}/fin/")
    assert (answer.status_code, "Aucun incident ne porte ce numéro" in read(answer)) == (404, True)


def test_an_act_needs_its_form_and_its_role(client: Client) -> None:
    for path in (NEW, f"{LIST}1/fin/"):
        assert client.post(path, DECLARED).status_code == 403
        assert Client().post(path, DECLARED).headers["Location"].partition("?")[0] == "/exploitation/connexion/"


def test_the_desk_has_the_right_to_declare_and_close(client: Client) -> None:
    from mespoints.operations.database_roles import grant_roles

    grant_roles()
    with connection.cursor() as cursor:
        cursor.execute("set local role mespoints_desk")
        declare(client)
        end = f"{LIST}{incidents()[0].id}/fin/"
        assert post(client, end, form_on=end, last_day="2026-11-21").status_code == 302
        cursor.execute("set local role none")
