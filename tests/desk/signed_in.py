"""A browser signed in at the desk, by the same door as the return from ProConnect."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from mespoints.identity.agent_sessions import open_agent_session
from mespoints.identity.roles import Role
from tests.identity.agents_at_hand import ANNE, let_in


def signed_in(key: str, roles: Sequence[Role], now: datetime | None = None) -> Client:
    now = now or timezone.now()
    person = replace(ANNE, subject=key, email=f"{key}@exemple.invalid", given_name="Personne", usual_name=key)
    known = [let_in(person, role, now) for role in roles][-1]
    client, request = Client(), HttpRequest()
    request.session = client.session
    open_agent_session(request, known, person, now)
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)
    return client
