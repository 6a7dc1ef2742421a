"""Bytes read as JSON, and JSON written, the same way by every door to the law."""

import json
from typing import NoReturn

from mespoints.law.case_fields import refuse


def read_json(raw: bytes) -> object:
    """Raises CaseError (code ``json``) when the bytes are not one JSON text in UTF-8."""
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=refuse_constant)
    except UnicodeDecodeError as error:
        refuse("json", "", f"octet {error.start} illisible ; attendu du texte en UTF-8.")
    except json.JSONDecodeError as error:
        place = f"ligne {error.lineno}, colonne {error.colno}"
        refuse("json", "", f"{place} : ce n'est pas du JSON ; attendu un objet ou une liste JSON.")
    except (RecursionError, ValueError):
        refuse("json", "", "JSON trop profond ou nombre démesuré ; attendu un cas comme dans le contrat.")


def refuse_constant(name: str) -> NoReturn:
    refuse("json", "", f"trouvé {name} ; attendu un nombre JSON.")


def to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
