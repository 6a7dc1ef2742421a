"""Round trips to the provider: begun by a browser, finished once by the same one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest

from mespoints.identity.digests import digest, new_secret
from mespoints.identity.failures import (
    StateExpired,
    StateMissing,
    StateOfAnotherBrowser,
    StateReplayed,
    StateUnknown,
)
from mespoints.identity.models import SignInAttempt
from mespoints.identity.words import Provider, Purpose

ATTEMPT_LIFE = timedelta(minutes=10)
"""Time to choose an identity provider, sign in there and come back. Past it, one starts again."""

KEPT_AFTER_EXPIRY = timedelta(days=1)
"""Long enough to tell a replay from an unknown state; then the rows go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What the browser carries to the provider. Stored nowhere."""

    state: str
    nonce: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumed:
    """What was kept here while the browser was away."""

    nonce_digest: str
    destination: str


def begin(purpose: Purpose, *, provider: Provider, browser: str, nonce_bytes: int, now: datetime, destination: str = "") -> Begun:
    """``browser`` is a secret that only this browser's session holds; ``destination`` is a word of ``destinations.py``."""
    forget(now)
    begun = Begun(state=new_secret(), nonce=new_secret(nonce_bytes))
    SignInAttempt.objects.create(
        state_digest=digest(begun.state),
        nonce_digest=digest(begun.nonce),
        browser_digest=digest(browser),
        purpose=purpose,
        provider=provider,
        started_at=now,
        expires_at=now + ATTEMPT_LIFE,
        destination=destination,
    )
    return begun


def consume(purpose: Purpose, *, provider: Provider, state: str | None, browser: str | None, now: datetime) -> Consumed:
    """What goes with this state; raises a ``StateFailure`` otherwise.

    A state begun with one provider is unknown at another's return (RFC 9700 4.4, mix-up). One shown by another
    browser is not used up: its owner may still finish.
    """
    if not state:
        raise StateMissing
    attempt = SignInAttempt.objects.filter(state_digest=digest(state), purpose=purpose, provider=provider).first()
    if attempt is None:
        raise StateUnknown
    if browser is None or not compare_digest(digest(browser), attempt.browser_digest):
        raise StateReplayed if attempt.consumed_at else StateOfAnotherBrowser
    # One statement decides who is first: two simultaneous callbacks cannot both pass.
    first = SignInAttempt.objects.filter(pk=attempt.pk, consumed_at__isnull=True).update(consumed_at=now)
    if not first:
        raise StateReplayed
    if now >= attempt.expires_at:
        raise StateExpired
    return Consumed(nonce_digest=attempt.nonce_digest, destination=attempt.destination)


def forget(now: datetime) -> None:
    SignInAttempt.objects.filter(expires_at__lt=now - KEPT_AFTER_EXPIRY).delete()
