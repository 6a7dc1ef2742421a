"""What ``/authorize`` accepts. Everything else is an error page here, or an error sent back to the client."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulators.franceconnect.client import Client

PARAMETERS = frozenset(
    {
        "client_id",
        "response_type",
        "redirect_uri",
        "scope",
        "state",
        "nonce",
        "acr_values",
        "claims",
        "prompt",
        "idp_hint",
        "ui_locales",
    }
)
REQUIRED = ("client_id", "response_type", "redirect_uri", "scope", "state", "nonce", "acr_values")
PROMPTS = ({"login"}, {"consent"}, {"login", "consent"})
SHORTEST_NONCE = 22
ONLY_LEVEL = "eidas1"

BAD_PARAMETERS = "Y030007"
# The real digits after Y04 are not published: the family is what counts.
UNKNOWN_CLIENT = "Y040001"
UNKNOWN_REDIRECT = "Y040002"
AMR_NOT_AGREED = "100009"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    state: str
    nonce: str
    scopes: frozenset[str]
    login_again: bool
    """``prompt=login``: a session already open does not count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """Said on the provider's own page: the person is not sent back."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack:
    """Said to the client, at its callback."""

    error: str
    description: str
    state: str


Decision = Accepted | ErrorPage | SentBack


def decide(parameters: Mapping[str, Sequence[str]], client: Client) -> Decision:
    """Judges one request; ``parameters`` holds every value given for each name."""
    shape = _shape_error(parameters)
    if shape is not None:
        return ErrorPage(code=BAD_PARAMETERS, reason=shape)
    given = {name: values[0] for name, values in parameters.items()}
    if given["client_id"] != client.client_id:
        return ErrorPage(code=UNKNOWN_CLIENT, reason="client_id inconnu")
    if given["redirect_uri"] != client.redirect_uri:
        return ErrorPage(code=UNKNOWN_REDIRECT, reason="redirect_uri non enregistrée")
    if "amr" in given.get("claims", ""):
        return ErrorPage(code=AMR_NOT_AGREED, reason="amr demandé sans habilitation")
    return _judged(given, client)


def _judged(given: Mapping[str, str], client: Client) -> Accepted | SentBack:
    def sent_back(error: str, description: str) -> SentBack:
        return SentBack(error=error, description=description, state=given["state"])

    if given["response_type"] != "code":
        return sent_back("unsupported_response_type", "only code is supported")
    scopes = frozenset(given["scope"].split())
    if "openid" not in scopes:
        return sent_back("invalid_scope", "openid is missing")
    if not scopes <= client.scopes:
        return sent_back("invalid_scope", "requested scope is not allowed")
    if "idp_hint" in given:
        return sent_back("invalid_idp_hint", "no hint is agreed with this client")
    return Accepted(
        state=given["state"], nonce=given["nonce"], scopes=scopes, login_again="login" in given.get("prompt", "").split()
    )


def _shape_error(parameters: Mapping[str, Sequence[str]]) -> str | None:
    """Why the request is not even well formed, or ``None``."""
    for name, values in parameters.items():
        if name not in PARAMETERS:
            return f"paramètre inconnu : {name}"
        if len(values) != 1:
            return f"paramètre répété : {name}"
    for name in REQUIRED:
        if not parameters.get(name, [""])[0]:
            return f"paramètre absent : {name}"
    return _value_error({name: values[0] for name, values in parameters.items()})


def _value_error(given: Mapping[str, str]) -> str | None:
    if len(given["nonce"]) < SHORTEST_NONCE:
        return f"nonce de {len(given['nonce'])} caractères, il en faut {SHORTEST_NONCE} ou plus"
    if given["acr_values"] != ONLY_LEVEL:
        return f"acr_values doit être {ONLY_LEVEL}"
    if "prompt" in given and set(given["prompt"].split()) not in PROMPTS:
        return "prompt doit être login, consent ou les deux"
    if "claims" in given and not _is_json_object(given["claims"]):
        return "claims doit être un objet JSON"
    return None


def _is_json_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False
