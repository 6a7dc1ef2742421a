"""From the button to the desk and back out, over real HTTP, with the simulated ProConnect; and every way of staying outside."""

import logging
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client as SiteClient
from django.utils import timezone

from mespoints.config.providers import ProviderAccess
from mespoints.identity.agents import agents, approve, invitations, invite, revoke
from mespoints.identity.invitations import INVITATION_LIFE
from mespoints.identity.models import Account
from mespoints.identity.roles import Role
from mespoints.identity.sessions import BACKEND
from mespoints.operations.demo.agents import AGENTS_FILE
from simulators.oidc.client import Client
from simulators.oidc.server import running
from simulators.proconnect.authorize import PROCONNECT
from simulators.proconnect.people import read_agents
from tests.identity.agents_at_hand import FIRST, SECOND
from tests.identity.journey import Trouble, TwistedProvider
from tests.simulators.browser import SITE, Browser

pytestmark = pytest.mark.django_db

DOOR = "/exploitation/connexion/"
START = f"{DOOR}proconnect/"
BACK = f"{START}retour/"
PEOPLE = read_agents(Path(str(AGENTS_FILE)))
EMAIL = {person.key: person.email for person in PEOPLE}
CLIENT = Client(
    client_id="desk-of-tests",
    client_secret="opens nothing real",
    redirect_uri=f"{SITE}{BACK}",
    post_logout_redirect_uri=f"{SITE}/exploitation/deconnexion/retour/",
)


@dataclass
class Stage:
    provider: TwistedProvider
    trouble: Trouble
    open_browsers: ExitStack = field(default_factory=ExitStack)

    def visitor(self) -> "Visitor":
        return Visitor(self.open_browsers.enter_context(Browser()))


class Visitor:
    """One person at one browser: the desk's cookies on one side, ProConnect's on the other."""

    def __init__(self, browser: Browser) -> None:
        self.site = SiteClient(enforce_csrf_checks=True)
        self.browser = browser

    def press(self, path: str, on: str = DOOR) -> Any:
        """A button of ours, with the token that its own form carries."""
        page = self.site.get(on).content.decode()
        form = re.search(rf'<form[^>]* action="{path}">.*?</form>', page, re.DOTALL)
        assert form is not None, f"no button for {path}"
        return self.site.post(path, dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form.group(0))))

    def way_back(self, choice: str, on: str = DOOR, **made_up: str) -> str:
        return self.browser.choose(self.browser.open(self.press(START, on).headers["Location"]), choice, **made_up)

    def follow(self, address: str) -> Any:
        assert address.startswith(SITE)
        return self.site.get(address.removeprefix(SITE))

    def sign_in(self, choice: str, **made_up: str) -> Any:
        return self.follow(self.way_back(choice, **made_up))


@pytest.fixture
def stage(settings: Any) -> Iterator[Stage]:
    trouble = Trouble()
    with (
        running(PEOPLE, dialect=PROCONNECT, client=CLIENT, provider_class=TwistedProvider, around=trouble.around) as served,
        ExitStack() as open_browsers,
    ):
        settings.PROCONNECT = ProviderAccess(issuer=served.issuer, client_id=CLIENT.client_id, client_secret=CLIENT.client_secret)
        settings.BASE_URL = SITE
        assert isinstance(served.provider, TwistedProvider)
        yield Stage(served.provider, trouble, open_browsers)


@pytest.fixture
def visitor(stage: Stage) -> Visitor:
    return stage.visitor()


def invited(key: str, role: Role) -> int:
    number = invite(FIRST, EMAIL[key], role, timezone.now())
    approve(SECOND, number, timezone.now())
    return number


def code_shown(answer: Any) -> str:
    found = re.search(r'<strong class="nowrap">(PC-[A-Z-]+)</strong>', answer.content.decode())
    assert found is not None, answer.content.decode()
    return found.group(1)


def is_in(visitor: Visitor) -> bool:
    return "agent" in visitor.site.session


@pytest.mark.parametrize(
    ("key", "role", "arrives"),
    [
        ("operator", Role.OPERATOR, "/exploitation/"),
        ("supervisor", Role.SUPERVISOR, "/exploitation/acces/"),
        ("agent", Role.AGENT, "/exploitation/rattachements/"),
        ("mediator", Role.MEDIATOR, "/exploitation/mon-compte/"),
    ],
)
def test_each_role_arrives_where_its_work_is(visitor: Visitor, key: str, role: Role, arrives: str) -> None:
    invited(key, role)
    answer = visitor.sign_in(key)
    assert (answer.status_code, answer.headers["Location"]) == (302, arrives)
    assert visitor.site.get(arrives).status_code == 200
    [known] = agents()
    assert (known.email, set(known.roles)) == (EMAIL[key], {role})


@pytest.mark.parametrize(
    ("role", "asked_for", "arrives"),
    [
        (Role.OPERATOR, "/exploitation/incidents/nouveau/", "/exploitation/incidents/"),
        (Role.OPERATOR, "/exploitation/mon-compte/", "/exploitation/mon-compte/"),
        (Role.SUPERVISOR, "/exploitation/quarantaine/7/", "/exploitation/acces/"),
        (Role.AGENT, "/exploitation/rattachements/7/", "/exploitation/rattachements/"),
        (Role.MEDIATOR, "/exploitation/acces/", "/exploitation/mon-compte/"),
    ],
)
def test_one_arrives_at_the_page_asked_for_if_ones_role_opens_it(
    visitor: Visitor, role: Role, asked_for: str, arrives: str
) -> None:
    invited("operator", role)
    door = visitor.site.get(asked_for).headers["Location"]
    assert visitor.follow(visitor.way_back("operator", on=door)).headers["Location"] == arrives


def test_a_word_that_is_not_of_the_list_leads_to_the_first_page(visitor: Visitor) -> None:
    invited("operator", Role.OPERATOR)
    door = f"{DOOR}?vers=//elsewhere.example"
    assert "elsewhere" not in visitor.site.get(door).content.decode()
    assert visitor.follow(visitor.way_back("operator", on=door)).headers["Location"] == "/exploitation/"


def test_the_session_changes_name_and_forgets_what_was_there(visitor: Visitor) -> None:
    invited("operator", Role.OPERATOR)
    back = visitor.way_back("operator")
    before = visitor.site.session.session_key
    planted = visitor.site.session
    planted["planted"] = "by someone else"
    planted.save()
    visitor.follow(back)
    assert visitor.site.session.session_key != before
    assert "planted" not in visitor.site.session


def test_a_driver_who_comes_in_here_is_no_longer_a_driver(visitor: Visitor) -> None:
    invited("operator", Role.OPERATOR)
    visitor.site.force_login(Account.objects.open_without_password(email=None, now=timezone.now()), backend=BACKEND)
    visitor.sign_in("operator")
    assert is_in(visitor)
    assert "_auth_user_id" not in visitor.site.session


def test_signing_out_ends_both_sessions(visitor: Visitor) -> None:
    invited("operator", Role.OPERATOR)
    visitor.sign_in("operator")
    answer = visitor.press("/exploitation/deconnexion/", on="/exploitation/mon-compte/")
    assert not is_in(visitor)
    over_there = visitor.browser.open(answer.headers["Location"])
    while urlsplit(over_there.headers["Location"]).netloc != "testserver":
        over_there = visitor.browser.open(over_there.headers["Location"])
    back = visitor.follow(over_there.headers["Location"])
    assert back.headers["Location"] == DOOR
    assert "Vous êtes déconnecté, ici et chez ProConnect." in visitor.site.get(DOOR).content.decode()
    assert "Session ouverte" not in visitor.browser.open(visitor.press(START).headers["Location"]).text


def test_signing_out_here_when_proconnect_is_away(visitor: Visitor, stage: Stage) -> None:
    invited("operator", Role.OPERATOR)
    visitor.sign_in("operator")

    def away(start_response: Any) -> list[bytes]:
        start_response("503 Service Unavailable", [("Content-Length", "0")])
        return []

    stage.trouble.answers["jwks"] = away
    assert visitor.press("/exploitation/deconnexion/", on="/exploitation/mon-compte/").headers["Location"] == DOOR
    assert "fermez aussi le navigateur" in visitor.site.get(DOOR).content.decode()
    assert not is_in(visitor)


def test_a_forged_return_signs_nobody_out(visitor: Visitor) -> None:
    invited("operator", Role.OPERATOR)
    visitor.sign_in("operator")
    for query in ("", "?state=forged", "?state=a&state=b"):
        assert code_shown(visitor.site.get(f"/exploitation/deconnexion/retour/{query}")) == "PC-LOGOUT-STATE"
    assert is_in(visitor)


@pytest.mark.parametrize(
    ("key", "code", "said"),
    [
        ("uninvited", "PC-NOT-INVITED", "personne ne vous a invité ici"),
        ("newcomer", "PC-NOT-APPROVED", "une deuxième personne doit encore approuver"),
        ("one-proof", "PC-SECOND-FACTOR", "sans deuxième facteur"),
        ("agent", "PC-REVOKED", "a été retiré"),
        ("mediator", "PC-INVITATION-EXPIRED", "plus de quatorze jours"),
        ("refuse", "PC-ACCESS-DENIED", "vous avez annulé"),
    ],
)
def test_every_refusal_has_a_sentence_a_code_and_a_next_step(
    visitor: Visitor, key: str, code: str, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    now = timezone.now()
    invite(FIRST, EMAIL["newcomer"], Role.AGENT, now)
    invited("one-proof", Role.AGENT)
    revoke(FIRST, invited("agent", Role.AGENT), now)
    long_ago = now - INVITATION_LIFE
    approve(SECOND, invite(FIRST, EMAIL["mediator"], Role.MEDIATOR, long_ago), long_ago)
    caplog.set_level(logging.INFO)
    refused = visitor.sign_in(key)
    page = refused.content.decode()
    assert (refused.status_code, code_shown(refused)) == (403, code)
    assert said in page
    assert "Que faire maintenant" in page
    assert not is_in(visitor)
    assert visitor.site.get("/exploitation/").headers["Location"] == DOOR
    assert code in caplog.text
    assert not any(email in caplog.text for email in EMAIL.values())


def test_the_same_address_from_another_identity_stays_outside(visitor: Visitor, stage: Stage) -> None:
    invited("operator", Role.OPERATOR)
    visitor.sign_in("operator")
    stage.provider.userinfo_changes = {"idp_id": "another"}
    other = stage.visitor()
    assert code_shown(other.sign_in("operator")) == "PC-ANOTHER-IDENTITY"
    assert not is_in(other)


@pytest.mark.parametrize("acr", ["eidas0", "eidas0-mfa", "eidas1"])
def test_a_weak_level_is_refused_whatever_was_asked(visitor: Visitor, stage: Stage, acr: str) -> None:
    invited("operator", Role.OPERATOR)
    stage.provider.id_token_changes = {"acr": acr}
    assert code_shown(visitor.sign_in("operator")) == "PC-SECOND-FACTOR"
    assert agents() == ()


def test_a_return_is_good_once_and_in_one_browser(visitor: Visitor, stage: Stage) -> None:
    invited("operator", Role.OPERATOR)
    back = visitor.way_back("operator")
    assert code_shown(stage.visitor().follow(back)) == "PC-STATE-OTHER-BROWSER"
    assert visitor.follow(back).status_code == 302
    assert code_shown(visitor.follow(back)) in {"PC-STATE-REPLAYED", "PC-STATE-OTHER-BROWSER"}
    assert code_shown(stage.visitor().site.get(BACK)) == "PC-STATE-MISSING"
    assert code_shown(stage.visitor().site.get(f"{BACK}?state=a&state=b")) == "PC-CALLBACK-MALFORMED"


def test_the_door_of_drivers_does_not_open_with_an_agents_return(visitor: Visitor) -> None:
    invited("operator", Role.OPERATOR)
    query = urlsplit(visitor.way_back("operator")).query
    answer = visitor.site.get(f"/connexion/franceconnect/retour/?{query}")
    assert answer.status_code == 400
    assert "_auth_user_id" not in visitor.site.session
    assert not is_in(visitor)


def test_a_refused_attempt_does_not_end_the_session_of_who_is_in(visitor: Visitor) -> None:
    invited("operator", Role.OPERATOR)
    visitor.sign_in("operator")
    assert code_shown(visitor.site.get(BACK)) == "PC-STATE-MISSING"
    assert visitor.site.get("/exploitation/").status_code == 200


def test_roles_granted_since_are_taken_at_the_next_sign_in(visitor: Visitor) -> None:
    invited("operator", Role.OPERATOR)
    visitor.sign_in("operator")
    invited("operator", Role.MEDIATOR)
    visitor.press("/exploitation/deconnexion/", on="/exploitation/mon-compte/")
    visitor.sign_in("operator")
    assert agents()[0].roles == {Role.OPERATOR, Role.MEDIATOR}
    assert len(invitations()) == 2
