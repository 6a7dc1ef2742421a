"""What ``/authorize`` accepts. Everything else is an error page here, or an error sent back to the client."""

from collections.abc import Mapping

from simulators.franceconnect.people import CLAIMS_OF_SCOPE, CLAIMS_OF_SCOPE_PLUS
from simulators.oidc.client import Client
from simulators.oidc.dialect import Accepted, Decision, Dialect, ErrorPage, Given, SentBack
from simulators.oidc.shape import json_object, scope_error, shape_error

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

# The real digits after Y04 are not published: the family is what counts.
UNKNOWN_CLIENT = "Y040001"
UNKNOWN_REDIRECT = "Y040002"
AMR_NOT_AGREED = "100009"


def decide(parameters: Given, client: Client, dialect: Dialect) -> Decision:
    shape = shape_error(parameters, known=PARAMETERS, required=REQUIRED)
    given = {name: values[0] for name, values in parameters.items()}
    wrong = shape or _value_error(given, dialect)
    if wrong is not None:
        return ErrorPage(code=dialect.bad_parameters, reason=wrong)
    if given["client_id"] != client.client_id:
        return ErrorPage(code=UNKNOWN_CLIENT, reason="client_id inconnu")
    if given["redirect_uri"] != client.redirect_uri:
        return ErrorPage(code=UNKNOWN_REDIRECT, reason="redirect_uri non enregistrée")
    if "amr" in given.get("claims", ""):
        return ErrorPage(code=AMR_NOT_AGREED, reason="amr demandé sans habilitation")
    return _judged(given, client, dialect)


def _judged(given: Mapping[str, str], client: Client, dialect: Dialect) -> Accepted | SentBack:
    def sent_back(error: str, description: str) -> SentBack:
        return SentBack(error=error, description=description, state=given["state"])

    if given["response_type"] != "code":
        return sent_back("unsupported_response_type", "only code is supported")
    scopes = frozenset(given["scope"].split())
    wrong = scope_error(scopes, client, dialect.claims_of_scope)
    if wrong is not None:
        return sent_back("invalid_scope", wrong)
    if "idp_hint" in given:
        return sent_back("invalid_idp_hint", "no hint is agreed with this client")
    return Accepted(
        state=given["state"],
        nonce=given["nonce"],
        scopes=scopes,
        level=given["acr_values"],
        login_again="login" in given.get("prompt", "").split(),
    )


def _value_error(given: Mapping[str, str], dialect: Dialect) -> str | None:
    if len(given["nonce"]) < SHORTEST_NONCE:
        return f"nonce de {len(given['nonce'])} caractères, il en faut {SHORTEST_NONCE} ou plus"
    if given["acr_values"] not in dialect.levels:
        return f"acr_values doit être {' ou '.join(dialect.levels)}"
    if "prompt" in given and set(given["prompt"].split()) not in PROMPTS:
        return "prompt doit être login, consent ou les deux"
    if "claims" in given and json_object(given["claims"]) is None:
        return "claims doit être un objet JSON"
    return None


FRANCECONNECT = Dialect(
    title="Fournisseur d'identité simulé",
    cookie="fournisseur_simule",
    bad_parameters="Y030007",
    claims_of_scope=CLAIMS_OF_SCOPE,
    levels=("eidas1",),
    decide=decide,
    code_seconds=30,
    session_seconds=30 * 60,
)
FRANCECONNECT_PLUS = Dialect(
    title="Fournisseur d'identité simulé, niveau élevé",
    cookie="fournisseur_simule_eleve",
    bad_parameters="Y030007",
    claims_of_scope=CLAIMS_OF_SCOPE_PLUS,
    levels=("eidas2", "eidas3"),
    decide=decide,
    code_seconds=30,
    session_seconds=10 * 60,
    is_encrypted=True,
)
