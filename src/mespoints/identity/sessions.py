"""The browser session: what it holds of a sign-in, how it opens, how it is proved anew, and how it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
    record_authentication,
)
from allauth.usersessions.models import UserSession
from django.contrib.auth import login, logout
from django.http import HttpRequest

from mespoints.identity.digests import new_secret
from mespoints.identity.models import Account, Link
from mespoints.identity.oidc.claims import VerifiedIdentity
from mespoints.identity.words import Level, Word

BACKEND = "mespoints.identity.backends.AccountBackend"
BY_PASSWORD = "password"  # noqa: S105 – the name of a door
"""In the place of a provider: nobody vouched, the account is ours."""

IDLE = timedelta(minutes=15)
"""Without a page asked for, a session is over."""
TOTAL = timedelta(hours=8)
"""However busy."""
NOTED_EVERY = timedelta(minutes=1)
"""Activity is written down no more often: a page costs no write, and the idle limit is right to the minute."""

_BROWSER = "browser"
_SIGNED_IN = "signed_in"
_SEEN_AT = "seen_at"
_NOTE = "note"
_DESTINATION = "destination"
_WORD = "word"
_PROOFS = (AUTHENTICATION_METHODS_SESSION_KEY, _AUTHENTICATION_METHODS_USER_SESSION_KEY)
"""Where allauth writes which password, key or code was shown, and when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """By which door, at which level, since when; and what was proved since."""

    provider: str
    acr: str
    at: datetime
    id_token: str
    level: Level
    stepped_up_at: datetime | None
    """The last time that an open session was proved anew, by a password or a second factor."""
    second_factor_at: datetime | None
    """The last time a second factor was shown, at the sign-in or after."""


class Ending(Enum):
    """Why the service ended a session by itself."""

    IDLE = auto()
    TOTAL = auto()


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
    _note_sign_in(request, identity.provider, Level.HIGH, now, acr=identity.acr, id_token=identity.id_token)
    UserSession.objects.create_from_request(request)


def open_password_session(request: HttpRequest, account: Account, now: datetime) -> None:
    """The same for e-mail and password, once all that allauth asks was shown; which proofs those were is all that survives.

    allauth writes the session down in the list of open ones by itself.
    """
    proofs = {name: request.session[name] for name in _PROOFS if name in request.session}
    request.session.flush()
    login(request, account)
    request.session.update(proofs)
    _note_sign_in(request, BY_PASSWORD, Level.MEDIUM, now)


def _note_sign_in(request: HttpRequest, provider: str, level: Level, now: datetime, *, acr: str = "", id_token: str = "") -> None:
    at = now.isoformat()
    request.session[_SIGNED_IN] = {"provider": provider, "acr": acr, "at": at, "id_token": id_token, "level": level.value}
    request.session[_SEEN_AT] = at


def signed_in(request: HttpRequest) -> SignedIn | None:
    held = request.session.get(_SIGNED_IN)
    if not isinstance(held, dict):
        return None
    proofs = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY) or []
    return SignedIn(
        provider=held["provider"],
        acr=held["acr"],
        at=datetime.fromisoformat(held["at"]),
        id_token=held["id_token"],
        level=Level(held["level"]),
        stepped_up_at=_latest(proof["at"] for proof in proofs if proof.get("reauthenticated")),
        second_factor_at=_latest(proof["at"] for proof in proofs if proof["method"] == "mfa"),
    )


def _latest(moments: Any) -> datetime | None:
    seconds = max(moments, default=None)
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def note_factor_added(request: HttpRequest) -> None:
    """Adding a second factor shows it: its first code, or its first signature, was checked. It is not asked for again at once."""
    record_authentication(request, account(request), "mfa")
    renew_key(request)


def renew_key(request: HttpRequest) -> None:
    """After a proof: the key of before, which somebody may have seen, opens nothing any more."""
    former = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=former).update(session_key=request.session.session_key)


def close_session(request: HttpRequest) -> SignedIn | None:
    """Ends the local session, whatever the provider does next. Gives back what was known, for the goodbye over there:
    ``None`` when nobody over there knows of it.
    """
    known = signed_in(request)
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    logout(request)
    return known if known is not None and known.provider != BY_PASSWORD else None


def ending(held: Mapping[str, Any], now: datetime) -> Ending | None:
    """Whether a session is over at ``now``, and why. One that nobody signed in with has no end of this kind."""
    sign_in = held.get(_SIGNED_IN)
    if not isinstance(sign_in, dict):
        return None
    if now - datetime.fromisoformat(sign_in["at"]) >= TOTAL:
        return Ending.TOTAL
    return Ending.IDLE if now - seen_at(held, now) >= IDLE else None


def seen_at(held: Mapping[str, Any], unknown: datetime) -> datetime:
    noted = held.get(_SEEN_AT)
    return datetime.fromisoformat(noted) if isinstance(noted, str) else unknown


def note_activity(held: dict[str, Any], now: datetime) -> bool:
    """Whether there was something to write down."""
    is_due = _SIGNED_IN in held and now - seen_at(held, now) >= NOTED_EVERY
    if is_due:
        held[_SEEN_AT] = now.isoformat()
    return is_due


def leave_destination(request: HttpRequest, word: str) -> None:
    """What a person was about to do when something else had to be done first."""
    request.session[_DESTINATION] = word


def take_destination(request: HttpRequest) -> str:
    return str(request.session.pop(_DESTINATION, ""))


def leave_note(request: HttpRequest, note: str) -> None:
    """Something to say on the next page, once."""
    request.session.update(note_of(note))


def note_of(note: str) -> dict[str, Any]:
    """A session that holds nothing but something to say."""
    return {_NOTE: note}


def take_note(request: HttpRequest) -> str | None:
    return str(request.session.pop(_NOTE)) if _NOTE in request.session else None


def leave_word(request: HttpRequest, word: Word) -> None:
    """The same for the pages of the account, which have their own words."""
    request.session[_WORD] = word.value


def take_word(request: HttpRequest) -> Word | None:
    return Word(request.session.pop(_WORD)) if _WORD in request.session else None


def account(request: HttpRequest) -> Account | None:
    """Whose session it is; ``None`` for anybody else."""
    # The session's account is loaded at need: what stands for it passes for an Account.
    return request.user if isinstance(request.user, Account) else None


def has_password(request: HttpRequest) -> bool:
    """Whether the person who is signed in has a password of ours, and so the settings that go with it."""
    known = account(request)
    return known is not None and known.has_usable_password()


def current_link(request: HttpRequest) -> Link | None:
    """The link of the person who is signed in; ``None`` for anybody else. No query beside the account's own."""
    return request.user.current_link if isinstance(request.user, Account) else None
