"""Sign-in for real: the simulated provider over HTTP, the site through the test client, holders in the register."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.test import Client as SiteClient

from mespoints.config.providers import ProviderAccess
from mespoints.identity.oidc.encryption_keys import EncryptionKeys
from mespoints.register.models import Holder
from mespoints.register.names import given_names_key, name_key
from simulators.franceconnect.authorize import FRANCECONNECT, FRANCECONNECT_PLUS
from simulators.franceconnect.people import Person
from simulators.oidc.client import Client
from simulators.oidc.dialect import Dialect
from simulators.oidc.provider import Grant, Provider
from simulators.oidc.server import running
from tests.simulators.browser import CLIENT, CLIENT_PLUS, PEOPLE, SITE, Browser

START = "/connexion/franceconnect/"
START_PLUS = "/connexion/franceconnect-plus/"
BY_KEY = {person.key: person for person in PEOPLE}
SEXES = {"male": "M", "female": "F", "unspecified": "X"}


class TwistedProvider(Provider):
    """Signs what it is told to sign, with its real key unless told otherwise."""

    def __init__(self, **known: Any) -> None:
        super().__init__(**known)
        self.id_token_changes: dict[str, Any] = {}
        self.userinfo_changes: dict[str, Any] = {}
        self.signing: Callable[[Provider, dict[str, Any]], str] | None = None
        self.sealing: Callable[[str], str] | None = None

    def id_token_claims(self, grant: Grant, access_token: str) -> dict[str, Any]:
        return without_none(super().id_token_claims(grant, access_token) | self.id_token_changes)

    def userinfo_claims(self, grant: Grant) -> dict[str, Any]:
        return without_none(super().userinfo_claims(grant) | self.userinfo_changes)

    def sign(self, claims: Any) -> str:
        return self.signing(self, dict(claims)) if self.signing else super().sign(claims)

    def sealed(self, signed: str) -> str:
        return self.sealing(signed) if self.sealing else super().sealed(signed)


def without_none(claims: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in claims.items() if value is not None}


@dataclass
class Trouble:
    """Answers in the provider's place, path by path; counts what is asked."""

    answers: dict[str, Callable[[StartResponse], list[bytes]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def around(self, application: WSGIApplication) -> WSGIApplication:
        def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
            path = environ["PATH_INFO"].rpartition("/")[2]
            self.asked.append(path)
            instead = self.answers.get(path)
            return instead(start_response) if instead else application(environ, start_response)

        return answer


@dataclass
class Shift:
    seconds: float = 0

    def __call__(self) -> float:
        return time.time() + self.seconds


@dataclass
class Stage:
    """The provider and what a test may bend about it."""

    issuer: str
    provider: TwistedProvider
    trouble: Trouble
    clock: Shift


@contextmanager
def staged(settings: Any) -> Iterator[Stage]:
    """FranceConnect served, and the site set to use it."""
    with served(FRANCECONNECT, PEOPLE, CLIENT) as stage:
        settings.FRANCECONNECT = access(stage)
        settings.BASE_URL = SITE
        yield stage


@contextmanager
def staged_plus(settings: Any, keys: EncryptionKeys, people: Sequence[Person] = PEOPLE) -> Iterator[Stage]:
    """FranceConnect+ served, which reads our keys where we publish them, and the site set to use it."""
    client = replace(CLIENT_PLUS, encryption_keys=lambda: SiteClient().get("/franceconnect-plus/jwks").json())
    with served(FRANCECONNECT_PLUS, people, client) as stage:
        settings.FRANCECONNECT_PLUS = access(stage)
        settings.FRANCECONNECT_PLUS_KEYS = keys
        settings.BASE_URL = SITE
        yield stage


@contextmanager
def served(dialect: Dialect, people: Sequence[Person], client: Client) -> Iterator[Stage]:
    clock, trouble = Shift(), Trouble()
    with running(
        people, dialect=dialect, client=client, clock=clock, provider_class=TwistedProvider, around=trouble.around
    ) as started:
        assert isinstance(started.provider, TwistedProvider)
        yield Stage(issuer=started.issuer, provider=started.provider, trouble=trouble, clock=clock)


def access(stage: Stage) -> ProviderAccess:
    client = stage.provider.client
    return ProviderAccess(issuer=stage.issuer, client_id=client.client_id, client_secret=client.client_secret)


class Visitor:
    """One person at one browser: the site's cookies on one side, the provider's on the other."""

    def __init__(self, browser: Browser) -> None:
        # With the forms' protection on, as in production: a form without its token must fail here too.
        self.site = SiteClient(enforce_csrf_checks=True)
        self.browser = browser
        self.start = START

    def post(self, path: str, more: dict[str, str] | None = None, *, on: str = "/connexion/") -> Any:
        """Presses a button of ours, with what its own form carries."""
        page = self.site.get(on).content.decode()
        form = re.search(rf'<form[^>]* action="{path}">.*?</form>', page, re.DOTALL)
        assert form is not None, f"no button for {path}"
        carried = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form.group(0)))
        return self.site.post(path, carried | (more or {}))

    def press(self, path: str, more: dict[str, str]) -> Any:
        """The same on a page that this browser has open."""
        return self.site.post(path, {"csrfmiddlewaretoken": self.site.cookies["form"].value, **more})

    def sent_to_provider(self, door: str = "/connexion/") -> str:
        answer = self.post(self.start, on=door)
        assert answer.status_code == 302
        return str(answer.headers["Location"])

    def way_back(self, choice: str) -> str:
        """Goes to the provider and presses that button; the address that leads back, not yet followed."""
        return self.browser.choose(self.browser.open(self.sent_to_provider()), choice)

    def follow(self, address: str) -> Any:
        assert address.startswith(SITE)
        return self.site.get(address.removeprefix(SITE))

    def sign_in(self, choice: str) -> Any:
        return self.follow(self.way_back(choice))


def hold(person: Person, file_number: str) -> Holder:
    """A holder with exactly that civil status."""
    year, month, day = (int(part) for part in person.birthdate.split("-"))
    assert person.family_name is not None
    assert person.birthcountry is not None
    in_france = person.birthcountry == "99100"
    return Holder.objects.create(
        known_from=1,
        stated_on=date(2026, 11, 22),
        file_number=file_number,
        birth_name=person.family_name,
        usage_name=person.usage_name,
        given_names=list(person.given_names),
        sex=SEXES[person.gender or "unspecified"],
        birth_year=year,
        birth_month=month or None,
        birth_day=day or None,
        birth_commune=person.birthplace if in_france else None,
        birth_country=person.birthcountry,
        birth_name_key=name_key(person.family_name),
        given_names_key=given_names_key(person.given_names),
        usage_name_key=name_key(person.usage_name) if person.usage_name else None,
    )
