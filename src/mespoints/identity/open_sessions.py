"""The sessions that an account has open, and how their owner closes them. The table is allauth's; the limits are ours."""

import re
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest

from mespoints.identity import sessions
from mespoints.identity.models import Account
from mespoints.identity.sessions import ending, seen_at

BROWSERS = (
    ("Edge", re.compile(r"\bEdg")),
    ("Opera", re.compile(r"\bOPR/")),
    ("Samsung Internet", re.compile(r"\bSamsungBrowser/")),
    ("Firefox", re.compile(r"\b(Firefox|FxiOS)/")),
    ("Chrome", re.compile(r"\b(Chrome|CriOS|Chromium|HeadlessChrome)/")),
    ("Safari", re.compile(r"\bSafari/")),
)
"""In this order: each calls itself by the names of those below it."""
DEVICES = (
    ("iPhone", re.compile(r"\biPhone\b")),
    ("iPad", re.compile(r"\biPad\b")),
    ("Android", re.compile(r"\bAndroid\b")),
    ("Windows", re.compile(r"\bWindows\b")),
    ("Mac", re.compile(r"\bMacintosh\b")),
    ("Linux", re.compile(r"\bLinux\b")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    browser: str
    """« Firefox, Windows »; empty when the browser does not say."""
    since: datetime
    seen_at: datetime
    is_current: bool


def open_sessions(request: HttpRequest, account: Account, now: datetime) -> tuple[OpenSession, ...]:
    """The current one first, then the latest. One that is over is forgotten on the way."""
    found = []
    for each in UserSession.objects.filter(user_id=account.pk).order_by("-created_at"):
        # Read as it lies: the engine of the site would note that somebody was there.
        held = DatabaseStore(each.session_key).load()
        if not held or ending(held, now) is not None:
            each.end()
            continue
        found.append(
            OpenSession(
                browser=browser(each.user_agent),
                since=each.created_at,
                seen_at=seen_at(held, each.created_at),
                is_current=each.session_key == request.session.session_key,
            )
        )
    return tuple(sorted(found, key=lambda session: not session.is_current))


def close_others(request: HttpRequest) -> None:
    """Every session of the person who is signed in but this one."""
    account = sessions.account(request)
    if account is not None:
        close_all_but(request.session.session_key, account)


def close_all_but(kept: str | None, account: Account) -> None:
    for each in UserSession.objects.filter(user_id=account.pk).exclude(session_key=kept):
        each.end()


def browser(user_agent: str) -> str:
    """What a person recognizes; the rest of it only tells machines apart."""
    parts = (next((name for name, sign in signs if sign.search(user_agent)), "") for signs in (BROWSERS, DEVICES))
    return ", ".join(part for part in parts if part)
