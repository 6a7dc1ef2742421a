"""The invented agents: read from a TOML file, or made up on the page."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulators.oidc.dialect import Given

SUBJECT_SALT = b"proconnect simule"
LEVELS = ("eidas0", "eidas0-mfa", "eidas1", "eidas1-mfa", "eidas2", "eidas3")
ROLES = ("agent_public", "agent_public_etat", "agent_public_territorial")
IDP_ID = "fournisseur-d-agents-simule"
LONGEST_FIELD = 254

CLAIMS_OF_SCOPE: Mapping[str, tuple[str, ...]] = {
    "openid": ("sub",),
    **{
        claim: (claim,)
        for claim in (
            "given_name",
            "usual_name",
            "email",
            "uid",
            "siret",
            "idp_id",
            "organization_label",
            "roles",
            "phone",
            "organizational_unit",
            "belonging_population",
        )
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """``None`` is a claim that is not sent at all."""

    key: str
    title: str
    email: str
    siret: str | None
    acr: str
    given_name: str = "Prénom"
    usual_name: str = "Inventé"
    roles: tuple[str, ...] = ()
    idp_id: str = IDP_ID

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.usual_name}"

    @property
    def subject(self) -> str:
        """Not the same by another identity provider."""
        return hashlib.sha256(SUBJECT_SALT + repr((self.idp_id, self.email)).encode()).hexdigest()

    @property
    def claims(self) -> Mapping[str, Any]:
        return {
            "given_name": self.given_name,
            "usual_name": self.usual_name,
            "email": self.email,
            "uid": self.email,
            "siret": self.siret,
            "idp_id": self.idp_id,
            "organization_label": "Organisation inventée",
            "roles": list(self.roles),
        }


def read_agents(path: Path) -> tuple[Agent, ...]:
    """Every ``[[agent]]`` table."""
    with path.open("rb") as file:
        tables = tomllib.load(file).get("agent", [])
    if not tables:
        raise ValueError(f"{path} : aucune table [[agent]]. Il en faut au moins une.")
    return tuple(_agent(table) for table in tables)


def made_up(form: Given) -> Agent | None:
    """From the page's own form; ``None`` when a field is not what it must be."""
    email, siret, acr = (_one(form, name) for name in ("email", "siret", "acr"))
    roles = tuple(form.get("roles", ()))
    is_sound = "@" in email and len(email) <= LONGEST_FIELD and re.fullmatch(r"[0-9]{14}", siret) is not None
    if not is_sound or acr not in LEVELS or not set(roles) <= set(ROLES):
        return None
    return Agent(key="own", title="Choisi sur la page", email=email, siret=siret, acr=acr, roles=roles)


def _one(form: Given, name: str) -> str:
    values = form.get(name, ())
    return values[0].strip() if len(values) == 1 else ""


def _agent(table: Mapping[str, Any]) -> Agent:
    if table["acr"] not in LEVELS:
        raise ValueError(f"acr « {table['acr']} » : choisissez parmi {', '.join(LEVELS)}.")
    return Agent(
        key=table["key"],
        title=table.get("title", table["key"]),
        email=table["email"],
        siret=table.get("siret"),
        acr=table["acr"],
        given_name=table["given_name"],
        usual_name=table["usual_name"],
        roles=tuple(table.get("roles", ())),
        idp_id=table.get("idp_id", IDP_ID),
    )
