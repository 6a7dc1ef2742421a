"""The pages of the file number: where each person is led, and that a page is the same whether a record exists or not."""

import logging
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mespoints.identity.claim_courier import settle_claims
from mespoints.identity.licence_number import ASKED_BY_ACCOUNT_IN_AN_HOUR, TRIED_BY_ACCOUNT
from mespoints.identity.models import Account
from mespoints.identity.sessions import BACKEND
from tests.identity.claims import DEAD_NUMBER, NOBODYS_NUMBER, NOW, NUMBER, SILENT_NUMBER, enter_holders
from tests.portal.accounts import letters, opened, post, press, said

CLAIM, CODE, AGAIN = "/mon-dossier/relier/", "/mon-dossier/relier/code/", "/mon-dossier/relier/code/nouveau/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
WRONG = "BBBB-BBBB"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def holders(db: None) -> None:
    enter_holders()


@pytest.fixture
def client() -> Client:
    """Somebody with a new account, signed in."""
    return opened()


def typed(number: str = NUMBER, **changes: str) -> dict[str, str]:
    return {"file_number": number, "birth_name": "D'Oeuvre Lefevre", "birth_date": "21/02/2005", **changes}


def deliver() -> None:
    settle_claims(timezone.now())


def code_received() -> str:
    found = re.search(r"^ {4}([A-Z]{4}-[A-Z]{4})$", letters()[-1].body, re.MULTILINE)
    assert found is not None, letters()[-1]
    return found[1]


# Where one is led


@pytest.mark.parametrize("path", [CLAIM, CODE])
def test_a_stranger_is_shown_the_path(path: str) -> None:
    answer = Client().get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/connexion/numero-de-dossier/")


def test_the_path_says_its_four_steps_and_what_to_have_at_hand() -> None:
    text = said(Client().get("/connexion/numero-de-dossier/"))
    for step in ("Votre compte", "Votre adresse, vérifiée", "Votre dossier", "Le code d’activation", "À avoir sous la main"):
        assert step in text


def test_an_account_without_a_record_is_led_to_the_third_step(client: Client) -> None:
    assert client.get("/solde/").headers["Location"] == CLAIM
    assert client.get("/connexion/numero-de-dossier/").headers["Location"] == CLAIM
    text = said(client.get(CLAIM))
    assert "Étape 3 sur 4" in text
    assert "Relier mon dossier" in said(client.get("/compte/"))


def test_who_opens_an_account_sees_the_first_two_steps() -> None:
    visitor = Client()
    assert "Étape 1 sur 4" in said(visitor.get("/compte/ouvrir/"))
    post(visitor, "/compte/ouvrir/", {"email": "new@example.org", "password1": "quatre mots pris au hasard"})
    assert "Étape 2 sur 4" in said(visitor.get("/compte/adresse/code/"))


def test_who_comes_by_franceconnect_without_a_record_is_not_asked_for_a_number() -> None:
    visitor = Client()
    visitor.force_login(Account.objects.open_without_password(email=None, now=NOW), backend=BACKEND)
    assert visitor.get(CLAIM).status_code == 404
    assert visitor.post(CLAIM, typed()).status_code == 404


# The walk


def test_from_three_things_to_the_balance(client: Client) -> None:
    assert post(client, CLAIM, typed()).headers["Location"] == CODE
    deliver()
    before = client.session.session_key
    assert post(client, CODE, {"code": code_received().lower()}).headers["Location"] == "/solde/"
    assert client.session.session_key != before, "more is open to this session: its key changes"
    assert client.get("/solde/").status_code == 200
    assert client.get(CLAIM).headers["Location"] == "/solde/"


def test_an_account_that_is_tied_keeps_its_record_at_the_next_sign_in(client: Client) -> None:
    post(client, CLAIM, typed())
    deliver()
    post(client, CODE, {"code": code_received()})
    press(client, "/compte/", "/deconnexion/")
    post(client, "/connexion/mot-de-passe/", {"login": "zoe@example.org", "password": "quatre mots pris au hasard"})
    assert client.get("/solde/").status_code == 200


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(client: Client) -> None:
    answer = post(client, CLAIM, typed(birth_date="31/02/2005"))
    page = answer.content.decode()
    assert 'aria-describedby="birth_date-aide birth_date-erreur" aria-invalid="true"' in page
    assert page.count('aria-invalid="true"') == 1
    assert f'value="{NUMBER}"' in page
    assert 'value="D&#x27;Oeuvre Lefevre"' in page


def test_an_empty_code_spends_no_try(client: Client) -> None:
    post(client, CLAIM, typed())
    assert "Recopiez les huit lettres" in said(post(client, CODE, {"code": "  "}))
    assert "il vous reste 4 essais" in said(post(client, CODE, {"code": WRONG}))


def test_a_lost_code_is_sent_again_and_the_first_is_dead(client: Client) -> None:
    post(client, CLAIM, typed())
    deliver()
    first = code_received()
    assert press(client, CODE, AGAIN).headers["Location"] == CODE
    deliver()
    assert "ne convient pas" in said(post(client, CODE, {"code": first}))
    assert post(client, CODE, {"code": code_received()}).headers["Location"] == "/solde/"


def test_after_five_tries_the_page_says_to_ask_for_another(client: Client) -> None:
    post(client, CLAIM, typed())
    texts = [said(post(client, CODE, {"code": WRONG})) for _ in range(6)]
    assert "il vous reste 1 essai" in texts[3]
    assert "C’était le dernier essai" in texts[4]
    assert "ne peut plus servir" in texts[5]
    assert "Envoyer un autre code" in texts[5]


# Limits


def test_asking_too_often_has_its_page_its_code_and_a_human(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    for _ in range(ASKED_BY_ACCOUNT_IN_AN_HOUR.at_most):
        assert press(client, CODE, AGAIN).status_code == 302
    answer = press(client, CODE, AGAIN)
    assert answer.status_code == 429
    assert "/acces-bloque/#LN-ASKED-TOO-OFTEN" in answer.content.decode()
    assert post(client, CLAIM, typed()).status_code == 429
    assert "LN-ASKED-TOO-OFTEN" in caplog.text
    assert NUMBER not in caplog.text


def test_trying_too_often_has_its_page(client: Client) -> None:
    for _ in range(TRIED_BY_ACCOUNT.at_most):
        post(client, CODE, {"code": WRONG})
    answer = post(client, CODE, {"code": WRONG})
    assert (answer.status_code, "LN-TRIED-TOO-OFTEN" in answer.content.decode()) == (429, True)


# Nobody learns who has a record


def walk(number: str, email: str) -> tuple[list[Any], list[int]]:
    """What the pages say, how many statements each takes, from the three things to a wrong code."""
    client = opened(email)
    pages: list[Any] = []
    statements: list[int] = []

    def note(act: Any) -> None:
        with CaptureQueriesContext(connection) as captured:
            answer = act()
        pages.append((answer.status_code, answer.headers.get("Location"), TOKEN.sub("", answer.content.decode())))
        statements.append(len(captured.captured_queries))

    note(lambda: post(client, CLAIM, typed(number)))
    note(lambda: client.get(CODE))
    deliver()
    note(lambda: client.get(CODE))
    note(lambda: post(client, CODE, {"code": WRONG}))
    note(lambda: press(client, CODE, AGAIN))
    deliver()
    note(lambda: post(client, CODE, {"code": WRONG}))
    return pages, statements


def test_same_pages_and_as_many_statements_whether_a_record_exists_or_not() -> None:
    walk(NOBODYS_NUMBER, "first@example.org")
    found = walk(NUMBER, "found@example.org")
    for rank, number in enumerate((NOBODYS_NUMBER, DEAD_NUMBER, SILENT_NUMBER)):
        assert walk(number, f"other-{rank}@example.org") == found, number


def test_no_password_is_hashed_on_the_way(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here is slow for one person and quick for another."""
    hashed: list[str] = []

    def note(*_: object) -> str:
        hashed.append("")
        return "argon2$"

    for work in ("encode", "verify"):
        monkeypatch.setattr(f"django.contrib.auth.hashers.Argon2PasswordHasher.{work}", note)
    for number in (NUMBER, NOBODYS_NUMBER):
        post(client, CLAIM, typed(number))
        deliver()
        post(client, CODE, {"code": WRONG})
    assert hashed == []
