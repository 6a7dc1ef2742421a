"""One JSON object whose keys each stand once: a second value under one key would be read, and the first forgotten, unseen."""

import json
from typing import Any


class DuplicateKey(ValueError):
    """``key`` stands twice in one object."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        keys = [key for key, _ in pairs]
        raise DuplicateKey(next(key for rank, key in enumerate(keys) if key in keys[:rank]))
    return values


_decode = json.JSONDecoder(object_pairs_hook=_once_each).decode


def refuse_duplicate_keys(raw: bytes) -> None:
    """``raw`` is JSON that another decoder has read already. Raises ``DuplicateKey``."""
    _decode(raw.decode())
