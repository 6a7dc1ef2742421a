"""What ProConnect signs about somebody at work → one frozen value. The one place that knows ProConnect's words."""

import re
from dataclasses import dataclass

from mespoints.identity.failures import IdentityIncomplete
from mespoints.identity.oidc.tokens import Claims

ROLES = ("agent_public", "agent_public_etat", "agent_public_territorial")
"""The closed list of ``roles``; somebody of the private sector has none."""

LONGEST = 254
"""Characters of any of these texts, as an e-mail field of Django holds."""

_SIRET = re.compile(r"[0-9]{14}")


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedAgent:
    """Who ProConnect says this is, once every check has passed. It opens no door: whom to let in is decided elsewhere.

    Never authorise by ``siret``: it is not reliable for the Ministry of the Interior.
    """

    subject: str
    """One per identity provider and service: the same person by another ``idp_id`` has another one."""
    idp_id: str
    email: str
    """In lower case, as it is compared."""
    uid: str
    siret: str
    """14 digits: the establishment where one works."""
    given_name: str
    usual_name: str
    acr: str
    """One of those the profile accepts."""
    roles: tuple[str, ...]
    """Those of ``ROLES`` only."""
    id_token: str
    """As received, with its ``at_hash``: the hint that sign-out must carry, expired or not."""


def verified_agent(*, sure: Claims, told: Claims, id_token: str) -> VerifiedAgent:
    """Raises ``IdentityIncomplete`` when one of the claims that ProConnect always sends is not there or not usable."""
    siret, email = _text(told, "siret"), _text(told, "email").lower()
    if not _SIRET.fullmatch(siret) or "@" not in email:
        raise IdentityIncomplete
    return VerifiedAgent(
        subject=sure["sub"],
        idp_id=_text(told, "idp_id"),
        email=email,
        uid=_text(told, "uid"),
        siret=siret,
        given_name=_text(told, "given_name"),
        usual_name=_text(told, "usual_name"),
        acr=sure["acr"],
        roles=_roles(told.get("roles")),
        id_token=id_token,
    )


def _text(told: Claims, name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
        raise IdentityIncomplete
    return value.strip()


def _roles(stated: object) -> tuple[str, ...]:
    """In our order, each once; a word we do not know gives nothing."""
    return tuple(role for role in ROLES if role in stated) if isinstance(stated, list) else ()
