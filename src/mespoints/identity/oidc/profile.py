"""What is agreed with each identity provider, in one frozen value."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from mespoints.identity.oidc.encryption_keys import EncryptionKeys
from mespoints.identity.words import Provider

Prompt = Literal["none", "login", "consent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderProfile:
    """Where the provider is, who we are there, and what we ask of it.

    Endpoints are stated, not discovered: the production discovery document is not served to everybody,
    and a sign-in must not hang on one more call. All three have the same paths, and all three sign UserInfo:
    an answer in plain JSON is refused.
    """

    provider: Provider
    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    post_logout_redirect_uri: str
    scopes: tuple[str, ...]
    level_asked: tuple[tuple[str, str], ...]
    """Parameters that ask for a level of assurance. What comes back is judged by ``accepted_levels``, never by this."""
    accepted_levels: tuple[str, ...]
    """The closed set of ``acr`` that pass (eidas1 to eidas3: Regulation (EU) 910/2014, article 8)."""
    authorize_parameters: frozenset[str]
    """The closed list: any other name is answered with an error page (Y030007, Y000400), and the person never sent back."""
    prompts: frozenset[Prompt]
    encryption_keys: EncryptionKeys | None = None
    """Ours; with them, an ID token or a UserInfo in clear is refused."""
    algorithms: tuple[str, ...] = ("ES256",)
    """What we registered; anything else in a header is refused."""
    nonce_bytes: int = 32
    """43 characters. FranceConnect asks for 22 or more, ProConnect for 32; the library's own default is shorter."""
    leeway: timedelta = timedelta(seconds=90)
    """How far our clock and theirs may disagree, either way."""
    connect_seconds: float = 3.0
    read_seconds: float = 5.0
    """Longest silence in an answer."""
    total_seconds: float = 8.0
    """Longest body, first byte to last."""
    max_answer_bytes: int = 64 * 1024
    keys_kept_for: timedelta = timedelta(hours=1)

    @property
    def authorize_url(self) -> str:
        return f"{self.issuer}/authorize"

    @property
    def token_url(self) -> str:
        return f"{self.issuer}/token"

    @property
    def userinfo_url(self) -> str:
        return f"{self.issuer}/userinfo"

    @property
    def jwks_url(self) -> str:
        return f"{self.issuer}/jwks"

    @property
    def end_session_url(self) -> str:
        return f"{self.issuer}/session/end"


_ASKED = frozenset({"client_id", "response_type", "redirect_uri", "scope", "state", "nonce"})
_FRANCECONNECT_PARAMETERS = _ASKED | {"acr_values", "claims", "prompt", "idp_hint", "ui_locales"}
_PROCONNECT_PARAMETERS = _ASKED | {"claims", "prompt", "idp_hint", "login_hint", "siret_hint"}
_PIVOT_SCOPES = ("openid", "identite_pivot", "preferred_username", "email", "idp_birthdate")
_AGENT_SCOPES = ("openid", "given_name", "usual_name", "email", "uid", "siret", "idp_id", "roles")
_AGENT_LEVELS = ("eidas1-mfa", "eidas2", "eidas3")


def franceconnect(
    *, issuer: str, client_id: str, client_secret: str, redirect_uri: str, post_logout_redirect_uri: str
) -> ProviderProfile:
    """FranceConnect v2, for drivers, at level eidas1.

    No PKCE: it refuses ``code_challenge``; the client secret and a code that lives thirty seconds stand instead.
    """
    return ProviderProfile(
        provider=Provider.FRANCECONNECT,
        issuer=issuer.rstrip("/"),
        client_id=client_id,
        client_secret=client_secret,
        redirect_uri=redirect_uri,
        post_logout_redirect_uri=post_logout_redirect_uri,
        scopes=_PIVOT_SCOPES,
        level_asked=(("acr_values", "eidas1"),),
        accepted_levels=("eidas1", "eidas2", "eidas3"),
        authorize_parameters=_FRANCECONNECT_PARAMETERS,
        # No "none": FranceConnect has no silent sign-in.
        prompts=frozenset({"login", "consent"}),
    )


def franceconnect_plus(
    *,
    issuer: str,
    client_id: str,
    client_secret: str,
    redirect_uri: str,
    post_logout_redirect_uri: str,
    encryption_keys: EncryptionKeys,
) -> ProviderProfile:
    """FranceConnect+, for drivers, at level eidas2 or above; it signs in ES256 only, and encrypts what it signed to us.

    No ``idp_birthdate`` scope over there; the civil registry's own words come beside the provider's (``rnipp_…``).
    """
    return ProviderProfile(
        provider=Provider.FRANCECONNECT_PLUS,
        issuer=issuer.rstrip("/"),
        client_id=client_id,
        client_secret=client_secret,
        redirect_uri=redirect_uri,
        post_logout_redirect_uri=post_logout_redirect_uri,
        scopes=("openid", "identite_pivot", "rnipp_identite_pivot", "preferred_username", "email"),
        level_asked=(("acr_values", "eidas2"),),
        accepted_levels=("eidas2", "eidas3"),
        authorize_parameters=_FRANCECONNECT_PARAMETERS,
        prompts=frozenset({"login", "consent"}),
        encryption_keys=encryption_keys,
    )


def proconnect(
    *, issuer: str, client_id: str, client_secret: str, redirect_uri: str, post_logout_redirect_uri: str
) -> ProviderProfile:
    """ProConnect, for agents, with a second factor at least. No PKCE: not in its list of parameters.

    Where an agent's own provider has no second factor, ProConnect adds a code by e-mail and answers eidas1-mfa.
    """
    level = {"id_token": {"acr": {"essential": True, "values": _AGENT_LEVELS}}}
    return ProviderProfile(
        provider=Provider.PROCONNECT,
        issuer=issuer.rstrip("/"),
        client_id=client_id,
        client_secret=client_secret,
        redirect_uri=redirect_uri,
        post_logout_redirect_uri=post_logout_redirect_uri,
        scopes=_AGENT_SCOPES,
        level_asked=(("claims", json.dumps(level, separators=(",", ":"))),),
        accepted_levels=_AGENT_LEVELS,
        authorize_parameters=_PROCONNECT_PARAMETERS,
        # "none": with the session already open over there, or not at all (login_required).
        prompts=frozenset({"none"}),
    )
