"""The simulated ProConnect: its closed list, its silent sign-in, and the agents one makes up."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import KeySet

from simulators.oidc.client import Client
from simulators.oidc.server import Running, running
from simulators.proconnect.authorize import PROCONNECT
from simulators.proconnect.people import read_agents
from tests.simulators.browser import Browser, asked

SITE = "http://testserver"
AGENTS = read_agents(Path(__file__).parents[3] / "simulators" / "proconnect" / "people.toml")
CLIENT = Client(
    client_id="mes-points-permis-agents",
    client_secret="opens nothing real",
    redirect_uri=f"{SITE}/exploitation/connexion/proconnect/retour/",
    post_logout_redirect_uri=f"{SITE}/exploitation/deconnexion/retour/",
)
LEVELS = {"id_token": {"acr": {"essential": True, "values": ["eidas1-mfa", "eidas2", "eidas3"]}}}
GOOD = {
    "client_id": CLIENT.client_id,
    "response_type": "code",
    "redirect_uri": CLIENT.redirect_uri,
    "scope": "openid given_name usual_name email uid siret idp_id roles",
    "state": "s" * 32,
    "nonce": "n" * 32,
    "claims": json.dumps(LEVELS),
}
OWN = {"email": "quelqu.un@mairie.example", "siret": "99999999900045", "acr": "eidas0-mfa", "roles": "agent_public"}


@pytest.fixture
def provider() -> Iterator[Running]:
    with running(AGENTS, dialect=PROCONNECT, client=CLIENT) as served:
        yield served


@pytest.fixture
def browser() -> Iterator[Browser]:
    with Browser() as opened:
        yield opened


def ask(browser: Browser, provider: Running, changes: dict[str, str | None]) -> requests.Response:
    parameters = {name: value for name, value in (GOOD | changes).items() if value is not None}
    return browser.open(f"{provider.issuer}/authorize?{urlencode(parameters)}")


def told(provider: Running, back: str) -> dict[str, object]:
    """The claims of the ID token and of UserInfo together."""
    form = {
        "grant_type": "authorization_code",
        "code": asked(back)["code"],
        "redirect_uri": CLIENT.redirect_uri,
        "client_id": CLIENT.client_id,
        "client_secret": CLIENT.client_secret,
    }
    tokens = requests.post(f"{provider.issuer}/token", data=form, timeout=5).json()
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    signed = requests.get(f"{provider.issuer}/userinfo", headers=bearer, timeout=5).text
    keys = KeySet.import_key_set(requests.get(f"{provider.issuer}/jwks", timeout=5).json())
    both = [jwt.decode(token, keys, algorithms=["ES256"]).claims for token in (tokens["id_token"], signed)]
    assert both[0]["sub"] == both[1]["sub"]
    return both[0] | both[1]


@pytest.mark.parametrize(
    "changes",
    [
        {"code_challenge": "x" * 43, "code_challenge_method": "S256"},
        {"acr_values": "eidas2"},
        {"max_age": "60"},
        {"ui_locales": "fr"},
        {"state": "s" * 31},
        {"nonce": "n" * 31},
        {"state": None},
        {"prompt": "login"},
        {"prompt": ""},
        {"claims": "not json"},
        {"claims": '{"id_token":{"acr":{"values":["eidas4"]}}}'},
        {"claims": '{"id_token":"acr"}'},
    ],
)
def test_what_is_not_well_formed_stays_on_an_error_page(
    browser: Browser, provider: Running, changes: dict[str, str | None]
) -> None:
    page = ask(browser, provider, changes)
    assert (page.status_code, "Y000400" in page.text) == (400, True)


def test_an_address_of_return_that_is_not_registered_has_its_own_code(browser: Browser, provider: Running) -> None:
    page = ask(browser, provider, {"redirect_uri": CLIENT.redirect_uri.rstrip("/")})
    assert (page.status_code, "Y030031" in page.text) == (400, True)


@pytest.mark.parametrize(
    "changes", [{"claims": None}, {"login_hint": "a@b.example"}, {"siret_hint": "9" * 14}, {"idp_hint": "x"}]
)
def test_the_edges_of_what_is_accepted(browser: Browser, provider: Running, changes: dict[str, str | None]) -> None:
    assert ask(browser, provider, changes).status_code == 200


def test_a_silent_request_finds_the_open_session_or_says_login_required(browser: Browser, provider: Running) -> None:
    refused = ask(browser, provider, {"prompt": "none"})
    assert (refused.status_code, asked(refused.headers["Location"])["error"]) == (303, "login_required")
    browser.choose(ask(browser, provider, {}), "agent")
    found = ask(browser, provider, {"prompt": "none"})
    assert told(provider, found.headers["Location"])["email"] == "baptiste.orvault@prefecture.example"


def test_what_is_told_of_an_agent(browser: Browser, provider: Running) -> None:
    claims = told(provider, browser.choose(ask(browser, provider, {}), "one-proof"))
    assert claims["acr"] == "eidas1"
    assert claims["siret"] == "99999999900011"
    assert claims["roles"] == ["agent_public", "agent_public_etat"]
    assert "organization_label" not in claims
    assert "family_name" not in claims


def test_an_agent_made_up_on_the_page(browser: Browser, provider: Running) -> None:
    claims = told(provider, browser.choose(ask(browser, provider, {}), "own", **OWN))
    assert {name: claims[name] for name in ("email", "siret", "acr")} == {name: OWN[name] for name in ("email", "siret", "acr")}
    assert claims["roles"] == ["agent_public"]
    assert "quelqu.un" not in ask(browser, provider, {}).url
    again = told(provider, browser.choose(ask(browser, provider, {}), "own"))
    assert again["email"] == OWN["email"]


@pytest.mark.parametrize("changes", [{"email": "nobody"}, {"siret": "123"}, {"acr": "eidas9"}, {"roles": "king"}])
def test_an_agent_badly_made_up_is_nobody(browser: Browser, provider: Running, changes: dict[str, str]) -> None:
    back = browser.choose(ask(browser, provider, {}), "own", **(OWN | changes))
    assert asked(back)["error"] == "access_denied"


def test_the_subject_changes_with_the_identity_provider() -> None:
    from dataclasses import replace

    assert len({agent.subject for agent in AGENTS}) == len(AGENTS)
    assert replace(AGENTS[0], idp_id="another").subject != AGENTS[0].subject


@pytest.mark.parametrize("content", ["[[agent]]\nkey = 'a'", "title = 'x'", "[[agent]]\nacr = 'eidas9'"])
def test_a_file_of_agents_that_cannot_be_read(tmp_path: Path, content: str) -> None:
    (tmp_path / "agents.toml").write_text(content)
    with pytest.raises((ValueError, KeyError)):
        read_agents(tmp_path / "agents.toml")
