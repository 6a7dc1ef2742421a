"""Who ProConnect says an agent is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedAgent:
    subject: str
    idp_id: str
    email: str
    uid: str
    siret: str
    given_name: str
    usual_name: str
    acr: str
    roles: tuple[str, ...]
    id_token: str
