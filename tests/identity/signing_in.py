"""What a session holds of a sign-in, written there directly: for tests that are not about coming in."""

from datetime import UTC, datetime
from typing import Any

from django.test import Client

from mespoints.identity.sessions import BY_PASSWORD
from mespoints.identity.words import Level


def signed_in_by_franceconnect(client: Client, at: datetime | None = None) -> None:
    """To be called after ``client.force_login``."""
    _write(client, provider="franceconnect", level=Level.HIGH, at=at)


def signed_in_by_password(client: Client, at: datetime | None = None) -> None:
    _write(client, provider=BY_PASSWORD, level=Level.MEDIUM, at=at)


def _write(client: Client, *, provider: str, level: Level, at: datetime | None) -> None:
    session: Any = client.session
    moment = (at or datetime.now(UTC)).isoformat()
    session["signed_in"] = {"provider": provider, "acr": "", "at": moment, "id_token": "", "level": level.value}
    session["seen_at"] = moment
    session.save()
