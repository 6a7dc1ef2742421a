"""The one service registered with a provider."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    client_id: str
    client_secret: str
    redirect_uri: str
    """Compared character by character, like the next one: a trailing slash counts."""
    post_logout_redirect_uri: str
    scopes: frozenset[str] | None = None
    """The scopes it is entitled to; ``None``: all those of the provider."""
    encryption_keys: Callable[[], Mapping[str, Any]] | None = None
    """Its published key set, asked again each time; for a provider that encrypts."""
    encryption: str = "ECDH-ES"
    """The algorithm it registered."""
