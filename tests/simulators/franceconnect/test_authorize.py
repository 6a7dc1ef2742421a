"""The closed list of parameters of ``/authorize``, row by row."""

from urllib.parse import urlencode

import pytest
import requests

from simulators.oidc.server import Running
from tests.simulators.browser import CLIENT, Browser, asked

GOOD = {
    "client_id": CLIENT.client_id,
    "response_type": "code",
    "redirect_uri": CLIENT.redirect_uri,
    "scope": "openid identite_pivot preferred_username email idp_birthdate",
    "state": "s" * 43,
    "nonce": "n" * 43,
    "acr_values": "eidas1",
}


def ask(browser: Browser, provider: Running, changes: dict[str, str | None]) -> requests.Response:
    parameters = {name: value for name, value in (GOOD | changes).items() if value is not None}
    return browser.open(f"{provider.issuer}/authorize?{urlencode(parameters)}")


def test_a_good_request_shows_the_people_and_the_refusal(browser: Browser, provider: Running) -> None:
    page = ask(browser, provider, {})
    assert page.status_code == 200
    assert "Fournisseur d&#x27;identité simulé" in page.text or "Fournisseur d'identité simulé" in page.text
    assert "Odile Marie-Ange Quatrevents" in page.text
    assert 'value="refuse"' in page.text


def test_post_is_accepted_like_get(browser: Browser, provider: Running) -> None:
    page = browser.send(f"{provider.issuer}/authorize", GOOD)
    assert page.status_code == 200
    assert "Odile Marie-Ange Quatrevents" in page.text


@pytest.mark.parametrize(
    "changes",
    [
        {"code_challenge": "x" * 43},
        {"code_challenge": "x" * 43, "code_challenge_method": "S256"},
        {"max_age": "60"},
        {"login_hint": "someone@example.org"},
        {"display": "page"},
        {"response_mode": "query"},
        {"acr_values": None},
        {"acr_values": "eidas2"},
        {"acr_values": "eidas1 eidas2"},
        {"state": None},
        {"state": ""},
        {"nonce": None},
        {"nonce": "n" * 21},
        {"scope": None},
        {"response_type": None},
        {"redirect_uri": None},
        {"client_id": None},
        {"prompt": "none"},
        {"prompt": "select_account"},
        {"prompt": ""},
        {"claims": "not json"},
    ],
)
def test_what_is_not_well_formed_stays_on_an_error_page(
    browser: Browser, provider: Running, changes: dict[str, str | None]
) -> None:
    page = ask(browser, provider, changes)
    assert page.status_code == 400
    assert "Y030007" in page.text


def test_a_repeated_parameter_stays_on_an_error_page(browser: Browser, provider: Running) -> None:
    page = browser.open(f"{provider.issuer}/authorize?{urlencode([*GOOD.items(), ('state', 't' * 43)])}")
    assert (page.status_code, "Y030007" in page.text) == (400, True)


@pytest.mark.parametrize(
    ("changes", "family"),
    [
        ({"client_id": "another"}, "Y04"),
        ({"redirect_uri": CLIENT.redirect_uri.rstrip("/")}, "Y04"),
        ({"claims": '{"id_token":{"amr":{"essential":true}}}'}, "100009"),
    ],
)
def test_what_is_not_agreed_stays_on_an_error_page(
    browser: Browser, provider: Running, changes: dict[str, str | None], family: str
) -> None:
    page = ask(browser, provider, changes)
    assert page.status_code == 400
    assert family in page.text


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "identite_pivot"}, "invalid_scope"),
        ({"scope": "openid address"}, "invalid_scope"),
        ({"idp_hint": "eidas-bridge"}, "invalid_idp_hint"),
    ],
)
def test_other_refusals_go_back_to_the_client(
    browser: Browser, provider: Running, changes: dict[str, str | None], error: str
) -> None:
    answer = ask(browser, provider, changes)
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(CLIENT.redirect_uri + "?")
    back = asked(answer.headers["Location"])
    assert (back["error"], back["state"], back["iss"]) == (error, GOOD["state"], provider.issuer)


@pytest.mark.parametrize(
    "changes",
    [
        {"nonce": "n" * 22},
        {"prompt": "login"},
        {"prompt": "consent"},
        {"prompt": "consent login"},
        {"claims": "{}"},
        {"ui_locales": "fr"},
    ],
)
def test_the_edges_of_what_is_accepted(browser: Browser, provider: Running, changes: dict[str, str | None]) -> None:
    assert ask(browser, provider, changes).status_code == 200


def test_a_choice_is_good_once(browser: Browser, provider: Running) -> None:
    page = ask(browser, provider, {})
    browser.choose(page, "calm")
    with pytest.raises(AssertionError, match="choix déjà fait"):
        browser.choose(page, "calm")


def test_refusing_goes_back_with_access_denied(browser: Browser, provider: Running) -> None:
    back = asked(browser.choose(ask(browser, provider, {}), "refuse"))
    assert (back["error"], back["state"]) == ("access_denied", GOOD["state"])
    assert "code" not in back


def test_an_open_session_is_offered_first_except_when_login_is_asked_again(browser: Browser, provider: Running) -> None:
    page = ask(browser, provider, {})
    assert "Continuer" not in page.text
    browser.choose(page, "calm")
    assert "Continuer : Odile Marie-Ange Quatrevents" in ask(browser, provider, {}).text
    assert "Continuer" not in ask(browser, provider, {"prompt": "login"}).text
