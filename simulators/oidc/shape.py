"""What every provider asks of ``/authorize`` before it looks further."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from simulators.oidc.client import Client
from simulators.oidc.dialect import Given


def shape_error(parameters: Given, *, known: frozenset[str], required: Iterable[str]) -> str | None:
    """Why the request is not even well formed, or ``None``."""
    for name, values in parameters.items():
        if name not in known:
            return f"paramètre inconnu : {name}"
        if len(values) != 1:
            return f"paramètre répété : {name}"
    for name in required:
        if not parameters.get(name, [""])[0]:
            return f"paramètre absent : {name}"
    return None


def scope_error(asked: frozenset[str], client: Client, offered: Iterable[str]) -> str | None:
    if "openid" not in asked:
        return "openid is missing"
    if not asked <= (client.scopes or frozenset(offered)):
        return "requested scope is not allowed"
    return None


def json_object(text: str) -> Mapping[str, Any] | None:
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
