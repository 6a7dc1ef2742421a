"""The session of an agent: short, of its own kind, and read anew on each page.

It lives beside Django's own sign-in, never in it: for the pages of drivers an agent is a visitor like another. Opening one kind
of session empties the browser's session of whatever it held, so that no browser is both.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from mespoints.identity.agents import KnownAgent, agent
from mespoints.identity.oidc.agent_claims import VerifiedAgent

IDLE_LIMIT = timedelta(minutes=30)
"""Without a page of the desk; at that very moment it is over."""

TOTAL_LIMIT = timedelta(hours=8)
"""A working day. ProConnect keeps its own session for twelve hours and cannot be asked to check again: ours is the shorter."""

_AGENT = "agent"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentSession:
    account_id: int
    opened_at: datetime
    seen_at: datetime
    id_token: str

    @property
    def ends_at(self) -> datetime:
        """At the latest, however busy."""
        return self.opened_at + TOTAL_LIMIT

    def is_over(self, now: datetime) -> bool:
        return now >= self.ends_at or now >= self.seen_at + IDLE_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentAtWork:
    known: KnownAgent
    session: AgentSession


def open_agent_session(request: HttpRequest, known: KnownAgent, verified: VerifiedAgent, now: datetime) -> None:
    """Whatever the session held before is dropped and its key changes: nothing planted earlier survives, no driver stays."""
    request.session.flush()
    rotate_token(request)
    request.session[_AGENT] = {
        "account_id": known.account_id,
        "opened_at": now.isoformat(),
        "seen_at": now.isoformat(),
        "id_token": verified.id_token,
    }


def agent_at_work(request: HttpRequest, now: datetime) -> AgentAtWork | None:
    """Who acts, with today's roles; to be asked once for each page. Ends a session that is over, or of somebody revoked since."""
    session = _held(request)
    if session is None:
        return None
    if SESSION_KEY in request.session:
        # A driver has signed in since by a door that keeps what the session holds: no browser is both.
        del request.session[_AGENT]
        return None
    known = None if session.is_over(now) else agent(session.account_id)
    if known is None or not known.is_active or not known.roles or _revoked_since(known, session):
        request.session.flush()
        return None
    request.session[_AGENT] |= {"seen_at": now.isoformat()}
    request.session.modified = True
    return AgentAtWork(known=known, session=session)


def close_agent_session(request: HttpRequest) -> AgentSession | None:
    """Ends the local session, whatever ProConnect does next. Gives back what was known, for the goodbye over there."""
    session = _held(request)
    if session is not None:
        request.session.flush()
    return session


def _held(request: HttpRequest) -> AgentSession | None:
    held = request.session.get(_AGENT)
    if not isinstance(held, dict):
        return None
    return AgentSession(
        account_id=held["account_id"],
        opened_at=datetime.fromisoformat(held["opened_at"]),
        seen_at=datetime.fromisoformat(held["seen_at"]),
        id_token=held["id_token"],
    )


def _revoked_since(known: KnownAgent, session: AgentSession) -> bool:
    return known.revoked_at is not None and known.revoked_at >= session.opened_at
