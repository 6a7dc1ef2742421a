"""From the button to the record and back out, over real HTTP."""

import logging
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client as SiteClient
from django.utils import timezone

from mespoints.identity.accounts import AccountManager
from mespoints.identity.models import Account, Link, SignInAttempt
from mespoints.identity.words import Level
from mespoints.register.models import Holder
from tests.identity.journey import BY_KEY, START, Stage, Visitor, hold
from tests.simulators.browser import CLIENT, SITE, asked

CLOSED_LIST = {
    *("client_id", "response_type", "redirect_uri", "scope", "state", "nonce", "acr_values"),
    *("claims", "prompt", "idp_hint", "ui_locales"),
}


def code_shown(answer: Any) -> str:
    """The code of a page of failure."""
    found = re.search(r'<strong class="nowrap">([A-Z]+-[A-Z-]+)</strong>', answer.content.decode())
    assert found is not None, answer.content.decode()
    return found.group(1)


def is_signed_in(visitor: Visitor) -> bool:
    return "_auth_user_id" in visitor.site.session


def test_the_page_of_the_doors_shows_the_button_only_when_configured(
    stage: Stage, visitor: Visitor, settings: Any, db: None
) -> None:
    page = visitor.site.get("/connexion/").content.decode()
    assert "S’identifier avec FranceConnect" in page
    assert 'href="https://franceconnect.gouv.fr/"' in page
    settings.FRANCECONNECT = None
    page = visitor.site.get("/connexion/").content.decode()
    assert "S’identifier avec FranceConnect" not in page
    assert 'href="/connexion/mot-de-passe/"' in page
    assert "doit déclarer FranceConnect ou un serveur de messages" in page
    settings.SMTP_URL = "smtp://localhost"
    page = visitor.site.get("/connexion/").content.decode()
    assert "Entrer par le numéro de dossier" in page
    assert "doit déclarer" not in page


def test_without_a_provider_its_addresses_say_so(visitor: Visitor, settings: Any, db: None) -> None:
    settings.FRANCECONNECT = None
    refused = SiteClient().post(START)
    assert (refused.status_code, code_shown(refused)) == (503, "FC-NOT-CONFIGURED")
    assert code_shown(visitor.site.get("/connexion/franceconnect/retour/")) == "FC-NOT-CONFIGURED"


def test_what_is_asked_of_the_provider(stage: Stage, visitor: Visitor, db: None) -> None:
    address = visitor.sent_to_provider()
    assert address.startswith(f"{stage.issuer}/authorize?")
    sent = asked(address)
    assert set(sent) <= CLOSED_LIST
    assert not any(name.startswith("code_challenge") for name in sent)
    assert sent["scope"] == "openid identite_pivot preferred_username email idp_birthdate"
    assert sent["acr_values"] == "eidas1"
    assert sent["redirect_uri"] == CLIENT.redirect_uri
    assert (len(sent["state"]), len(sent["nonce"])) == (43, 43)
    again = asked(visitor.sent_to_provider())
    assert again["state"] != sent["state"]
    assert again["nonce"] != sent["nonce"]


def test_neither_state_nor_nonce_can_be_read_in_the_table(stage: Stage, visitor: Visitor, db: None) -> None:
    sent = asked(visitor.sent_to_provider())
    stored = SignInAttempt.objects.values_list().get()
    assert not {sent["state"], sent["nonce"]} & {str(value) for value in stored}


def test_the_happy_path(stage: Stage, visitor: Visitor, calm: Holder) -> None:
    answer = visitor.sign_in("calm")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/solde/")
    account = Account.objects.linked(int(visitor.site.session["_auth_user_id"]))
    assert account is not None
    assert account.current_link is not None
    assert account.current_link.holder.file_number == "150399200911"
    assert account.current_link.subject == BY_KEY["calm"].subject
    assert account.email == "odile@example.org"
    assert not account.has_usable_password()
    assert "code=" not in answer.headers["Location"]


def test_coming_again_finds_the_same_account(stage: Stage, new_visitor: Callable[[], Visitor], calm: Holder) -> None:
    for _ in range(2):
        assert new_visitor().sign_in("calm").status_code == 302
    assert (Account.objects.count(), Link.objects.count()) == (1, 1)


@pytest.mark.parametrize("key", ["accents", "stray-code"])
def test_identities_that_crash_naive_clients(stage: Stage, visitor: Visitor, db: None, key: str) -> None:
    holder = hold(BY_KEY[key], "150399200955")
    assert visitor.sign_in(key).headers.get("Location") == "/solde/"
    assert Link.objects.get().holder_id == holder.pk


def test_the_session_changes_name_and_forgets_what_was_there(stage: Stage, visitor: Visitor, calm: Holder) -> None:
    back = visitor.way_back("calm")
    before = visitor.site.session.session_key
    planted = visitor.site.session
    planted["planted"] = "by someone else"
    planted.save()
    visitor.follow(back)
    assert visitor.site.session.session_key != before
    assert "planted" not in visitor.site.session
    assert before is not None
    assert not planted.exists(before)


def test_account_link_and_holder_come_in_one_statement(
    stage: Stage, visitor: Visitor, calm: Holder, django_assert_num_queries: Any
) -> None:
    visitor.sign_in("calm")
    account_id = Account.objects.get().pk
    with django_assert_num_queries(1):
        account = Account.objects.linked(account_id)
        assert account is not None
        assert account.current_link is not None
        assert account.current_link.holder.file_number == "150399200911"


def test_an_account_without_a_link_has_none_and_one_not_loaded_with_it_says_so(db: None, django_assert_num_queries: Any) -> None:
    assert isinstance(Account.objects, AccountManager)
    bare = Account.objects.open_without_password(email=None, now=timezone.now())
    with django_assert_num_queries(1):
        found = Account.objects.linked(bare.pk)
    assert found is not None
    assert found.current_link is None
    with pytest.raises(AttributeError):
        _ = Account.objects.get(pk=bare.pk).current_link


def test_a_closed_account_is_out_at_once(stage: Stage, visitor: Visitor, calm: Holder) -> None:
    visitor.sign_in("calm")
    Account.objects.update(is_active=False)
    assert Account.objects.linked(Account.objects.get().pk) is None
    assert code_shown(visitor.sign_in("calm")) == "FC-ACCOUNT-CLOSED"


def test_a_refusal_is_said_and_opens_nothing(stage: Stage, visitor: Visitor, calm: Holder) -> None:
    answer = visitor.sign_in("refuse")
    assert (answer.status_code, code_shown(answer)) == (403, "FC-ACCESS-DENIED")
    assert not is_signed_in(visitor)
    assert visitor.sign_in("calm").status_code == 302


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("server_error", "FC-DOWN"),
        ("temporarily_unavailable", "FC-DOWN"),
        ("invalid_scope", "FC-REQUEST-REFUSED"),
        ("never heard of", "FC-REQUEST-REFUSED"),
    ],
)
def test_errors_brought_back_have_their_names(stage: Stage, visitor: Visitor, db: None, error: str, code: str) -> None:
    state = asked(visitor.sent_to_provider())["state"]
    assert code_shown(visitor.site.get("/connexion/franceconnect/retour/", {"error": error, "state": state})) == code


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("stranger", "FC-RECORD-NOT-FOUND"),
        ("nameless", "FC-IDENTITY-INCOMPLETE"),
    ],
)
def test_an_identity_that_opens_no_record(stage: Stage, visitor: Visitor, calm: Holder, key: str, code: str) -> None:
    answer = visitor.sign_in(key)
    assert (answer.status_code, code_shown(answer)) == (403, code)
    assert not is_signed_in(visitor)
    assert not Account.objects.exists()


FIELDS = {
    "birth_name_key": "AUTRE",
    "given_names_key": "MARIE ANGE",
    "sex": "M",
    "birth_day": 17,
    "birth_month": 5,
    "birth_year": 1972,
    "birth_commune": "29020",
    "birth_country": "99131",
}


@pytest.mark.parametrize("field", FIELDS)
def test_one_field_apart_says_only_not_found(stage: Stage, visitor: Visitor, calm: Holder, field: str) -> None:
    Holder.objects.filter(pk=calm.pk).update(**{field: FIELDS[field]})
    apart = visitor.sign_in("calm")
    assert code_shown(apart) == "FC-RECORD-NOT-FOUND"
    assert without_tokens(apart) == without_tokens(visitor.sign_in("stranger"))


def without_tokens(answer: Any) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())


def test_logs_hold_the_code_and_nothing_else(
    stage: Stage, new_visitor: Callable[[], Visitor], calm: Holder, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="mespoints"):
        new_visitor().sign_in("calm")
        new_visitor().sign_in("stranger")
        new_visitor().site.get("/connexion/franceconnect/retour/", {"state": "forged", "code": "x"})
    ours = [(record.levelname, record.getMessage()) for record in caplog.records if record.name.startswith("mespoints")]
    assert ours == [("INFO", "FC-RECORD-NOT-FOUND"), ("WARNING", "FC-STATE-UNKNOWN")]


def test_nothing_leads_anywhere_else_after_sign_in(stage: Stage, visitor: Visitor, calm: Holder) -> None:
    back = visitor.way_back("calm") + "&next=https://elsewhere.example/&redirect_uri=https://elsewhere.example/"
    assert visitor.follow(back).headers["Location"] == "/solde/"


@pytest.mark.parametrize(
    ("asked_for", "arrives"),
    [
        ("/historique/", "/historique/"),
        ("/documents/pour/assureur/", "/documents/"),
        ("/documents/partages/nouveau/", "/documents/partages/nouveau/"),
        ("/documents/delivres/", "/documents/delivres/"),
        ("/compte/", "/compte/"),
        ("/compte/adresse/", "/compte/"),
        ("/solde/", "/solde/"),
    ],
)
def test_a_sign_in_leads_to_the_page_that_was_asked_for(
    stage: Stage, visitor: Visitor, calm: Holder, settings: Any, asked_for: str, arrives: str
) -> None:
    door = visitor.site.get(asked_for).headers["Location"]
    back = visitor.browser.choose(visitor.browser.open(visitor.sent_to_provider(door)), "calm")
    assert visitor.follow(back).headers["Location"] == arrives
    by_password = "/connexion/mot-de-passe/" + (f"?next={quote(arrives, safe='')}" if arrives != "/solde/" else "")
    for settings.SMTP_URL in (None, "smtp://localhost"):
        assert SiteClient().get(door).content.decode().count(f'href="{by_password}"') == 1


@pytest.mark.parametrize("word", ["https://elsewhere.example/", "//elsewhere.example", "portal:history", "/historique/", ""])
def test_a_word_that_is_not_of_the_list_leads_to_the_usual_page(stage: Stage, visitor: Visitor, calm: Holder, word: str) -> None:
    assert "elsewhere" not in visitor.site.get("/connexion/", {"vers": word}).content.decode()
    begun = visitor.post(START, {"vers": word}).headers["Location"]
    assert SignInAttempt.objects.get().destination == ""
    back = visitor.browser.choose(visitor.browser.open(begun), "calm") + "&vers=historique"
    assert visitor.follow(back).headers["Location"] == "/solde/"


def test_who_is_signed_in_proves_it_over_there_and_comes_back(stage: Stage, visitor: Visitor, calm: Holder) -> None:
    """A step more: the session left open at the provider is no proof."""
    visitor.sign_in("calm")
    begun = visitor.press(START, {"vers": "documents"}).headers["Location"]
    assert asked(begun)["prompt"] == "login"
    back = visitor.browser.choose(visitor.browser.open(begun), "calm")
    assert visitor.follow(back).headers["Location"] == "/documents/"


def test_the_session_is_of_the_high_level_and_written_in_the_list(stage: Stage, visitor: Visitor, calm: Holder) -> None:
    visitor.sign_in("calm")
    assert visitor.site.session["signed_in"]["level"] == Level.HIGH
    key = visitor.site.session.session_key
    assert UserSession.objects.filter(session_key=key).exists()
    visitor.site.post("/deconnexion/", {"csrfmiddlewaretoken": visitor.site.cookies["form"].value})
    assert not UserSession.objects.filter(session_key=key).exists()


def test_signing_out_ends_both_sessions(stage: Stage, visitor: Visitor, calm: Holder) -> None:
    elsewhere = visitor.sent_to_provider()
    visitor.sign_in("calm")
    assert "Continuer" in visitor.browser.open(elsewhere).text
    answer = visitor.post("/deconnexion/")
    assert not is_signed_in(visitor)
    goodbye = asked(answer.headers["Location"])
    assert answer.headers["Location"].startswith(f"{stage.issuer}/session/end?")
    assert set(goodbye) == {"id_token_hint", "state", "post_logout_redirect_uri"}
    back = visitor.browser.open(answer.headers["Location"]).headers["Location"]
    assert back.startswith(f"{SITE}/deconnexion/retour/?")
    said = visitor.follow(back)
    assert (said.status_code, said.headers["Location"]) == (302, "/connexion/")
    assert "ici et chez FranceConnect" in visitor.site.get("/connexion/").content.decode()
    assert "ici et chez FranceConnect" not in visitor.site.get("/connexion/").content.decode()
    assert "Continuer" not in visitor.browser.open(elsewhere).text


def test_signing_out_works_while_the_provider_is_down(stage: Stage, visitor: Visitor, calm: Holder) -> None:
    visitor.sign_in("calm")
    stage.trouble.answers["jwks"] = server_error
    answer = visitor.post("/deconnexion/")
    assert answer.headers["Location"] == "/connexion/"
    assert not is_signed_in(visitor)
    assert "n’a pas pu être prévenu" in visitor.site.get("/connexion/").content.decode()


def server_error(start_response: Any) -> list[bytes]:
    start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
    return [b"broken"]


@pytest.mark.parametrize("parameters", [{}, {"state": "forged"}, {"state": ["a", "b"]}])
def test_a_forged_return_from_sign_out_signs_nobody_out(
    stage: Stage, visitor: Visitor, calm: Holder, parameters: dict[str, Any]
) -> None:
    visitor.sign_in("calm")
    answer = visitor.site.get("/deconnexion/retour/", parameters)
    assert (answer.status_code, code_shown(answer)) == (400, "FC-LOGOUT-STATE")
    assert is_signed_in(visitor)


def test_a_state_of_sign_in_is_no_state_of_sign_out(stage: Stage, visitor: Visitor, calm: Holder) -> None:
    back = asked(visitor.way_back("calm"))
    assert code_shown(visitor.site.get("/deconnexion/retour/", {"state": back["state"]})) == "FC-LOGOUT-STATE"
    visitor.site.get("/connexion/franceconnect/retour/", back)
    assert is_signed_in(visitor)


@pytest.mark.parametrize(
    ("path", "method"), [(START, "get"), ("/deconnexion/", "get"), ("/connexion/franceconnect/retour/", "post")]
)
def test_each_address_has_its_method(stage: Stage, visitor: Visitor, db: None, path: str, method: str) -> None:
    assert getattr(visitor.site, method)(path).status_code in {403, 405}


@pytest.mark.parametrize("path", [START, "/deconnexion/"])
def test_the_buttons_need_their_token(stage: Stage, visitor: Visitor, calm: Holder, path: str) -> None:
    visitor.sign_in("calm")
    assert visitor.site.post(path).status_code == 403
    assert is_signed_in(visitor)
