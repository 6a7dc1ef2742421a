"""The same sign-ins by our own simulated providers and by one that others wrote: what both accept, neither was bent to."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client as SiteClient
from django.utils import timezone

from mespoints.config.providers import ProviderAccess
from mespoints.identity.digests import digest, new_secret
from mespoints.identity.failures import LevelTooLow
from mespoints.identity.models import Account, Link
from mespoints.identity.oidc.agent_claims import VerifiedAgent
from mespoints.identity.oidc.callback import Callback
from mespoints.identity.oidc.client import authorization_url, end_session_url, identify_agent
from mespoints.identity.oidc.profile import ProviderProfile, proconnect
from simulators.franceconnect.authorize import FRANCECONNECT, FRANCECONNECT_PLUS
from simulators.oidc.client import Client
from simulators.oidc.dialect import Dialect, Person
from simulators.oidc.server import running
from simulators.proconnect.authorize import PROCONNECT
from tests.encryption_keys import written
from tests.identity.journey import BY_KEY, START, START_PLUS, Visitor, hold
from tests.identity.test_sign_in import code_shown, is_signed_in
from tests.independent_provider.started import IndependentBrowser, registration, started
from tests.simulators.browser import CLIENT, CLIENT_PLUS, PEOPLE, SITE, Browser, asked
from tests.simulators.proconnect.test_proconnect import AGENTS
from tests.simulators.proconnect.test_proconnect import CLIENT as CLIENT_AGENTS

WAYS = ("ECDH-ES", "RSA-OAEP", "RSA-OAEP-256")
CLIENTS_PLUS = tuple(replace(CLIENT_PLUS, client_id=f"plus-{way}", encryption=way) for way in WAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Where one identifies oneself, whoever built it."""

    letters: str
    name: str
    issuer: str
    client: Client
    start: str
    browser: type[Browser]

    @property
    def access(self) -> ProviderAccess:
        return ProviderAccess(issuer=self.issuer, client_id=self.client.client_id, client_secret=self.client.client_secret)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return written(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def independent(keys: Any) -> Iterator[str]:
    """One process for the three: FranceConnect, FranceConnect+ by each way of encrypting, ProConnect."""
    clients = [registration(CLIENT), *(registration(client, keys.published()) for client in CLIENTS_PLUS)]
    dialects = (PROCONNECT, FRANCECONNECT, FRANCECONNECT_PLUS)
    with started(dialects, [*clients, registration(CLIENT_AGENTS)], [*PEOPLE, *AGENTS]) as issuer:
        yield issuer


@pytest.fixture
def simulated() -> Iterator[Callable[[Dialect, Client, tuple[Person, ...]], str]]:
    with ExitStack() as open_servers:
        yield lambda dialect, client, people: open_servers.enter_context(running(people, dialect=dialect, client=client)).issuer


DOORS = ["low", *WAYS]


@pytest.fixture(params=[f"{builder}-{door}" for builder in ("simulated", "independent") for door in DOORS])
def house(request: pytest.FixtureRequest, settings: Any, keys: Any) -> House:
    builder, _, door = request.param.partition("-")
    is_low = door == "low"
    client = CLIENT if is_low else CLIENTS_PLUS[WAYS.index(door)]
    client = replace(client, encryption_keys=keys.published)
    if builder == "simulated":
        dialect = FRANCECONNECT if is_low else FRANCECONNECT_PLUS
        issuer = request.getfixturevalue("simulated")(dialect, client, PEOPLE)
    else:
        issuer = request.getfixturevalue("independent")
    found = House(
        letters="FC" if is_low else "FCP",
        name="FranceConnect" if is_low else "FranceConnect+",
        issuer=issuer,
        client=client,
        start=START if is_low else START_PLUS,
        browser=Browser if builder == "simulated" else IndependentBrowser,
    )
    settings.BASE_URL = SITE
    settings.FRANCECONNECT = found.access if is_low else None
    settings.FRANCECONNECT_PLUS, settings.FRANCECONNECT_PLUS_KEYS = (None, None) if is_low else (found.access, keys)
    return found


@pytest.fixture
def come(house: House) -> Iterator[Callable[[], Visitor]]:
    with ExitStack() as open_browsers:

        def visitor() -> Visitor:
            coming = Visitor(open_browsers.enter_context(house.browser()))
            coming.start = house.start
            return coming

        yield visitor


def test_first_visit_return_visit_and_goodbye(house: House, come: Callable[[], Visitor], db: None) -> None:
    holder = hold(BY_KEY["calm"], "150399200911")
    visitor = come()
    assert visitor.sign_in("calm").headers["Location"] == "/solde/"
    assert Link.objects.get().holder_id == holder.pk
    goodbye = visitor.post("/deconnexion/").headers["Location"]
    assert not is_signed_in(visitor)
    back = visitor.browser.open(goodbye).headers["Location"]
    assert back.startswith(house.client.post_logout_redirect_uri + "?")
    assert asked(back)["state"] == asked(goodbye)["state"]
    visitor.follow(back)
    assert f"ici et chez {house.name}." in visitor.site.get("/connexion/").content.decode()
    assert visitor.sign_in("calm").status_code == 302
    assert come().sign_in("calm").status_code == 302
    assert (Account.objects.count(), Link.objects.count()) == (1, 1)


@pytest.mark.parametrize("key", ["accents", "stray-code"])
def test_identities_that_crash_naive_clients(house: House, come: Callable[[], Visitor], db: None, key: str) -> None:
    hold(BY_KEY[key], "150399200955")
    assert come().sign_in(key).headers.get("Location") == "/solde/"


def test_a_year_alone_is_read_and_asks_for_a_number(house: House, come: Callable[[], Visitor], db: None) -> None:
    """FranceConnect+ completes the day with 01 and has no idp_birthdate: nothing is guessed there either."""
    hold(BY_KEY["year-only"], "150399200955")
    assert come().sign_in("year-only").headers.get("Location") != "/solde/"
    assert not Link.objects.exists()


def test_refused_over_there(house: House, come: Callable[[], Visitor], db: None) -> None:
    hold(BY_KEY["calm"], "150399200911")
    visitor = come()
    answer = visitor.sign_in("refuse")
    assert (answer.status_code, code_shown(answer)) == (403, f"{house.letters}-ACCESS-DENIED")
    assert visitor.sign_in("calm").status_code == 302


def test_a_way_back_is_good_once_and_for_one_browser(house: House, come: Callable[[], Visitor], db: None) -> None:
    hold(BY_KEY["calm"], "150399200911")
    visitor, other = come(), come()
    back = visitor.way_back("calm")
    other.sent_to_provider()
    assert code_shown(other.follow(back)) == f"{house.letters}-STATE-OTHER-BROWSER"
    assert visitor.follow(back).status_code == 302
    assert code_shown(visitor.follow(back)) == f"{house.letters}-STATE-REPLAYED"


def test_a_wrong_secret(house: House, come: Callable[[], Visitor], settings: Any, db: None) -> None:
    name = "FRANCECONNECT" if house.letters == "FC" else "FRANCECONNECT_PLUS"
    setattr(settings, name, replace(house.access, client_secret="not the one"))
    answer = come().sign_in("calm")
    assert (answer.status_code, code_shown(answer)) == (502, f"{house.letters}-CLIENT-REFUSED")


def test_a_code_used_elsewhere_first(house: House, come: Callable[[], Visitor], db: None) -> None:
    visitor = come()
    back = asked(visitor.way_back("calm")) | {"code": "never given"}
    answer = visitor.site.get(house.start + "retour/", back)
    assert code_shown(answer) == f"{house.letters}-CODE-REFUSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """ProConnect, whoever built it, and an agent's browser."""

    profile: ProviderProfile
    browser: Browser

    def asks(self, nonce: str) -> requests.Response:
        return self.browser.open(authorization_url(self.profile, state=new_secret(), nonce=nonce))

    def agent(self, choice: str) -> VerifiedAgent:
        nonce = new_secret(self.profile.nonce_bytes)
        back = self.browser.choose(self.asks(nonce), choice)
        code = Callback.read(parse_qs(urlsplit(back).query)).code_from(self.profile.issuer)
        return identify_agent(self.profile, code=code, nonce_digest=digest(nonce), now=timezone.now())


@pytest.fixture(params=["simulated", "independent"])
def hall(request: pytest.FixtureRequest) -> Iterator[Hall]:
    kind: type[Browser] = Browser
    if request.param == "simulated":
        issuer = request.getfixturevalue("simulated")(PROCONNECT, CLIENT_AGENTS, AGENTS)
    else:
        issuer, kind = request.getfixturevalue("independent"), IndependentBrowser
    profile = proconnect(
        issuer=issuer,
        client_id=CLIENT_AGENTS.client_id,
        client_secret=CLIENT_AGENTS.client_secret,
        redirect_uri=CLIENT_AGENTS.redirect_uri,
        post_logout_redirect_uri=CLIENT_AGENTS.post_logout_redirect_uri,
    )
    with kind() as browser:
        yield Hall(profile=profile, browser=browser)


def test_an_agent_in_and_out(hall: Hall) -> None:
    agent = hall.agent("agent")
    assert (agent.email, agent.acr) == ("baptiste.orvault@prefecture.example", "eidas1-mfa")
    assert agent.roles == ("agent_public", "agent_public_etat")
    goodbye = hall.browser.open(end_session_url(hall.profile, id_token=agent.id_token, state="bye"))
    assert goodbye.headers["Location"].startswith(CLIENT_AGENTS.post_logout_redirect_uri + "?state=bye")


def test_an_agent_without_a_second_proof(hall: Hall) -> None:
    """One sends back what it has, which we refuse; the other reads our claims and keeps the agent on its page."""
    if not isinstance(hall.browser, IndependentBrowser):
        with pytest.raises(LevelTooLow):
            hall.agent("one-proof")
        return
    page = hall.asks(new_secret())
    answer = hall.browser.send(page.url, {"choice": "one-proof"})
    assert "/interaction/" in hall.browser.open(answer.headers["Location"]).url


def test_the_keys_it_encrypts_to_are_those_we_publish(settings: Any, keys: Any) -> None:
    settings.FRANCECONNECT_PLUS_KEYS = keys
    assert SiteClient().get("/franceconnect-plus/jwks").json() == keys.published()
