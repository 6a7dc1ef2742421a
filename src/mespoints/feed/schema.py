"""The JSON Schema of manifest and rows, drawn from the types that read them: ``docs/feed.schema.json``.

python -m mespoints.feed.schema > docs/feed.schema.json
"""

import sys
from typing import Any

import msgspec

from mespoints.feed.manifest import Manifest
from mespoints.feed.rows import Row

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def feed_schema() -> dict[str, Any]:
    """``#/$defs/Manifest`` for a manifest, ``#/$defs/Row`` for a line of a data file."""
    (manifest, row), definitions = msgspec.json.schema_components([Manifest, Row], ref_template="#/$defs/{name}")
    return {
        "$schema": _DIALECT,
        "title": "Mes points permis: the daily feed (mespoints-feed-1)",
        "description": "docs/feed.md says what each field means, and what is checked beyond its form.",
        "anyOf": [manifest, {"$ref": "#/$defs/Row"}],
        "$defs": {**definitions, "Row": row},
    }


def schema_text() -> bytes:
    return msgspec.json.format(msgspec.json.encode(feed_schema(), order="sorted")) + b"\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(schema_text())
