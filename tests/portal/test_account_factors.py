"""Second factors without a browser: the application of codes, the recovery codes, the proof that is asked before."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.portal.accounts import (
    APPLICATION,
    CODES,
    STEP,
    add_application,
    age_proofs,
    code_of,
    half_way,
    letters,
    new_client,
    opened,
    post,
    press,
    prove,
    said,
    show,
    shown_codes,
    sign_in,
)

pytestmark = pytest.mark.django_db


def test_a_proof_is_asked_before_anything_is_changed() -> None:
    client = opened()
    for path in (APPLICATION, "/compte/protection/cle-d-acces/", "/compte/adresse/"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/compte/confirmer/?next=%2Fcompte%2F")
    assert "Ce n’est pas votre mot de passe" in said(prove(client, "not the password at all"))
    wanted = client.get(APPLICATION).headers["Location"]
    answer = post(client, wanted, {"password": "quatre mots pris au hasard", "next": APPLICATION})
    assert answer.headers["Location"] == APPLICATION
    assert client.get(APPLICATION).status_code == 200


def test_a_proof_changes_the_key_of_the_session() -> None:
    client = opened()
    before = client.session.session_key
    prove(client)
    assert client.session.session_key != before
    stolen = new_client()
    stolen.cookies["session"] = before or ""
    assert stolen.get("/compte/").status_code == 302
    assert said(client.get("/compte/")).count("ouverte le") == 1


def test_an_application_of_codes_guards_the_next_sign_in(django_capture_on_commit_callbacks: Any) -> None:
    client = opened()
    with django_capture_on_commit_callbacks(execute=True):
        secret = add_application(client)
    assert letters()[-1].template == "factor_added"
    assert "Application de codes" in said(client.get("/compte/"))
    newcomer = half_way()
    assert "_auth_user_id" not in newcomer.session
    wrong = "000000" if code_of(secret) != "000000" else "111111"
    assert "n’est pas le bon" in said(show(newcomer, wrong))
    assert show(newcomer, code_of(secret, time.time() + STEP)).headers["Location"] == "/solde/"
    assert "_auth_user_id" in newcomer.session


def test_a_code_of_an_application_serves_once() -> None:
    secret = add_application(opened())
    code = code_of(secret, time.time() + STEP)
    assert show(half_way(), code).headers["Location"] == "/solde/"
    from django.core.cache import cache

    cache.clear()  # as in another process: allauth remembers in the memory of one
    assert "déjà servi" in said(show(half_way(), code))


def test_codes_cannot_be_guessed() -> None:
    secret = add_application(opened())
    wrong = "000000" if code_of(secret) != "000000" else "111111"
    guesser = half_way()
    answers = [said(show(guesser, wrong)) for _ in range(11)]
    assert "n’est pas le bon" in answers[8]
    assert "Trop d’essais" in answers[10]
    assert "Trop d’essais" in said(show(half_way(), code_of(secret, time.time() + STEP)))


def test_secrets_are_closed_in_the_table() -> None:
    secret = add_application(opened())
    for kept in Authenticator.objects.all():
        assert secret not in str(kept.data)
        assert str(kept.data.get("secret", kept.data.get("seed"))).startswith("gAAAA")


def test_recovery_codes_are_shown_once_and_each_serves_once() -> None:
    client = opened()
    add_application(client)
    codes = shown_codes(client)
    assert len(codes) == len(set(codes)) == 10
    assert shown_codes(client) == []
    assert "ne le seront plus. Il vous en reste 10 valables" in said(client.get(CODES))
    assert show(half_way(), codes[3]).headers["Location"] == "/solde/"
    assert [letter.template for letter in letters()[-2:]] == ["recovery_code_used", "sign_in_notice"]
    assert "n’est pas le bon" in said(show(half_way(), codes[3]))
    assert "9 codes encore valables" in said(client.get("/compte/"))


def test_recovery_codes_are_taken_as_a_file_while_they_are_shown() -> None:
    client = opened()
    add_application(client)
    codes = shown_codes(client)
    answer = client.post(CODES + "fichier/", {"csrfmiddlewaretoken": client.cookies["form"].value})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="codes-de-secours.txt"'
    assert re.findall(r"\d{4} \d{4}", answer.content.decode()) == codes
    assert "example.org" not in answer.content.decode()
    again = client.post(CODES + "fichier/", {"csrfmiddlewaretoken": client.cookies["form"].value})
    assert (again.status_code, again.headers["Location"]) == (302, CODES)


def test_recovery_codes_are_renewed_and_told(django_capture_on_commit_callbacks: Any) -> None:
    client = opened()
    add_application(client)
    former = shown_codes(client)
    with django_capture_on_commit_callbacks(execute=True):
        assert post(client, CODES + "renouveler/").headers["Location"] == CODES
    assert letters()[-1].template == "recovery_codes_renewed"
    renewed = shown_codes(client)
    assert len(renewed) == 10
    assert not set(former) & set(renewed)
    assert "n’est pas le bon" in said(show(half_way(), former[0]))


def test_the_last_factor_leaves_with_its_recovery_codes_and_is_told() -> None:
    client = opened()
    add_application(client)
    assert post(client, APPLICATION + "retirer/").headers["Location"] == "/compte/"
    assert letters()[-1].template == "factor_removed"
    assert not Authenticator.objects.exists()
    assert sign_in(new_client()).headers["Location"] == "/solde/"


def test_a_code_proves_as_well_as_a_password() -> None:
    client = opened()
    secret = add_application(client)
    newcomer = half_way()
    show(newcomer, code_of(secret, time.time() + STEP))
    assert newcomer.get("/compte/adresse/").status_code == 302
    assert "Utiliser un code de mon application" in said(newcomer.get("/compte/confirmer/?next=/compte/adresse/"))
    codes = shown_codes(client)
    answer = post(newcomer, "/compte/confirmer/code/", {"code": codes[0], "next": "/compte/adresse/"})
    assert answer.headers["Location"] == "/compte/adresse/"
    assert newcomer.get("/compte/adresse/").status_code == 200


# Once there is a second factor, it guards the others

PASSKEY = "/compte/protection/cle-d-acces/"
SUBMITTED = {"code": "123456", "name": "Clé du voleur", "passwordless": "on", "credential": "{}"}
"""What any of the forms wants, and more than one wants."""


def guarded(key: Authenticator) -> list[str]:
    return [
        APPLICATION,
        APPLICATION + "retirer/",
        PASSKEY,
        f"{PASSKEY}{key.pk}/retirer/",
        CODES,
        CODES + "renouveler/",
        CODES + "fichier/",
    ]


def add_key(client: Client) -> Authenticator:
    """As a browser would leave it; nothing here signs with it."""
    kind = Authenticator.Type.WEBAUTHN
    return Authenticator.objects.create(user_id=client.session["_auth_user_id"], type=kind, data={"name": "Mon téléphone"})


def kept() -> list[Any]:
    return list(Authenticator.objects.order_by("pk").values_list("pk", "type", "data"))


def assert_the_password_alone_changes_nothing(client: Client, key: Authenticator) -> None:
    before = kept()
    assert prove(client).headers["Location"] == "/compte/"
    for path in guarded(key):
        if path != CODES + "fichier/":
            asked = client.get(path)
            assert asked.status_code == 403, path
            assert "Une étape de plus" in said(asked), path
        sent = client.post(path, {"csrfmiddlewaretoken": client.cookies["form"].value, **SUBMITTED})
        assert sent.status_code == (405 if path == CODES else 403), path
    assert kept() == before


def test_a_stolen_session_and_the_password_change_no_factor() -> None:
    client = opened()
    add_application(client)
    key = add_key(client)
    shown_codes(client)
    age_proofs(client)
    assert_the_password_alone_changes_nothing(client, key)


def test_a_passkey_alone_guards_as_much() -> None:
    client = opened()
    key = add_key(client)
    assert_the_password_alone_changes_nothing(client, key)


def test_the_second_factor_of_the_sign_in_does_not_serve_whoever_took_the_session() -> None:
    client = opened()
    secret = add_application(client)
    newcomer = half_way()
    assert show(newcomer, code_of(secret, time.time() + STEP)).headers["Location"] == "/solde/"
    key = add_key(client)
    assert_the_password_alone_changes_nothing(newcomer, key)


def test_recovery_codes_that_nobody_read_are_not_shown_to_the_password_alone() -> None:
    client = opened()
    secret = add_application(client)
    age_proofs(client)
    prove(client)
    assert shown_codes(client) == []
    post(client, "/compte/confirmer/code/", {"code": code_of(secret, time.time() + STEP), "next": CODES})
    assert len(shown_codes(client)) == 10


def test_the_page_offers_what_proves_and_a_way_out() -> None:
    client = opened()
    add_application(client)
    add_key(client)
    age_proofs(client)
    asked = client.get(CODES + "renouveler/")
    page = asked.content.decode()
    assert "votre mot de passe n’y suffit pas" in said(asked)
    offered = re.findall(r'<a class="button[^"]*" href="([^"?]+)\?next=([^"]+)"', page)
    back = "%2Fcompte%2Fprotection%2Fcodes%2Frenouveler%2F"
    assert offered == [("/compte/confirmer/cle-d-acces/", back), ("/compte/confirmer/code/", back)]
    assert 'href="/compte/confirmer/"' not in page
    assert '<a href="/acces-bloque/#second-facteur">Je n’ai plus mon second facteur</a>' in page
    assert '<a href="/compte/">Revenir en arrière</a>' in page


def test_the_file_of_the_codes_leads_back_to_their_page() -> None:
    client = opened()
    add_application(client)
    age_proofs(client)
    asked = client.post(CODES + "fichier/", {"csrfmiddlewaretoken": client.cookies["form"].value})
    assert "?next=%2Fcompte%2Fprotection%2Fcodes%2F" + '"' in asked.content.decode()


def test_the_second_factor_opens_its_settings_for_a_quarter_of_an_hour() -> None:
    client = opened()
    add_application(client)
    codes = shown_codes(client)
    age_proofs(client)
    renew = CODES + "renouveler/"
    assert client.get(renew).status_code == 403
    assert post(client, "/compte/confirmer/code/", {"code": codes[0], "next": renew}).headers["Location"] == renew
    assert post(client, renew).headers["Location"] == CODES
    renewed = shown_codes(client)
    age_proofs(client)
    assert client.get(APPLICATION + "retirer/").status_code == 403
    post(client, "/compte/confirmer/code/", {"code": renewed[0], "next": "/compte/"})
    assert post(client, APPLICATION + "retirer/").headers["Location"] == "/compte/"
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("credential", ["", "[]", "1", '{"id": 1}', '{"id": "AA", "response": 1}', "nonsense"])
def test_a_key_that_is_none_is_not_added(credential: str) -> None:
    client = opened()
    prove(client)
    path = "/compte/protection/cle-d-acces/"
    answer = post(client, path, {"name": "Mon téléphone", "passwordless": "on", "credential": credential})
    assert "n’a pas été reconnue" in said(answer)
    assert not Authenticator.objects.exists()


def test_a_key_that_is_none_opens_nothing() -> None:
    add_application(opened())
    newcomer = half_way()
    answer = post(newcomer, "/connexion/second-facteur/", {"credential": '{"id": 1}'})
    assert "n’a pas été reconnue" in said(answer)
    assert "_auth_user_id" not in newcomer.session


# Address and password


def test_an_address_is_changed_by_a_code_and_the_former_one_is_told() -> None:
    client = opened()
    prove(client)
    assert "déjà l’adresse" in said(post(client, "/compte/adresse/", {"email": "zoe@example.org"}))
    answer = post(client, "/compte/adresse/", {"email": "new@example.org"})
    assert answer.headers["Location"] == "/compte/adresse/code/"
    assert (letters()[-1].template, letters()[-1].recipient) == ("email_code", "new@example.org")
    assert sign_in(new_client(), "new@example.org").status_code == 200
    answer = post(client, "/compte/adresse/code/", {"code": letters()[-1].code})
    assert answer.headers["Location"] == "/compte/"
    page = said(client.get("/compte/"))
    assert "new@example.org" in page
    assert "confirmée" in page
    assert (letters()[-1].template, letters()[-1].recipient) == ("email_changed", "zoe@example.org")
    assert sign_in(new_client()).status_code == 200
    assert sign_in(new_client(), "new@example.org").headers["Location"] == "/solde/"


def test_changing_to_an_address_of_somebody_else_tells_nothing_before_the_code() -> None:
    opened("yves@example.org")
    client = opened()
    prove(client)
    taken = post(client, "/compte/adresse/", {"email": "yves@example.org"})
    assert taken.headers["Location"] == "/compte/adresse/code/"
    assert "yves@example.org" in said(client.get("/compte/adresse/code/"))
    assert "sert déjà" in said(post(client, "/compte/adresse/code/", {"code": letters()[-1].code}))


def test_a_password_is_changed_by_who_knows_it_and_closes_the_other_sessions() -> None:
    client, elsewhere = opened(), new_client()
    sign_in(elsewhere)
    path = "/compte/mot-de-passe/"
    refused = post(client, path, {"oldpassword": "not the password at all", "password1": "cinq autres mots encore"})
    assert "Ce n’est pas votre mot de passe actuel" in said(refused)
    answers = {"oldpassword": "quatre mots pris au hasard", "password1": "cinq autres mots encore"}
    assert post(client, path, answers).headers["Location"] == "/compte/"
    assert letters()[-1].template == "password_changed"
    assert "nouveau mot de passe est enregistré" in said(client.get("/compte/"))
    assert said(client.get("/compte/")).count("ouverte le") == 1
    assert elsewhere.get("/compte/").status_code == 302
    assert sign_in(new_client(), password="cinq autres mots encore").headers["Location"] == "/solde/"


def test_the_current_password_cannot_be_guessed_from_an_open_session() -> None:
    client = opened()
    answers = {"oldpassword": "not the password at all", "password1": "cinq autres mots encore"}
    for _ in range(10):
        post(client, "/compte/mot-de-passe/", answers)
    assert "Trop d’essais" in said(post(client, "/compte/mot-de-passe/", answers))


def test_signing_out_of_a_password_session_speaks_of_no_provider() -> None:
    client = opened()
    answer = press(client, "/compte/", "/deconnexion/")
    assert answer.headers["Location"] == "/connexion/"
    page = said(client.get("/connexion/"))
    assert "Vous êtes déconnecté." in page
    assert "n’a pas pu être prévenu" not in page
