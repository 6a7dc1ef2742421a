"""What ProConnect's ``/authorize`` accepts. Everything else is an error page here, or an error sent back to the client."""

from collections.abc import Mapping
from typing import Any

from simulators.oidc.client import Client
from simulators.oidc.dialect import Accepted, Decision, Dialect, ErrorPage, Given, SentBack
from simulators.oidc.shape import json_object, scope_error, shape_error
from simulators.proconnect.pages import own_choice
from simulators.proconnect.people import CLAIMS_OF_SCOPE, LEVELS, made_up

REQUIRED = ("client_id", "response_type", "redirect_uri", "scope", "state", "nonce")
PARAMETERS = frozenset({*REQUIRED, "claims", "prompt", "idp_hint", "login_hint", "siret_hint"})
SHORTEST = 32
"""Characters of a state, and of a nonce."""

# The real digits after Y04 are not published: the family is what counts.
UNKNOWN_CLIENT = "Y040001"
UNKNOWN_REDIRECT = "Y030031"


def decide(parameters: Given, client: Client, dialect: Dialect) -> Decision:
    shape = shape_error(parameters, known=PARAMETERS, required=REQUIRED)
    given = {name: values[0] for name, values in parameters.items()}
    wrong = shape or _value_error(given)
    if wrong is not None:
        return ErrorPage(code=dialect.bad_parameters, reason=wrong)
    if given["client_id"] != client.client_id:
        return ErrorPage(code=UNKNOWN_CLIENT, reason="client_id inconnu")
    if given["redirect_uri"] != client.redirect_uri:
        return ErrorPage(code=UNKNOWN_REDIRECT, reason="redirect_uri non enregistrée")
    return _judged(given, client, dialect)


def _judged(given: Mapping[str, str], client: Client, dialect: Dialect) -> Accepted | SentBack:
    scopes = frozenset(given["scope"].split())
    wrong = scope_error(scopes, client, dialect.claims_of_scope)
    if given["response_type"] != "code":
        return SentBack(error="unsupported_response_type", description="only code is supported", state=given["state"])
    if wrong is not None:
        return SentBack(error="invalid_scope", description=wrong, state=given["state"])
    return Accepted(
        state=given["state"],
        nonce=given["nonce"],
        scopes=scopes,
        # Said of a person who has none of his own; the service must judge what comes back.
        level="eidas1",
        silent=given.get("prompt") == "none",
    )


def _value_error(given: Mapping[str, str]) -> str | None:
    for name in ("state", "nonce"):
        if len(given[name]) < SHORTEST:
            return f"{name} de {len(given[name])} caractères, il en faut {SHORTEST} ou plus"
    if given.get("prompt", "none") != "none":
        return "prompt doit être none"
    return _claims_error(given["claims"]) if "claims" in given else None


def _claims_error(text: str) -> str | None:
    claims = json_object(text)
    if claims is None:
        return "claims doit être un objet JSON"
    values = _asked_levels(claims)
    if not isinstance(values, list) or not all(value in LEVELS for value in values):
        return f"les acr demandés sont à prendre dans {', '.join(LEVELS)}"
    return None


def _asked_levels(claims: Mapping[str, Any]) -> object:
    found: object = claims
    for name in ("id_token", "acr", "values"):
        found = found.get(name, [] if name == "values" else {}) if isinstance(found, dict) else None
    return found


PROCONNECT = Dialect(
    title="ProConnect simulé",
    cookie="proconnect_simule",
    bad_parameters="Y000400",
    claims_of_scope=CLAIMS_OF_SCOPE,
    levels=LEVELS,
    decide=decide,
    code_seconds=60,
    session_seconds=12 * 3600,
    own_choice=own_choice,
    made_up=made_up,
)
