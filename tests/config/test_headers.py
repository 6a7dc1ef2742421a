"""What every answer carries."""

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from pytest_django import Settings

from mespoints.config.security_headers import security_headers

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self' http://127.0.0.1:8001; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/nowhere/", "/sante"])
def test_an_answer_runs_no_script_is_framed_by_nobody_and_kept_by_nobody(client: Client, address: str) -> None:
    headers = client.get(address).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/connexion/mot-de-passe/"])
def test_where_a_passkey_is_used_our_files_run_and_nothing_written_in_the_page(client: Client, address: str) -> None:
    answer = client.get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert policy == POLICY.replace("font-src 'self'; ", "font-src 'self'; script-src 'self'; connect-src 'self'; ")
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", answer.content.decode(), re.DOTALL)
    assert len(scripts) == 2
    assert all(re.fullmatch(r' src="/static/[^"]+" defer', attributes) and not inside for attributes, inside in scripts)


def test_over_https_browsers_are_told_to_stay_there(settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    answer = security_headers(lambda _: HttpResponse())(HttpRequest())
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_a_view_that_says_better_is_not_contradicted() -> None:
    answer = security_headers(lambda _: HttpResponse(headers={"Cache-Control": "public, max-age=60"}))(HttpRequest())
    assert answer.headers["Cache-Control"] == "public, max-age=60"
