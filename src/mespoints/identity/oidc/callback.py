"""What the browser brings back from the provider."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mespoints.identity.failures import (
    AccessRefused,
    CallbackMalformed,
    IssuerMixedUp,
    NobodySignedIn,
    ProviderDown,
    RequestRefusedByProvider,
    SignInFailure,
)

LONGEST_CODE = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """Untrusted until its state has been consumed."""

    state: str | None
    code: str | None
    error: str | None
    issuer: str | None

    @classmethod
    def read(cls, parameters: Mapping[str, Sequence[str]]) -> "Callback":
        """Names we do not know are left alone; the same name twice is refused, as one could hide the other."""
        given: dict[str, str] = {}
        for name in ("state", "code", "error", "iss"):
            values = parameters.get(name, ())
            if len(values) > 1:
                raise CallbackMalformed
            if values:
                given[name] = values[0]
        return cls(state=given.get("state"), code=given.get("code"), error=given.get("error"), issuer=given.get("iss"))

    def code_from(self, issuer: str) -> str:
        """The code, once it is sure who answers and that it is not a refusal. ``iss`` is checked when present (RFC 9207)."""
        if self.issuer is not None and self.issuer != issuer:
            raise IssuerMixedUp
        if self.error is not None:
            raise _told(self.error)
        if not self.code or len(self.code) > LONGEST_CODE:
            raise CallbackMalformed
        return self.code


def _told(error: str) -> SignInFailure:
    match error:
        case "access_denied":
            return AccessRefused()
        case "login_required" | "interaction_required" | "consent_required":
            return NobodySignedIn()
        case "server_error" | "temporarily_unavailable":
            return ProviderDown()
        case _:
            return RequestRefusedByProvider()
