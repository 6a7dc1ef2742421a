"""Codes, tokens, claims and sign-out of the simulated provider."""

import base64
import hashlib
import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import KeySet

from simulators.oidc.server import Running
from tests.simulators.browser import CLIENT, PEOPLE, Browser, asked
from tests.simulators.franceconnect.conftest import MovableClock
from tests.simulators.franceconnect.test_authorize import GOOD, ask

TOKEN_FORM = {
    "grant_type": "authorization_code",
    "redirect_uri": CLIENT.redirect_uri,
    "client_id": CLIENT.client_id,
    "client_secret": CLIENT.client_secret,
}


def code_for(browser: Browser, provider: Running, person: str = "calm", **changes: str) -> str:
    back = asked(browser.choose(ask(browser, provider, dict(changes)), person))
    assert back["iss"] == provider.issuer
    return back["code"]


def exchange(provider: Running, form: dict[str, str], **more: Any) -> requests.Response:
    return requests.post(f"{provider.issuer}/token", data=form, timeout=5, **more)


def userinfo(provider: Running, token: str) -> requests.Response:
    return requests.get(f"{provider.issuer}/userinfo", headers={"Authorization": f"Bearer {token}"}, timeout=5)


def keys(provider: Running) -> KeySet:
    published = requests.get(f"{provider.issuer}/jwks", timeout=5).json()
    assert all("d" not in key for key in published["keys"])
    return KeySet.import_key_set(published)


def claims_of(provider: Running, signed: str) -> dict[str, Any]:
    return jwt.decode(signed, keys(provider), algorithms=["ES256"]).claims


def test_the_whole_exchange(browser: Browser, provider: Running) -> None:
    tokens = exchange(provider, TOKEN_FORM | {"code": code_for(browser, provider)}).json()
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 60)
    assert "refresh_token" not in tokens
    id_token = claims_of(provider, tokens["id_token"])
    assert id_token["iss"] == provider.issuer
    assert id_token["aud"] == CLIENT.client_id
    assert id_token["nonce"] == GOOD["nonce"]
    assert id_token["acr"] == "eidas1"
    assert id_token["exp"] - id_token["iat"] == 60
    half = hashlib.sha256(tokens["access_token"].encode()).digest()[:16]
    assert id_token["at_hash"] == base64.urlsafe_b64encode(half).rstrip(b"=").decode()
    answer = userinfo(provider, tokens["access_token"])
    assert answer.headers["Content-Type"].startswith("application/jwt")
    told = claims_of(provider, answer.text)
    assert told["sub"] == id_token["sub"]
    assert re.fullmatch(r"[0-9a-f]{64}v1", told["sub"])
    assert (told["iss"], told["aud"]) == (provider.issuer, CLIENT.client_id)
    assert told["given_name"] == "Odile Marie-Ange"
    assert told["given_name_array"] == ["Odile", "Marie-Ange"]
    assert told["gender"] == "female"
    assert "preferred_username" not in told


def test_only_the_claims_of_the_scopes_are_told(browser: Browser, provider: Running) -> None:
    code = code_for(browser, provider, scope="openid birth")
    tokens = exchange(provider, TOKEN_FORM | {"code": code}).json()
    told = claims_of(provider, userinfo(provider, tokens["access_token"]).text)
    assert set(told) == {"sub", "birthplace", "birthcountry", "iss", "aud", "iat", "exp"}


def test_an_unknown_birth_day_is_completed_in_one_claim_and_kept_in_the_other(browser: Browser, provider: Running) -> None:
    tokens = exchange(provider, TOKEN_FORM | {"code": code_for(browser, provider, "year-only")}).json()
    told = claims_of(provider, userinfo(provider, tokens["access_token"]).text)
    assert (told["birthdate"], told["idp_birthdate"]) == ("1992-01-01", "1992-00-00")
    assert "birthplace" not in told
    assert "email" not in told


def test_the_subject_comes_from_the_pivot_identity() -> None:
    subjects = {person.subject for person in PEOPLE}
    assert len(subjects) == len(PEOPLE)


@pytest.mark.parametrize(
    ("changes", "error", "status"),
    [
        ({"client_secret": "wrong"}, "invalid_client", 401),
        ({"client_id": "another"}, "invalid_client", 401),
        ({"client_secret": None}, "invalid_client", 401),
        ({"grant_type": "refresh_token"}, "unsupported_grant_type", 400),
        ({"redirect_uri": CLIENT.redirect_uri.rstrip("/")}, "invalid_grant", 400),
        ({"code": "never issued"}, "invalid_grant", 400),
        ({"code_verifier": "v" * 43}, "invalid_request", 400),
    ],
)
def test_refusals_of_the_token_endpoint(
    browser: Browser, provider: Running, changes: dict[str, str | None], error: str, status: int
) -> None:
    asked_for = TOKEN_FORM | {"code": code_for(browser, provider)} | changes
    answer = exchange(provider, {name: value for name, value in asked_for.items() if value is not None})
    assert (answer.json()["error"], answer.status_code) == (error, status)


def test_basic_authentication_is_refused(browser: Browser, provider: Running) -> None:
    form = {name: TOKEN_FORM[name] for name in ("grant_type", "redirect_uri")} | {"code": code_for(browser, provider)}
    answer = exchange(provider, form, auth=(CLIENT.client_id, CLIENT.client_secret))
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_a_code_lives_thirty_seconds(browser: Browser, provider: Running, clock: MovableClock) -> None:
    in_time, late = code_for(browser, provider), code_for(browser, provider)
    clock.shift = 29
    assert exchange(provider, TOKEN_FORM | {"code": in_time}).status_code == 200
    clock.shift = 30
    assert exchange(provider, TOKEN_FORM | {"code": late}).json()["error"] == "invalid_grant"


def test_a_code_shown_twice_takes_back_its_token(browser: Browser, provider: Running) -> None:
    form = TOKEN_FORM | {"code": code_for(browser, provider)}
    token = exchange(provider, form).json()["access_token"]
    assert userinfo(provider, token).status_code == 200
    assert exchange(provider, form).json()["error"] == "invalid_grant"
    assert userinfo(provider, token).status_code == 401


def test_an_access_token_lives_sixty_seconds(browser: Browser, provider: Running, clock: MovableClock) -> None:
    token = exchange(provider, TOKEN_FORM | {"code": code_for(browser, provider)}).json()["access_token"]
    clock.shift = 59
    assert userinfo(provider, token).status_code == 200
    clock.shift = 61
    assert userinfo(provider, token).status_code == 401


def test_a_rotation_publishes_the_new_key_and_keeps_the_former(browser: Browser, provider: Running) -> None:
    (before,) = keys(provider).keys
    provider.provider.rotate()
    assert keys(provider).keys[0].kid == before.kid
    tokens = exchange(provider, TOKEN_FORM | {"code": code_for(browser, provider)}).json()
    header = json.loads(base64.urlsafe_b64decode(tokens["id_token"].partition(".")[0] + "=="))
    assert header["kid"] != before.kid
    assert claims_of(provider, tokens["id_token"])["iss"] == provider.issuer


def test_discovery_names_what_is_served(provider: Running) -> None:
    found = requests.get(f"{provider.issuer}/.well-known/openid-configuration", timeout=5).json()
    assert found["issuer"] == provider.issuer
    assert found["jwks_uri"] == f"{provider.issuer}/jwks"
    assert found["token_endpoint_auth_methods_supported"] == ["client_secret_post"]
    assert not any("code_challenge" in name for name in found)


def end(browser: Browser, provider: Running, **changes: str) -> requests.Response:
    hint = exchange(provider, TOKEN_FORM | {"code": code_for(browser, provider)}).json()["id_token"]
    goodbye = {"id_token_hint": hint, "post_logout_redirect_uri": CLIENT.post_logout_redirect_uri, "state": "bye"} | changes
    return browser.open(f"{provider.issuer}/session/end?{urlencode(goodbye)}")


def test_sign_out_ends_the_session_and_comes_back_with_the_state(browser: Browser, provider: Running) -> None:
    answer = end(browser, provider)
    assert (answer.status_code, answer.headers["Location"]) == (303, CLIENT.post_logout_redirect_uri + "?state=bye")
    assert "Continuer" not in ask(browser, provider, {}).text


def test_an_expired_hint_is_the_normal_case(browser: Browser, provider: Running, clock: MovableClock) -> None:
    hint = exchange(provider, TOKEN_FORM | {"code": code_for(browser, provider)}).json()["id_token"]
    clock.shift = 3600
    assert end(browser, provider, id_token_hint=hint).status_code == 303


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"post_logout_redirect_uri": CLIENT.post_logout_redirect_uri.rstrip("/")}, "Y030111"),
        ({"id_token_hint": "a.b.c"}, "Y030007"),
        ({"state": ""}, "Y030007"),
    ],
)
def test_refusals_of_sign_out(browser: Browser, provider: Running, changes: dict[str, str], code: str) -> None:
    answer = end(browser, provider, **changes)
    assert answer.status_code == 400
    assert code in answer.text
    assert "Continuer" in ask(browser, provider, {}).text


def test_a_hint_without_at_hash_is_refused(browser: Browser, provider: Running) -> None:
    bare = provider.provider.sign({"iss": provider.issuer, "aud": CLIENT.client_id, "sub": "x"})
    answer = end(browser, provider, id_token_hint=bare)
    assert answer.status_code == 400
    assert "100019" in answer.text
