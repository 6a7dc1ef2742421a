"""docs/feed.md and docs/feed.schema.json say what the code does: their examples enter, and their form is that of the types."""

import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mespoints.feed.import_ import import_file
from mespoints.feed.manifest import Manifest, signed
from mespoints.feed.rejections import RejectionCode
from mespoints.feed.rows import Row, RowKind
from mespoints.feed.schema import feed_schema, schema_text
from mespoints.feed.signing import Signer, trusted_keys
from mespoints.register.sources import Source
from tests.feed.samples import NOW

DOCS = Path(__file__).parents[2] / "docs"
WORDS = (DOCS / "feed.md").read_text(encoding="utf-8")
ROWS = [line for line in WORDS.splitlines() if line.startswith('{"row":')]
# Test 1 of RFC 8032, section 7.1: a secret that is none.
RFC_8032 = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
SCHEMA = feed_schema()


def block(language: str) -> str:
    return WORDS.split(f"```{language}\n", 1)[1].split("\n```", 1)[0]


def manifest() -> Manifest:
    return msgspec.json.decode(block("json"), type=Manifest)


def write_example(folder: Path) -> tuple[Path, Path, Path]:
    keys = folder / "keys.toml"
    keys.write_text(block("toml"))
    data_path = folder / manifest().file
    data_path.write_text("".join(row + "\n" for row in ROWS), encoding="utf-8")
    manifest_path = folder / "manifest.json"
    manifest_path.write_text(block("json"), encoding="utf-8")
    return data_path, manifest_path, keys


def test_the_example_is_signed_by_the_published_secret() -> None:
    fields = {name: value for name, value in msgspec.to_builtins(manifest()).items() if name not in {"key_id", "signature"}}
    content = "".join(row + "\n" for row in ROWS).encode()
    fields |= {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    signer = Signer(key_id="2026-a", key=Ed25519PrivateKey.from_private_bytes(RFC_8032))
    assert signed(fields, signer) == manifest()


@pytest.mark.django_db
def test_the_example_enters_whole(tmp_path: Path) -> None:
    data_path, manifest_path, keys = write_example(tmp_path)
    report = import_file(data_path, manifest_path, NOW, trusted_keys(keys))
    assert (report.refusal, report.rows_read, report.rows_entered) == (None, len(ROWS), len(ROWS))


def test_every_kind_has_its_example() -> None:
    decoded = [msgspec.json.decode(line, type=Row) for line in ROWS]
    assert {type(row) for row in decoded} == set(get_args(Row))
    assert [row_type.__struct_config__.tag for row_type in get_args(Row)] == [*RowKind]


@pytest.mark.parametrize("word", [*RejectionCode, *Source, *RowKind])
def test_every_word_is_explained(word: str) -> None:
    assert f"`{word}`" in WORDS


def test_the_schema_is_up_to_date() -> None:
    written = (DOCS / "feed.schema.json").read_bytes()
    assert written == schema_text(), "run: python -m mespoints.feed.schema > docs/feed.schema.json"


TYPES = {"string": str, "integer": int, "boolean": bool, "object": dict, "array": list, "null": type(None)}
HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "enum": lambda value, wanted: value in wanted,
    "pattern": lambda value, wanted: re.search(wanted, value) is not None,
    "format": lambda value, wanted: wanted == "date" and bool(date.fromisoformat(value)),
    "minimum": lambda value, wanted: value >= wanted,
    "maximum": lambda value, wanted: value <= wanted,
    "minLength": lambda value, wanted: len(value) >= wanted,
    "minItems": lambda value, wanted: len(value) >= wanted,
    "maxLength": lambda value, wanted: len(value) <= wanted,
    "maxItems": lambda value, wanted: len(value) <= wanted,
    "required": lambda value, wanted: set(wanted) <= set(value),
    "propertyNames": lambda value, wanted: set(value) <= set(wanted["enum"]),
}
SAID_OTHERWISE = {"type", "title", "description", "default", "properties", "additionalProperties", "items"}


def faults(value: Any, schema: dict[str, Any], at: str = "$") -> Iterator[str]:
    """The part of JSON Schema that ours speaks; another word is an error."""
    if "$ref" in schema:
        yield from faults(value, SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]], at)
    elif "anyOf" in schema:
        if all(list(faults(value, one, at)) for one in schema["anyOf"]):
            yield f"{at}: anyOf"
    elif "type" in schema and type(value) is not TYPES[schema["type"]]:
        yield f"{at}: type"
    else:
        yield from (f"{at}: {word}" for word in schema.keys() - SAID_OTHERWISE if not HOLDS[word](value, schema[word]))
        yield from faults_within(value, schema, at)


def faults_within(value: Any, schema: dict[str, Any], at: str) -> Iterator[str]:
    if isinstance(value, list):
        for held in value:
            yield from faults(held, schema["items"], at)
    if isinstance(value, dict):
        others = schema.get("additionalProperties", {})
        for name, held in value.items():
            inner = schema.get("properties", {}).get(name, others)
            if inner is False:
                yield f"{at}.{name}: additionalProperties"
            else:
                yield from faults(held, inner, f"{at}.{name}")


def test_the_examples_have_the_form_of_the_schema() -> None:
    definitions = SCHEMA["$defs"]
    assert list(faults(msgspec.json.decode(block("json")), definitions["Manifest"])) == []
    assert [fault for row in ROWS for fault in faults(msgspec.json.decode(row), definitions["Row"])] == []


def test_the_schema_refuses_what_the_code_refuses() -> None:
    definitions = SCHEMA["$defs"]
    right = msgspec.json.decode(block("json"))
    for wrong in (
        {"sequence": 0},
        {"note": 1},
        {"totals": {"offense": 1}},
        {"sha256": "x"},
        {"sources": {"gossip": "2026-01-01"}},
    ):
        assert list(faults(right | wrong, definitions["Manifest"]))
    for row in (msgspec.json.decode(line) for line in ROWS):
        assert list(faults(row | {"note": 1}, definitions["Row"]))
        assert list(faults({name: value for name, value in row.items() if name != "row"}, definitions["Row"]))
