"""How one provider differs from another: its people, its closed list of parameters, its levels, its times."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from simulators.oidc.client import Client

Given = Mapping[str, Sequence[str]]
"""Every value given for each name, of a query or of a form."""


class Person(Protocol):
    """Somebody invented. ``claims`` holds all that is known; the scopes decide what is told."""

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def full_name(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def acr(self) -> str | None:
        """``None``: the level that was asked."""

    @property
    def claims(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    state: str
    nonce: str
    scopes: frozenset[str]
    level: str
    """The one asked."""
    login_again: bool = False
    """``prompt=login``: a session already open does not count."""
    silent: bool = False
    """``prompt=none``: with the session already open, or not at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """Said on the provider's own page: the person is not sent back."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack:
    """Said to the client, at its callback."""

    error: str
    description: str
    state: str


Decision = Accepted | ErrorPage | SentBack


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    title: str
    cookie: str
    """Of its session. Cookies do not tell the ports of a machine apart, so each provider has its own."""
    bad_parameters: str
    """The code of its page for a request that is not well formed."""
    claims_of_scope: Mapping[str, tuple[str, ...]]
    levels: tuple[str, ...]
    decide: "Callable[[Given, Client, Dialect], Decision]"
    code_seconds: int
    session_seconds: int
    is_encrypted: bool = False
    """The ID token and UserInfo are encrypted to the client."""
    own_choice: Callable[[str], str] | None = None
    """A form to make somebody up, as HTML, from the name of the wait."""
    made_up: Callable[[Given], Person | None] | None = None
    """Who that form describes; ``None`` when it is nobody."""

    def told(self, person: Person, scopes: frozenset[str]) -> dict[str, Any]:
        """The claims those scopes give, ``sub`` always."""
        wanted = {claim for scope in scopes for claim in self.claims_of_scope[scope]} | {"sub"}
        known = {**person.claims, "sub": person.subject}
        return {claim: value for claim, value in known.items() if claim in wanted and value is not None}
