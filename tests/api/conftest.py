"""The stage: a caller with no session, a clock that stands still, limits that nobody reaches unless the test says so."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

NOW = datetime(2026, 11, 23, 9, 0, 20, tzinfo=UTC)
ROOT = "/api/v1/"
Ask = Callable[..., Any]
"""Any: the test client's answers have a type that is its own."""


@pytest.fixture(autouse=True)
def room_for_all(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from mespoints.api import doors
    from mespoints.api.usage import Meter

    settings.API_REQUESTS_PER_MINUTE = settings.API_CASES_PER_MINUTE = 100_000
    monkeypatch.setattr(doors, "meter", Meter())
    monkeypatch.setattr(doors, "timezone", SimpleNamespace(now=lambda: NOW))


@pytest.fixture
def caller(db: None) -> Client:
    """With the forms' protection on, as in production."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def ask(caller: Client) -> Ask:
    """Sends a document, or bytes as they are."""

    def send(document: Any, **headers: str) -> Any:
        raw = document if isinstance(document, bytes) else json.dumps(document).encode()
        # The type is said apart: for an empty body the client would leave it out.
        return caller.generic(
            "POST", ROOT + "evaluate", raw, headers=headers, CONTENT_TYPE="application/json", CONTENT_LENGTH=str(len(raw))
        )

    return send


def said(answer: Any) -> Any:
    return json.loads(answer.content)


def code(answer: Any) -> str:
    """Every refusal has the form of the contract."""
    told = said(answer)
    assert set(told) == {"error"}
    assert set(told["error"]) == {"code", "path", "message"}
    assert all(isinstance(each, str) for each in told["error"].values())
    assert told["error"]["message"].strip()
    return str(told["error"]["code"])
