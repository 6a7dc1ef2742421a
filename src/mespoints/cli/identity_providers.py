"""``mespoints identity-providers``: what to declare over there, character by character, and what is plugged in here."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

from mespoints.cli.surroundings import django_started
from mespoints.cli.terminal import show
from mespoints.config.environment import Environment
from mespoints.config.providers import FRANCECONNECT, FRANCECONNECT_PLUS, PROCONNECT, ProviderAccess


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """Paths are written out, not worked out: they are registered over there, where no change of ours is seen."""

    name: str
    variable: str
    callback: str
    signed_out: str
    scopes: str
    level: str
    keys: str | None = None


DECLARATIONS = (
    Declaration(
        name="FranceConnect",
        variable=FRANCECONNECT,
        callback="/connexion/franceconnect/retour/",
        signed_out="/deconnexion/retour/",
        scopes="openid identite_pivot preferred_username email idp_birthdate",
        level="eidas1",
    ),
    Declaration(
        name="FranceConnect+",
        variable=FRANCECONNECT_PLUS,
        callback="/connexion/franceconnect-plus/retour/",
        signed_out="/deconnexion/franceconnect-plus/retour/",
        scopes="openid identite_pivot rnipp_identite_pivot preferred_username email",
        level="eidas2 ou eidas3",
        keys="/franceconnect-plus/jwks",
    ),
    Declaration(
        name="ProConnect",
        variable=PROCONNECT,
        callback="/exploitation/connexion/proconnect/retour/",
        signed_out="/exploitation/deconnexion/retour/",
        scopes="openid given_name usual_name email uid siret idp_id roles",
        level="eidas1-mfa, eidas2 ou eidas3",
    ),
)


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    subparsers.add_parser("identity-providers", help="dire quoi déclarer chez FranceConnect, FranceConnect+ et ProConnect")


def run(_: argparse.Namespace) -> int:
    with django_started() as environment:
        return show([line for declaration in DECLARATIONS for line in _lines(declaration, environment)])


def _lines(declaration: Declaration, environment: Environment) -> Iterator[str]:
    access = _access(environment, declaration.variable)
    here = f"branché sur {access.issuer}" if access else f"pas branché ({declaration.variable} n’est pas donnée)"
    yield f"{declaration.name} : {here}"
    yield f"  Retour de connexion    {environment.base_url}{declaration.callback}"
    yield f"  Retour de déconnexion  {environment.base_url}{declaration.signed_out}"
    if declaration.keys:
        yield f"  Clés de chiffrement    {environment.base_url}{declaration.keys}  (ECDH-ES ou RSA-OAEP-256, A256GCM)"
    yield "  Signature              ES256, pour l’ID Token et pour UserInfo"
    yield "  Client                 client_secret_post, sans PKCE"
    yield f"  Niveau                 {declaration.level}"
    yield f"  Données (scopes)       {declaration.scopes}"
    yield ""


def _access(environment: Environment, variable: str) -> ProviderAccess | None:
    return {
        FRANCECONNECT: environment.franceconnect,
        FRANCECONNECT_PLUS: environment.franceconnect_plus,
        PROCONNECT: environment.proconnect,
    }[variable]
