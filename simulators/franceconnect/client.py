"""The one service registered with this provider."""

from dataclasses import dataclass

from simulators.franceconnect.people import CLAIMS_OF_SCOPE


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    client_id: str
    client_secret: str
    redirect_uri: str
    """Compared character by character, like the next one: a trailing slash counts."""
    post_logout_redirect_uri: str
    scopes: frozenset[str] = frozenset(CLAIMS_OF_SCOPE)
    """The scopes it is entitled to."""
