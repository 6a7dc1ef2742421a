"""What is agreed with one identity provider, in one frozen value."""

from dataclasses import dataclass
from datetime import timedelta

LEVELS = ("eidas1", "eidas2", "eidas3")
"""Levels of assurance, lowest first (Regulation (EU) 910/2014, article 8)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderProfile:
    """Where the provider is, who we are there, and what we ask of it.

    Endpoints are stated, not discovered: the production discovery document is not served to everybody,
    and a sign-in must not hang on one more call.
    """

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    post_logout_redirect_uri: str
    scopes: tuple[str, ...]
    acr: str
    algorithms: tuple[str, ...]
    authorize_parameters: frozenset[str]
    """The closed list: FranceConnect answers any other name with an error page (Y030007), and never sends the person back."""
    nonce_bytes: int
    leeway: timedelta
    """How far our clock and theirs may disagree, either way."""
    connect_seconds: float
    read_seconds: float
    """Longest silence in an answer."""
    total_seconds: float
    """Longest body, first byte to last."""
    max_answer_bytes: int
    keys_kept_for: timedelta

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


def franceconnect(
    *, issuer: str, client_id: str, client_secret: str, redirect_uri: str, post_logout_redirect_uri: str
) -> ProviderProfile:
    """FranceConnect v2 at level eidas1.

    No PKCE: it refuses ``code_challenge``; the client secret and a code that lives thirty seconds stand instead.
    """
    return ProviderProfile(
        issuer=issuer.rstrip("/"),
        client_id=client_id,
        client_secret=client_secret,
        redirect_uri=redirect_uri,
        post_logout_redirect_uri=post_logout_redirect_uri,
        scopes=("openid", "identite_pivot", "preferred_username", "email", "idp_birthdate"),
        acr="eidas1",
        algorithms=("ES256",),
        authorize_parameters=frozenset(
            {
                "client_id",
                "response_type",
                "redirect_uri",
                "scope",
                "state",
                "nonce",
                "acr_values",
                "claims",
                "prompt",
                "idp_hint",
                "ui_locales",
            }
        ),
        # 32 bytes are 43 characters. FranceConnect asks for 22 or more; the library's own default is shorter.
        nonce_bytes=32,
        leeway=timedelta(seconds=90),
        connect_seconds=3.0,
        read_seconds=5.0,
        total_seconds=8.0,
        max_answer_bytes=64 * 1024,
        keys_kept_for=timedelta(hours=1),
    )
