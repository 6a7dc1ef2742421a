"""The page of documentation: plain, without a script."""

import json
import shlex
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mespoints.api import limits
from mespoints.law.case_format import evaluate

EXAMPLE = MappingProxyType(
    {
        "licence": {"obtained": "2015-03-10", "probation": "none"},
        "events": [
            {
                "id": "feu",
                "type": "offence",
                "committed": "2026-02-10",
                "established": "2026-03-02",
                "established_by": "fine_paid",
                "category": "C4",
                "points": 4,
                "label": "Feu rouge",
            }
        ],
        "as_of": "2026-06-01",
    }
)
SHOWN = ("balance", "ceiling", "status", "forecast")
"""The answer has more fields: the page says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocsPage:
    command: str
    answer: str
    openapi: str
    offences: str
    requests_per_minute: int
    cases_per_minute: int
    most_cases: int
    most_events: int
    largest_body_kib: int


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    page = DocsPage(
        command=command(settings.BASE_URL + reverse("api:v1:evaluate")),
        answer=example_answer(),
        openapi=reverse("api:v1:openapi"),
        offences=reverse("api:v1:offences") + "?search=téléphone&on=2026-06-01",
        requests_per_minute=settings.API_REQUESTS_PER_MINUTE,
        cases_per_minute=settings.API_CASES_PER_MINUTE,
        most_cases=limits.HEAVIEST_REQUEST,
        most_events=limits.MOST_EVENTS,
        largest_body_kib=limits.LARGEST_BODY // 1024,
    )
    return render(request, "api/docs.html", {"page": page})


def command(address: str) -> str:
    body = json.dumps(dict(EXAMPLE), ensure_ascii=False, indent=1)
    return f"curl {shlex.quote(address)} \\\n  -H 'Content-Type: application/json' \\\n  -d {shlex.quote(body)}"


@cache
def example_answer() -> str:
    """Of the engine itself, so that the page cannot lie."""
    told = evaluate(dict(EXAMPLE))
    return json.dumps({name: told[name] for name in SHOWN}, ensure_ascii=False, indent=1)
