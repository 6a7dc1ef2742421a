"""The door of the desk: every address is guarded, each page opens for its roles, a session ends when it must."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import login
from django.http import HttpRequest
from django.test import Client
from django.urls import URLPattern, resolve, reverse
from django.utils import timezone

from mespoints.config.providers import ProviderAccess
from mespoints.desk import urls
from mespoints.desk.access import OPENS_FOR
from mespoints.desk.pages.frame import OPENED_BY, Place
from mespoints.identity.agent_sessions import IDLE_LIMIT, TOTAL_LIMIT
from mespoints.identity.agents import agents, invitations, revoke
from mespoints.identity.models import Account
from mespoints.identity.roles import Role
from mespoints.identity.sessions import BACKEND
from tests.desk.conftest import AtDesk
from tests.desk.signed_in import signed_in
from tests.identity.agents_at_hand import FIRST

pytestmark = pytest.mark.django_db

DOORS = {"sign_in", "proconnect_start", "proconnect_callback", "sign_out", "signed_out"}
"""Where one is not signed in yet, or no longer."""


def patterns() -> Iterator[URLPattern]:
    for pattern in urls.urlpatterns:
        assert isinstance(pattern, URLPattern), "an included map of addresses must be walked here too"
        yield pattern


GUARDED = [pattern for pattern in patterns() if pattern.name not in DOORS]
NOT_FOR_ALL = [pattern for pattern in GUARDED if vars(pattern.callback).get(OPENS_FOR) != set(Role)]


def address(pattern: URLPattern) -> str:
    numbers = dict.fromkeys(pattern.pattern.converters, 1)
    return reverse(f"desk:{pattern.name}", kwargs=numbers)


def test_the_doors_exist() -> None:
    assert {pattern.name for pattern in patterns()} >= DOORS


@pytest.mark.parametrize("pattern", GUARDED, ids=lambda pattern: pattern.name)
def test_every_other_address_is_guarded(pattern: URLPattern, stranger: Client) -> None:
    opens_for = vars(pattern.callback).get(OPENS_FOR)
    assert opens_for, f"{pattern.name} opens for everybody: put for_roles(…) on its view"
    answers = [stranger.get(address(pattern)), stranger.post(address(pattern))]
    assert {answer.status_code for answer in answers} <= {302, 405}
    assert any(answer.headers.get("Location", "").startswith("/exploitation/connexion/") for answer in answers)


@pytest.mark.parametrize("pattern", NOT_FOR_ALL, ids=lambda pattern: pattern.name)
def test_the_wrong_role_is_told_which_one_opens_and_whom_to_ask(pattern: URLPattern, at_desk: AtDesk) -> None:
    browser = at_desk(*(set(Role) - vars(pattern.callback)[OPENS_FOR]))
    refused = [browser.get(address(pattern)), browser.post(address(pattern))]
    page = next(answer for answer in refused if answer.status_code == 403).content.decode()
    assert "Cette page demande un autre rôle" in page
    assert "demandez ce rôle à un" in page


@pytest.mark.parametrize("place", set(Place) - {Place.SIGN_IN})
def test_the_menu_says_what_opens(place: Place) -> None:
    assert vars(resolve(reverse(place)).func)[OPENS_FOR] == OPENED_BY[place]


def test_the_menu_of_each_role(at_desk: AtDesk) -> None:
    page = at_desk(Role.AGENT).get("/exploitation/mon-compte/").content.decode()
    assert "Quarantaine" not in page
    assert "Accès</a>" not in page
    page = at_desk(Role.OPERATOR, Role.MEDIATOR).get("/exploitation/mon-compte/").content.decode()
    for word in ("Quarantaine", "Accès</a>", "exploitant et médiateur", 'action="/exploitation/deconnexion/"'):
        assert word in page


def test_an_idle_session_is_over() -> None:
    started = timezone.now() - IDLE_LIMIT
    assert signed_in("late", [Role.OPERATOR], started).get("/exploitation/").status_code == 302
    assert signed_in("in-time", [Role.OPERATOR], started + timedelta(seconds=20)).get("/exploitation/").status_code == 200


def test_each_page_makes_it_last_and_never_past_a_working_day(client: Client) -> None:
    def at(opened: timedelta, seen: timedelta) -> int:
        session = client.session
        session["agent"] |= {
            "opened_at": (timezone.now() - opened).isoformat(),
            "seen_at": (timezone.now() - seen).isoformat(),
        }
        session.save()
        return client.get("/exploitation/").status_code

    assert at(timedelta(hours=7), IDLE_LIMIT - timedelta(seconds=20)) == 200
    before = client.session["agent"]["seen_at"]
    assert client.get("/exploitation/").status_code == 200
    assert client.session["agent"]["seen_at"] > before
    assert at(TOTAL_LIMIT, timedelta()) == 302
    assert client.get("/exploitation/").status_code == 302


def test_revoked_the_open_session_is_over_at_once(client: Client) -> None:
    assert client.get("/exploitation/").status_code == 200
    revoke(FIRST, invitations()[0].number, timezone.now())
    assert client.get("/exploitation/").status_code == 302
    assert "agent" not in client.session


def test_one_role_taken_away_ends_the_session_too(at_desk: AtDesk) -> None:
    browser = at_desk(Role.OPERATOR, Role.MEDIATOR)
    mediator = next(each for each in invitations() if each.role is Role.MEDIATOR)
    revoke(FIRST, mediator.number, timezone.now())
    assert browser.get("/exploitation/").status_code == 302


def test_a_closed_account_is_out_at_once(client: Client) -> None:
    Account.objects.update(is_active=False)
    assert client.get("/exploitation/").status_code == 302


def test_an_agent_is_a_visitor_on_the_pages_of_drivers(client: Client) -> None:
    assert client.get("/solde/").headers["Location"] == "/connexion/"
    assert "Se déconnecter" not in client.get("/").content.decode()


def test_a_driver_who_signs_in_by_any_door_ends_the_agents_session(client: Client) -> None:
    request = HttpRequest()
    request.session = client.session
    login(request, Account.objects.open_without_password(email=None, now=timezone.now()), backend=BACKEND)
    request.session.save()
    client.cookies["session"] = str(request.session.session_key)
    assert client.get("/exploitation/").status_code == 302
    assert "agent" not in client.session


def test_a_driver_is_a_stranger_here(stranger: Client, settings: Any) -> None:
    settings.PROCONNECT = ProviderAccess(issuer="http://127.0.0.1:9/api/v2", client_id="id", client_secret="secret")
    stranger.force_login(Account.objects.open_without_password(email=None, now=timezone.now()), backend=BACKEND)
    answer = stranger.get("/exploitation/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/exploitation/connexion/")
    assert "met fin à cette connexion" in stranger.get("/exploitation/connexion/").content.decode()


@pytest.mark.parametrize("kind", ["invented", "real"])
@pytest.mark.parametrize("where", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}])
def test_from_anywhere_the_role_opens_and_nothing_else(
    client: Client, stranger: Client, settings: Any, kind: str, where: dict[str, Any]
) -> None:
    settings.INVENTED_DATA = kind == "invented"
    assert client.get("/exploitation/", **where).status_code == 200
    assert stranger.get("/exploitation/", **where).status_code == 302


def test_no_page_is_kept_by_the_browser(client: Client) -> None:
    for path in ("/exploitation/", "/exploitation/acces/", "/exploitation/mon-compte/", "/exploitation/connexion/"):
        assert "no-store" in client.get(path).headers["Cache-Control"]


def test_the_button_is_there_only_when_proconnect_is(stranger: Client, settings: Any) -> None:
    settings.PROCONNECT = None
    page = stranger.get("/exploitation/connexion/").content.decode()
    assert "S’identifier avec ProConnect" not in page
    assert "doit déclarer ProConnect" in page
    for answer in (
        stranger.post("/exploitation/connexion/proconnect/"),
        stranger.get("/exploitation/connexion/proconnect/retour/"),
    ):
        assert (answer.status_code, "PC-NOT-CONFIGURED" in answer.content.decode()) == (503, True)


def test_agents_listed_are_those_who_came(at_desk: AtDesk) -> None:
    at_desk(Role.AGENT)
    at_desk(Role.OPERATOR)
    assert [each.roles for each in agents()] == [{Role.AGENT}, {Role.OPERATOR}]
