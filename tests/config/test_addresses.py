"""Every address of the service, walked: who gets in, what a refusal looks like, where nobody is led."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from mespoints.identity.roles import Role
from tests.desk.signed_in import signed_in
from tests.portal.accounts import EMAIL, PASSWORD, opened

pytestmark = pytest.mark.django_db

OUTSIDE = (
    "//elsewhere.example/",
    "https://testserver@elsewhere.example/",
    "http://testserver.elsewhere.example/",
    "/\\elsewhere.example",
    "\thttps://elsewhere.example",
    "javascript:alert(1)",
)
FOR_ANYBODY = {
    "/",
    "/acces-bloque/",
    "/aide/",
    "/api/v1/docs",
    "/api/v1/offences",
    "/api/v1/openapi.json",
    "/api/v1/verify/trust",
    "/compte/mot-de-passe/oublie/",
    "/compte/mot-de-passe/oublie/fait/",
    "/compte/ouvrir/",
    "/connexion/",
    "/connexion/mot-de-passe/",
    "/connexion/numero-de-dossier/",
    "/etat-des-donnees/",
    "/exploitation/connexion/",
    "/partage/",
    "/sante",
    "/verifier/",
}
"""Opened with nothing in hand. A new one is written here on purpose."""
LEAVES = ("/compte/sessions/toutes/", "/deconnexion/")


def routes(resolver: Any = None, before: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield before + str(pattern.pattern)


def address(route: str) -> str:
    return "/" + re.sub(r"<(?:str|slug|path):\w+>", "rien", re.sub(r"<int:\w+>", "1", route))


ADDRESSES = sorted({address(route) for route in routes()})
PAGES = [path for path in ADDRESSES if not path.startswith("/api/")]


def test_what_opens_for_anybody_is_written_down() -> None:
    assert {path for path in ADDRESSES if Client().get(path).status_code == 200} == FOR_ANYBODY


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "head", "options"])
def test_every_answer_is_ours_and_is_kept_by_nobody(method: str) -> None:
    for path in PAGES:
        answer = getattr(Client(), method)(path)
        assert answer.status_code < 500 or "-NOT-CONFIGURED" in answer.content.decode(), path
        assert "no-store" in answer.headers["Cache-Control"], path
        page = answer.content.decode()
        if page and str(answer.headers["Content-Type"]).startswith("text/html"):
            assert 'lang="fr"' in page, path
            assert page.count("<h1") == 1, path
        if answer.status_code == 405 and method != "head":
            assert "ne s’ouvre pas directement" in page, path


@pytest.mark.parametrize("path", ["/connexion/", "/exploitation/connexion/"])
def test_the_doors_answer_to_whoever_only_asks_whether_they_are_there(path: str) -> None:
    answer = Client().head(path)
    assert (answer.status_code, answer.content) == (200, b"")


def test_an_agent_is_nobody_on_the_pages_of_drivers_and_a_driver_at_the_desk() -> None:
    agent, driver, stranger = signed_in("somebody", list(Role)), opened(), Client()
    for path in ADDRESSES:
        if path.startswith("/exploitation/"):
            assert driver.get(path).status_code == stranger.get(path).status_code != 200 or path in FOR_ANYBODY, path
        else:
            answers = [client.get(path) for client in (agent, stranger)]
            assert len({(answer.status_code, answer.headers.get("Location", "")) for answer in answers}) == 1, path


@pytest.mark.parametrize("outside", OUTSIDE)
def test_no_address_leads_elsewhere(outside: str) -> None:
    client = opened()
    for path in ADDRESSES:
        if path in LEAVES or path.startswith("/connexion/franceconnect"):
            continue
        for who in (client, Client()):
            token = {"csrfmiddlewaretoken": who.cookies["form"].value} if "form" in who.cookies else {}
            sent = {"next": outside, "login": EMAIL, "password": PASSWORD, **token}
            for answer in (who.get(path, {"next": outside}), who.post(path, sent)):
                location = urlsplit(answer.headers.get("Location", ""))
                assert (location.scheme, location.netloc) in {("", ""), ("http", "testserver")}, path
                assert "//" not in location.path, path
    assert client.get("/compte/").status_code == 200


def test_what_cannot_be_read_has_a_page() -> None:
    for answer in (
        Client().post("/connexion/mot-de-passe/", b"login=" + b"x" * 3_000_000, content_type="application/x-www-form-urlencoded"),
        Client().get("/", headers={"host": "elsewhere.example"}),
    ):
        assert answer.status_code == 400
        page = answer.content.decode()
        assert "Nous n’avons pas compris" in page
        assert "/acces-bloque/" in page


def test_a_failure_of_ours_has_a_page_and_shows_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("SECRET 150399200011")

    monkeypatch.setattr("mespoints.portal.views.public.freshness", broken)
    answer = Client(raise_request_exception=False).get("/etat-des-donnees/")
    assert answer.status_code == 500
    page = answer.content.decode()
    assert "La panne vient de nous" in page
    assert "/acces-bloque/" in page
    assert "SECRET" not in page
    assert "no-store" in answer.headers["Cache-Control"]
