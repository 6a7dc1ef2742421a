"""The three conversations with the provider: send the person there, learn who came back, say goodbye."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session

from mespoints.identity.failures import ClientRefused, CodeRefused, ProviderDown, ProviderUnreadable, SignInFailure
from mespoints.identity.oidc.agent_claims import VerifiedAgent, verified_agent
from mespoints.identity.oidc.claims import VerifiedIdentity, contact_address, pivot_identity
from mespoints.identity.oidc.keys import key_ring
from mespoints.identity.oidc.profile import Prompt, ProviderProfile
from mespoints.identity.oidc.tokens import Claims, TokenChecker
from mespoints.identity.oidc.transport import bounded, named_troubles

PROBE_SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Vouched:
    """What the provider signed, every check passed, not yet read."""

    sure: Claims
    """Of the ID token."""
    told: Claims
    """Of UserInfo, about the same subject."""
    id_token: str
    """Signed, and out of its encryption: as sign-out must show it again (OpenID Connect RP-Initiated Logout 2)."""


def authorization_url(profile: ProviderProfile, *, state: str, nonce: str, prompt: Prompt | None = None) -> str:
    """Where to send the browser. Only names of the closed list are ever written."""
    if prompt is not None and prompt not in profile.prompts:
        raise ValueError(f"{profile.provider} does not know prompt={prompt}")
    more = dict(profile.level_asked) | ({} if prompt is None else {"prompt": prompt})
    url, _ = _session(profile).create_authorization_url(profile.authorize_url, state=state, nonce=nonce, **more)
    return cast(str, url)


def identify(profile: ProviderProfile, *, code: str, nonce_digest: str, now: datetime) -> VerifiedIdentity:
    """A driver, by FranceConnect or FranceConnect+."""
    vouched = _vouched(profile, code=code, nonce_digest=nonce_digest, now=now)
    return VerifiedIdentity(
        provider=profile.provider,
        subject=vouched.sure["sub"],
        pivot=pivot_identity(vouched.told, profile.provider),
        email=contact_address(vouched.told),
        id_token=vouched.id_token,
        acr=vouched.sure["acr"],
    )


def identify_agent(profile: ProviderProfile, *, code: str, nonce_digest: str, now: datetime) -> VerifiedAgent:
    """Somebody who works somewhere, by ProConnect. Says nothing of what he may do here: ProConnect lets everybody through."""
    vouched = _vouched(profile, code=code, nonce_digest=nonce_digest, now=now)
    return verified_agent(sure=vouched.sure, told=vouched.told, id_token=vouched.id_token)


def _vouched(profile: ProviderProfile, *, code: str, nonce_digest: str, now: datetime) -> Vouched:
    """Exchanges the code, reads UserInfo at once (its token lives sixty seconds), checks both."""
    checker = TokenChecker(profile=profile, keys=key_ring(profile), now=now)
    with named_troubles(), bounded(_session(profile), profile) as session:
        tokens = _exchange(cast(OAuth2Session, session), profile, code)
        id_token, access_token = checker.opened(_text(tokens, "id_token")), _text(tokens, "access_token")
        sure = checker.id_token(id_token, nonce_digest=nonce_digest, access_token=access_token)
        told = checker.userinfo(checker.opened(_userinfo(session, profile)), subject=sure["sub"])
    return Vouched(sure=sure, told=told, id_token=id_token)


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
