"""The OpenAPI description: the contract's own schema for what is asked, ours for what is answered."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from mespoints.api.limits import HEAVIEST_REQUEST, MOST_EVENTS

ROOT = "/api/v1/"
VERSION = "1"
TITLE = "Mes points permis : API ouverte"
SUMMARY = (
    "La loi du permis à points appliquée à un cas que vous décrivez, sans compte ni clé. Rien de ce que vous envoyez n’est "
    "enregistré. Le même contrat que la commande « mespoints evaluate »."
)
SCHEMAS = "#/components/schemas/"


def ref(name: str) -> dict[str, str]:
    return {"$ref": SCHEMAS + name}


def as_json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def refusal(said: str) -> dict[str, Any]:
    return {"description": said, "content": as_json(ref("Refused"))}


def one_text(name: str) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": [name], "properties": {name: {"type": "string"}}}


WAIT = {"Retry-After": {"description": "secondes à attendre", "schema": {"type": "integer", "minimum": 1}}}
TOO_MANY = refusal("Trop de demandes depuis cette adresse (code too_many_requests).") | {"headers": WAIT}

EVALUATE: dict[str, Any] = {
    "operation_id": "evaluate",
    "summary": "Appliquer la loi à un cas, ou à une liste de cas",
    "description": (
        "Un cas de vingt événements ou moins compte pour un, un cas de n événements pour n²/400, arrondi au-dessus ; une "
        f"demande en compte {HEAVIEST_REQUEST} au plus. Un cas a {MOST_EVENTS} événements au plus, un corps 256 Kio."
    ),
    "openapi_extra": {
        "requestBody": {
            "required": True,
            "content": as_json({"anyOf": [ref("Case"), {"type": "array", "items": ref("Case"), "maxItems": HEAVIEST_REQUEST}]}),
        },
        "responses": {
            200: {
                "description": "La réponse ; pour une liste, une liste où chaque cas refusé a son erreur à sa place.",
                "content": as_json(
                    {"anyOf": [ref("Answer"), {"type": "array", "items": {"anyOf": [ref("Answer"), ref("Refused")]}}]}
                ),
            },
            400: refusal("Ce n’est pas du JSON (code json)."),
            411: refusal("La longueur du corps n’est pas annoncée (code length_required)."),
            413: refusal("Trop de cas, trop d’événements ou un corps trop long (code too_large)."),
            415: refusal("Le corps n’est pas annoncé comme application/json (code media_type)."),
            422: refusal("Le cas est refusé ; le code, le chemin du champ et ce qui est attendu."),
            429: TOO_MANY,
        },
    },
}
OFFENCES: dict[str, Any] = {
    "operation_id": "offences",
    "summary": "Chercher dans le catalogue des infractions",
    "openapi_extra": {"responses": {422: refusal("Un paramètre ne peut être lu."), 429: TOO_MANY}},
}
VERIFY: dict[str, Any] = {
    "operation_id": "verify",
    "summary": "Vérifier un document : son fichier, son code 2D-Doc ou sa référence",
    "description": (
        "Envoyez le PDF tel quel (application/pdf, 5 Mio au plus), ou en JSON le texte du code 2D-Doc ou la référence. "
        "La réponse dit si le document est authentique et s’il vaut encore, jamais ce qu’il dit des points. "
        "Un fichier compte pour vingt cas."
    ),
    "openapi_extra": {
        "requestBody": {
            "required": True,
            "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}
            | as_json({"oneOf": [one_text("code"), one_text("reference")]}),
        },
        "responses": {
            400: refusal("Ce n’est pas du JSON (code json)."),
            411: refusal("La longueur du corps n’est pas annoncée (code length_required)."),
            413: refusal("Le fichier ou le texte est trop long (code too_large)."),
            415: refusal("Le corps n’est ni application/pdf ni application/json (code media_type)."),
            422: refusal("Ni code ni référence, ou les deux (code shape)."),
            429: TOO_MANY,
            503: refusal("Trop de fichiers sont vérifiés en ce moment (code busy).") | {"headers": WAIT},
        },
    },
}
VERIFY_TRUST: dict[str, Any] = {
    "operation_id": "verify_trust",
    "summary": "À qui se fier, pour vérifier hors ligne avec « mespoints verify »",
    "openapi_extra": {
        "responses": {
            200: {"description": "Le fichier de confiance (mespoints-trust/1).", "content": as_json({"type": "object"})},
            429: TOO_MANY,
        }
    },
}
REFUSED: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "additionalProperties": False,
            "required": ["code", "path", "message"],
            "properties": {"code": {"type": "string"}, "path": {"type": "string"}, "message": {"type": "string"}},
        }
    },
}


def whole(described: dict[str, Any]) -> dict[str, Any]:
    """``described``: what Ninja says of the operations, in JSON."""
    described["components"]["schemas"] |= {
        "Case": case_schema(),
        "Event": contract()["event"],
        "Answer": data("answer.schema.json"),
        "Refused": REFUSED,
    }
    return described


def case_schema() -> dict[str, Any]:
    """The contract's, with fewer events."""
    case: dict[str, Any] = contract()["case"]
    events = case["properties"]["events"] | {"maxItems": MOST_EVENTS, "items": ref("Event")}
    return case | {"properties": case["properties"] | {"events": events}}


@cache
def contract() -> dict[str, Any]:
    return dict(data("evaluate.schema.json")["$defs"])


def data(name: str) -> dict[str, Any]:
    return dict(json.loads(files("mespoints.api").joinpath(name).read_text(encoding="utf-8")))
