"""Base32 (RFC 4648) without padding, in its only exact form."""

import re
from base64 import b32decode, b32encode

LETTERS = re.compile("[A-Z2-7]*")
GROUP = 8


def base32(content: bytes) -> str:
    return b32encode(content).decode("ascii").rstrip("=")


def from_base32(text: str) -> bytes | None:
    """None when it is not the form ``base32`` gives: were the spare bits of the last letter free, two texts could be one."""
    if LETTERS.fullmatch(text) is None:
        return None
    try:
        content = b32decode(text + "=" * (-len(text) % GROUP))
    except ValueError:
        return None
    return content if base32(content) == text else None
