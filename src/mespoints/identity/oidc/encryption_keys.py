"""Our own keys, to which FranceConnect+ encrypts what it says: one file of PEM blocks. No Django here: the settings read it.

To change keys: put the new one first, keep the former below it for an hour (the provider keeps our list for a while), then
remove it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, SECP384R1, SECP521R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from joserfc.jwk import ECKey, RSAKey

MOST_KEYS = 4
SMALLEST_RSA = 2048
"""Bits."""
LARGEST_FILE = 64 * 1024
"""Bytes."""
CURVES = (SECP256R1, SECP384R1, SECP521R1)

_BLOCK = re.compile(r"-----BEGIN ([A-Z ]+)-----.+?-----END \1-----", re.DOTALL)


class UnusableKeys(Exception):
    """The message is one sentence for the person who installs. It never repeats a key."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EncryptionKeys:
    """Compared by identity: one value per process, which holds secrets."""

    by_kid: Mapping[str, ECKey | RSAKey]
    """In the order of the file, under their thumbprints (RFC 7638)."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Raises ``UnusableKeys``."""
        blocks = [found.group() for found in _BLOCK.finditer(_content(path))]
        if not 0 < len(blocks) <= MOST_KEYS:
            raise UnusableKeys(f"{path} contient {len(blocks)} blocs PEM : il en faut de 1 à {MOST_KEYS}, un par clé privée.")
        keys = [_key(path, block) for block in blocks]
        return cls(by_kid={key.thumbprint(): key for key in keys})

    def published(self) -> dict[str, list[dict[str, Any]]]:
        """The public halves, as a JSON Web Key Set. No ``alg``: the one registered with the provider says it."""
        return {"keys": [_published(kid, key) for kid, key in self.by_kid.items()]}


def _published(kid: str, key: ECKey | RSAKey) -> dict[str, Any]:
    return {**key.as_dict(private=False), "kid": kid, "use": "enc"}


def _content(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE).decode("ascii")
    except (OSError, UnicodeDecodeError):
        raise UnusableKeys(f"{path} ne se lit pas : vérifiez le chemin, les droits de lecture, et que c’est du PEM.") from None


def _key(path: Path, block: str) -> ECKey | RSAKey:
    try:
        held = load_pem_private_key(block.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        held = None
    match held:
        case RSAPrivateKey() if held.key_size >= SMALLEST_RSA:
            return RSAKey.import_key(held)
        case EllipticCurvePrivateKey() if isinstance(held.curve, CURVES):
            return ECKey.import_key(held)
        case _:
            raise UnusableKeys(
                f"Un bloc de {path} n’est pas une clé privée utilisable : il faut du PEM non chiffré,"
                f" RSA de {SMALLEST_RSA} bits ou plus, ou une courbe P-256, P-384, P-521."
            )
