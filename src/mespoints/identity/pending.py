"""An identity that is sure and opens nothing yet: kept in the session, encrypted, while a number is typed."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from mespoints.identity.oidc.claims import VerifiedIdentity
from mespoints.identity.sealed_words import seal_identity, unseal_identity
from mespoints.identity.words import Provider

PENDING_LIFE = timedelta(minutes=10)
"""Time to fetch one's licence; past it, one signs in again."""

_PENDING = "awaits_proof"


def keep(request: HttpRequest, identity: VerifiedIdentity, *, several: bool, destination: str, now: datetime) -> None:
    """What the session held before is dropped and its key changes, as for a sign-in.

    ``several``: only a file number chooses. ``destination`` is a word of ``destinations``, empty for the usual page.
    """
    request.session.flush()
    until = now + PENDING_LIFE
    request.session[_PENDING] = {
        "identity": seal_identity(identity),
        "provider": identity.provider,
        "several": several,
        "destination": destination,
        "until": until.isoformat(),
    }


def pending(request: HttpRequest, now: datetime) -> VerifiedIdentity | None:
    """None when nobody waits, or too late."""
    held = request.session.get(_PENDING)
    if not isinstance(held, dict) or now >= datetime.fromisoformat(held["until"]):
        return None
    return unseal_identity(held["identity"])


def only_a_file_number_chooses(request: HttpRequest) -> bool:
    held = request.session.get(_PENDING)
    return isinstance(held, dict) and bool(held["several"])


def destination(request: HttpRequest) -> str:
    held = request.session.get(_PENDING)
    return str(held["destination"]) if isinstance(held, dict) else ""


def waits_by(request: HttpRequest) -> Provider | None:
    """By which door came the one who waits, in time or not; None when nobody does."""
    held = request.session.get(_PENDING)
    return Provider(held["provider"]) if isinstance(held, dict) else None


def drop(request: HttpRequest) -> None:
    request.session.pop(_PENDING, None)
