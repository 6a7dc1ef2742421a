"""The browser session: what it holds of a sign-in, how it opens and how it ends."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import login, logout
from django.http import HttpRequest

from mespoints.identity.digests import new_secret
from mespoints.identity.models import Account, Link
from mespoints.identity.oidc.claims import VerifiedIdentity

BACKEND = "mespoints.identity.backends.AccountBackend"
_BROWSER = "browser"
_SIGNED_IN = "signed_in"
_NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """By which door, at which level, since when."""

    provider: str
    acr: str
    at: datetime
    id_token: str


def browser_secret(request: HttpRequest) -> str:
    """What ties an attempt to this browser; made at need, gone when the session is."""
    if _BROWSER not in request.session:
        request.session[_BROWSER] = new_secret()
    return str(request.session[_BROWSER])


def known_browser(request: HttpRequest) -> str | None:
    secret = request.session.get(_BROWSER)
    return secret if isinstance(secret, str) else None


def open_session(request: HttpRequest, account: Account, identity: VerifiedIdentity, now: datetime) -> None:
    """Signs in. Whatever the session held before is dropped and its key changes: nothing planted earlier survives."""
    request.session.flush()
    login(request, account, backend=BACKEND)
    request.session[_SIGNED_IN] = {
        "provider": identity.provider,
        "acr": identity.acr,
        "at": now.isoformat(),
        "id_token": identity.id_token,
    }


def signed_in(request: HttpRequest) -> SignedIn | None:
    held = request.session.get(_SIGNED_IN)
    if not isinstance(held, dict):
        return None
    return SignedIn(provider=held["provider"], acr=held["acr"], at=datetime.fromisoformat(held["at"]), id_token=held["id_token"])


def close_session(request: HttpRequest) -> SignedIn | None:
    """Ends the local session, whatever the provider does next. Gives back what was known, for the goodbye over there."""
    known = signed_in(request)
    logout(request)
    return known


def leave_note(request: HttpRequest, note: str) -> None:
    """Something to say on the next page, once."""
    request.session[_NOTE] = note


def take_note(request: HttpRequest) -> str | None:
    return str(request.session.pop(_NOTE)) if _NOTE in request.session else None


def current_link(request: HttpRequest) -> Link | None:
    """The link of the person who is signed in; ``None`` for anybody else. No query beside the account's own."""
    return request.user.current_link if isinstance(request.user, Account) else None
