"""An agent by ProConnect: who comes back, at which level, and what is refused before anybody asks whether to let him in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from mespoints.identity.digests import digest, new_secret
from mespoints.identity.failures import (
    IdentityIncomplete,
    LevelTooLow,
    NobodySignedIn,
    NonceWrong,
    SignInFailure,
    SubjectMismatch,
)
from mespoints.identity.oidc.agent_claims import VerifiedAgent
from mespoints.identity.oidc.callback import Callback
from mespoints.identity.oidc.client import authorization_url, end_session_url, identify_agent
from mespoints.identity.oidc.profile import Prompt, ProviderProfile, franceconnect, proconnect
from mespoints.identity.words import Provider
from simulators.oidc.server import running
from simulators.proconnect.authorize import PROCONNECT
from tests.identity.journey import TwistedProvider
from tests.simulators.browser import Browser, asked
from tests.simulators.proconnect.test_proconnect import AGENTS, CLIENT, OWN


@dataclass
class Walk:
    provider: TwistedProvider
    profile: ProviderProfile
    browser: Browser
    state: str = ""

    def address(self, nonce: str, prompt: Prompt | None = None) -> str:
        self.state = new_secret()
        return authorization_url(self.profile, state=self.state, nonce=nonce, prompt=prompt)

    def agent(self, choice: str, **made_up: str) -> VerifiedAgent:
        nonce = new_secret(self.profile.nonce_bytes)
        back = self.browser.choose(self.browser.open(self.address(nonce)), choice, **made_up)
        brought = Callback.read(parse_qs(urlsplit(back).query))
        assert brought.state == self.state
        return self.identified(brought, digest(nonce), timezone.now())

    def identified(self, brought: Callback, nonce_digest: str, now: datetime) -> VerifiedAgent:
        code = brought.code_from(self.profile.issuer)
        return identify_agent(self.profile, code=code, nonce_digest=nonce_digest, now=now)


@pytest.fixture
def walk() -> Iterator[Walk]:
    with running(AGENTS, dialect=PROCONNECT, client=CLIENT, provider_class=TwistedProvider) as served, Browser() as browser:
        profile = proconnect(
            issuer=served.issuer,
            client_id=CLIENT.client_id,
            client_secret=CLIENT.client_secret,
            redirect_uri=CLIENT.redirect_uri,
            post_logout_redirect_uri=CLIENT.post_logout_redirect_uri,
        )
        assert isinstance(served.provider, TwistedProvider)
        yield Walk(provider=served.provider, profile=profile, browser=browser)


def test_who_comes_back(walk: Walk) -> None:
    agent = walk.agent("agent")
    known = next(known for known in AGENTS if known.key == "agent")
    assert (agent.subject, agent.idp_id) == (known.subject, known.idp_id)
    assert (agent.email, agent.siret, agent.uid) == (known.email, known.siret, known.email)
    assert (agent.given_name, agent.usual_name) == ("Baptiste", "Orvault")
    assert (agent.acr, agent.roles) == ("eidas1-mfa", ("agent_public", "agent_public_etat"))


def test_only_names_of_the_closed_list_and_long_enough(walk: Walk) -> None:
    sent = asked(walk.address(new_secret(walk.profile.nonce_bytes)))
    assert set(sent) <= walk.profile.authorize_parameters
    assert min(len(sent["state"]), len(sent["nonce"])) >= 32
    assert "acr_values" not in sent
    assert not any(name.startswith("code_challenge") for name in sent)


@pytest.mark.parametrize("acr", ["eidas0", "eidas0-mfa", "eidas1"])
def test_a_level_without_a_sure_second_proof_is_refused_whatever_was_asked(walk: Walk, acr: str) -> None:
    with pytest.raises(LevelTooLow):
        walk.agent("own", **(OWN | {"acr": acr}))


@pytest.mark.parametrize("acr", ["eidas1-mfa", "eidas2", "eidas3"])
def test_the_levels_that_pass(walk: Walk, acr: str) -> None:
    assert walk.agent("own", **(OWN | {"acr": acr, "email": "Quelqu.Un@Mairie.Example"})).email == OWN["email"]


@pytest.mark.parametrize(
    "changes",
    [
        {"siret": None},
        {"siret": "1234"},
        {"siret": "９" * 14},
        {"email": None},
        {"email": "nobody"},
        {"email": "a@" + "b" * 300},
        {"uid": " "},
        {"idp_id": 7},
        {"usual_name": None},
    ],
)
def test_an_agent_not_wholly_told_is_refused(walk: Walk, changes: dict[str, Any]) -> None:
    walk.provider.userinfo_changes = changes
    with pytest.raises(IdentityIncomplete):
        walk.agent("agent")


@pytest.mark.parametrize(("roles", "kept"), [(None, ()), ("agent_public", ()), (["king", "agent_public", 3], ("agent_public",))])
def test_roles_are_a_closed_list(walk: Walk, roles: Any, kept: tuple[str, ...]) -> None:
    walk.provider.userinfo_changes = {"roles": roles}
    assert walk.agent("agent").roles == kept


@pytest.mark.parametrize(
    ("id_token", "userinfo", "failure"),
    [({"nonce": "x" * 43}, {}, NonceWrong), ({}, {"sub": "another"}, SubjectMismatch), ({"acr": ["eidas2"]}, {}, LevelTooLow)],
)
def test_the_checks_are_those_of_every_provider(
    walk: Walk, id_token: dict[str, Any], userinfo: dict[str, Any], failure: type[SignInFailure]
) -> None:
    walk.provider.id_token_changes, walk.provider.userinfo_changes = id_token, userinfo
    with pytest.raises(failure) as raised:
        walk.agent("agent")
    assert raised.value.said(Provider.PROCONNECT).code.startswith("PC-")


def test_a_silent_sign_in_says_when_nobody_is_there(walk: Walk) -> None:
    silent = walk.browser.open(walk.address(new_secret(), prompt="none"))
    brought = Callback.read(parse_qs(urlsplit(silent.headers["Location"]).query))
    with pytest.raises(NobodySignedIn):
        walk.identified(brought, "0" * 64, timezone.now())


def test_a_prompt_the_provider_does_not_know_is_never_sent(walk: Walk) -> None:
    with pytest.raises(ValueError, match="prompt=login"):
        walk.address(new_secret(), prompt="login")
    drivers = franceconnect(
        issuer="https://x.example", client_id="", client_secret="", redirect_uri="", post_logout_redirect_uri=""
    )
    with pytest.raises(ValueError, match="prompt=none"):
        authorization_url(drivers, state="s", nonce="n", prompt="none")


def test_signing_out_over_there(walk: Walk) -> None:
    agent = walk.agent("agent")
    answer = walk.browser.open(end_session_url(walk.profile, id_token=agent.id_token, state="bye"))
    assert answer.headers["Location"] == f"{CLIENT.post_logout_redirect_uri}?state=bye"
