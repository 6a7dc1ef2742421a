"""The three conversations with the provider: send the person there, learn who came back, say goodbye."""

from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session

from mespoints.identity.failures import ClientRefused, CodeRefused, ProviderDown, ProviderUnreadable, SignInFailure
from mespoints.identity.oidc.claims import VerifiedIdentity, contact_address, pivot_identity
from mespoints.identity.oidc.keys import key_ring
from mespoints.identity.oidc.profile import ProviderProfile
from mespoints.identity.oidc.tokens import TokenChecker
from mespoints.identity.oidc.transport import bounded, named_troubles
from mespoints.identity.words import Provider

PROBE_SECONDS = 2.0


def authorization_url(profile: ProviderProfile, *, state: str, nonce: str) -> str:
    """Where to send the browser. Only names of the closed list are ever written."""
    url, _ = _session(profile).create_authorization_url(profile.authorize_url, state=state, nonce=nonce, acr_values=profile.acr)
    return cast(str, url)


def identify(profile: ProviderProfile, *, provider: Provider, code: str, nonce_digest: str, now: datetime) -> VerifiedIdentity:
    """Exchanges the code, reads UserInfo at once (its token lives sixty seconds), checks both."""
    checker = TokenChecker(profile=profile, keys=key_ring(profile), now=now)
    with named_troubles(), bounded(_session(profile), profile) as session:
        tokens = _exchange(cast(OAuth2Session, session), profile, code)
        id_token, access_token = _text(tokens, "id_token"), _text(tokens, "access_token")
        sure = checker.id_token(id_token, nonce_digest=nonce_digest, access_token=access_token)
        told = checker.userinfo(_userinfo(session, profile), subject=sure["sub"])
    return VerifiedIdentity(
        provider=provider,
        subject=sure["sub"],
        pivot=pivot_identity(told),
        email=contact_address(told),
        id_token=id_token,
        acr=sure["acr"],
    )


def end_session_url(profile: ProviderProfile, *, id_token: str, state: str) -> str:
    parameters = {
        "id_token_hint": id_token,
        "state": state,
        "post_logout_redirect_uri": profile.post_logout_redirect_uri,
    }
    return f"{profile.end_session_url}?{urlencode(parameters)}"


def answers(profile: ProviderProfile) -> bool:
    """Whether the provider is there, asked before sending someone to it only to say goodbye."""
    try:
        with named_troubles(), requests.Session() as session:
            answer = session.get(profile.jwks_url, timeout=PROBE_SECONDS, allow_redirects=False, stream=True)
            return bool(answer.status_code == requests.codes.ok)
    except SignInFailure:
        return False


def _session(profile: ProviderProfile) -> OAuth2Session:
    return OAuth2Session(
        client_id=profile.client_id,
        client_secret=profile.client_secret,
        token_endpoint_auth_method="client_secret_post",  # noqa: S106 - the name of a method
        scope=" ".join(profile.scopes),
        redirect_uri=profile.redirect_uri,
        # The default (60 s) would hold a sixty-second token expired on arrival.
        leeway=0,
    )


def _exchange(session: OAuth2Session, profile: ProviderProfile, code: str) -> dict[str, Any]:
    try:
        tokens = session.fetch_token(profile.token_url, grant_type="authorization_code", code=code, allow_redirects=False)
    except OAuthError as refusal:
        raise _refusal(refusal.error) from refusal
    except requests.HTTPError as trouble:
        raise ProviderDown from trouble
    except (requests.JSONDecodeError, ValueError, TypeError) as trouble:
        raise ProviderUnreadable from trouble
    return cast(dict[str, Any], tokens)


def _refusal(error: object) -> SignInFailure:
    match error:
        case "invalid_grant":
            return CodeRefused()
        case "invalid_client" | "unauthorized_client":
            return ClientRefused()
        case _:
            return ProviderUnreadable()


def _userinfo(session: requests.Session, profile: ProviderProfile) -> str:
    answer = session.get(profile.userinfo_url, allow_redirects=False)
    if answer.status_code != requests.codes.ok:
        raise ProviderDown
    if answer.headers.get("Content-Type", "").partition(";")[0].strip().lower() != "application/jwt":
        raise ProviderUnreadable
    return answer.text


def _text(tokens: dict[str, Any], name: str) -> str:
    value = tokens.get(name)
    if not isinstance(value, str):
        raise ProviderUnreadable
    return value
