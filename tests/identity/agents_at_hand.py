"""Invented people of the allow-list, for tests."""

from dataclasses import replace
from datetime import datetime

from mespoints.identity.agents import KnownAgent, agent_account, approve, invite
from mespoints.identity.invitations import AtConsole
from mespoints.identity.oidc.agent_claims import VerifiedAgent
from mespoints.identity.roles import Role

FIRST = AtConsole(name="Première Personne", machine_account="tests")
SECOND = AtConsole(name="Seconde Personne", machine_account="tests")

ANNE = VerifiedAgent(
    subject="sub-anne",
    idp_id="idp-1",
    email="Anne.Phare@exemple.invalid",
    uid="anne",
    siret="00000000000000",
    given_name="Anne",
    usual_name="Phare",
    acr="eidas1-mfa",
    roles=(),
    id_token="token-of-anne",
)
BASILE = replace(
    ANNE,
    subject="sub-basile",
    email="basile.gue@exemple.invalid",
    given_name="Basile",
    usual_name="Gué",
    id_token="token-of-basile",
)
CLARA = replace(
    ANNE,
    subject="sub-clara",
    email="clara.moulin@exemple.invalid",
    given_name="Clara",
    usual_name="Moulin",
    id_token="token-of-clara",
)


def let_in(verified: VerifiedAgent, role: Role, now: datetime) -> KnownAgent:
    """Invited and approved by two people at the command line, then come in."""
    number = invite(FIRST, verified.email, role, now)
    approve(SECOND, number, now)
    return agent_account(verified, now)
