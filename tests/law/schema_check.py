"""Just enough of JSON Schema 2020-12 to hold an input against `contract/evaluate.schema.json`.

A keyword it does not know is an error.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

SCHEMA: dict[str, Any] = json.loads(Path(__file__).with_name("contract").joinpath("evaluate.schema.json").read_text("utf-8"))
CASE: dict[str, Any] = SCHEMA["$defs"]["case"]


def conforms(value: Any, schema: dict[str, Any] = CASE) -> bool:
    return all(keyword_holds(keyword, wanted, value, schema) for keyword, wanted in schema.items())


def is_type(value: Any, name: str) -> bool:
    match name:
        case "object":
            return isinstance(value, dict)
        case "array":
            return isinstance(value, list)
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "null":
            return value is None
        case "integer":
            whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
            return whole and not isinstance(value, bool)
        case _:
            raise AssertionError(name)


def keyword_holds(keyword: str, wanted: Any, value: Any, schema: dict[str, Any]) -> bool:
    match keyword:
        case "$ref":
            return conforms(value, SCHEMA["$defs"][wanted.rsplit("/", 1)[-1]])
        case "type":
            return is_type(value, wanted)
        case "const" | "enum":
            allowed = [wanted] if keyword == "const" else wanted
            return any(type(value) is type(one) and value == one for one in allowed)
        case "anyOf":
            return any(conforms(value, one) for one in wanted)
        case "oneOf":
            return sum(conforms(value, one) for one in wanted) == 1
        case "allOf":
            return all(conforms(value, one) for one in wanted)
        case "if":
            return not conforms(value, wanted) or conforms(value, schema["then"])
        case "then":
            return True
        case _:
            return by_kind(keyword, wanted, value, schema)


def by_kind(keyword: str, wanted: Any, value: Any, schema: dict[str, Any]) -> bool:
    """Keywords that bind one kind of value only, and let every other pass."""
    kind, holds = BY_KIND[keyword]
    return not isinstance(value, kind) or holds(value, wanted, schema)


def is_day(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    year, month, number = int(text[:4]), int(text[5:7]), int(text[8:])
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    lengths = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return year >= 1 and 1 <= month <= 12 and 1 <= number <= lengths[month - 1]


BY_KIND: dict[str, tuple[type | tuple[type, ...], Callable[[Any, Any, dict[str, Any]], bool]]] = {
    "required": (dict, lambda value, wanted, _: all(name in value for name in wanted)),
    "properties": (dict, lambda value, wanted, _: all(conforms(value[name], wanted[name]) for name in value if name in wanted)),
    "additionalProperties": (dict, lambda value, wanted, schema: bool(wanted) or set(value) <= set(schema["properties"])),
    "items": (list, lambda value, wanted, _: all(conforms(inner, wanted) for inner in value)),
    "maxItems": (list, lambda value, wanted, _: len(value) <= wanted),
    "pattern": (str, lambda value, wanted, _: re.search(wanted, value) is not None and "\n" not in value),
    "format": (str, lambda value, wanted, _: wanted == "date" and is_day(value)),
    "minLength": (str, lambda value, wanted, _: len(value) >= wanted),
    "maxLength": (str, lambda value, wanted, _: len(value) <= wanted),
    "minimum": ((int, float), lambda value, wanted, _: bool(value >= wanted)),
    "maximum": ((int, float), lambda value, wanted, _: bool(value <= wanted)),
}
