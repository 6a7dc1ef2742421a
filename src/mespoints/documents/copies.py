"""The copies of the papers, encrypted before they reach the database: whoever reads its files or its backups reads nothing.

AES-256-GCM. The keys come in a file, one a line, ``name key`` (the key in base64, 32 bytes); the first one encrypts, all of them
decrypt, and each copy says the name of its own. To rotate: put a new line first, and drop an old one once no copy names it, four
months later at most. Each paper has a key of its own, derived from that one (HKDF-SHA256) and from its reference: no nonce can
serve twice under one key, and a copy moved to another paper does not open.
"""

import re
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
DEMO_KEY = "demonstration"
_NAME = re.compile(r"[A-Za-z0-9._-]{1,32}")
_PURPOSE = b"mespoints copy of a paper, 1: "


class CopyKeysUnusable(RuntimeError):
    """The keys of the copies do not serve: the sentence says what was found, what was expected, what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EncryptedCopy:
    key_id: str
    ciphertext: bytes
    """Nonce first."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CopyKeys:
    current: str
    keys: Mapping[str, bytes]

    def encrypted(self, pdf: bytes, reference: str) -> EncryptedCopy:
        nonce = secrets.token_bytes(NONCE_BYTES)
        ciphertext = nonce + self._cipher(self.current, reference).encrypt(nonce, pdf, reference.encode())
        return EncryptedCopy(key_id=self.current, ciphertext=ciphertext)

    def decrypted(self, copy: EncryptedCopy, reference: str) -> bytes:
        """Raises ``CopyKeysUnusable`` when its key is not there any more, or when the copy was touched."""
        if copy.key_id not in self.keys:
            raise CopyKeysUnusable(f"La clé « {copy.key_id} » des copies manque : remettez sa ligne dans MESPOINTS_PAPER_KEYS.")
        nonce, sealed = copy.ciphertext[:NONCE_BYTES], copy.ciphertext[NONCE_BYTES:]
        try:
            return self._cipher(copy.key_id, reference).decrypt(nonce, sealed, reference.encode())
        except InvalidTag as error:
            raise CopyKeysUnusable(
                f"La copie du document {reference} ne s’ouvre pas avec la clé « {copy.key_id} » : "
                "la clé a changé sous le même nom, ou la copie est abîmée."
            ) from error

    def _cipher(self, key_id: str, reference: str) -> AESGCM:
        info = _PURPOSE + reference.encode()
        return AESGCM(HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(self.keys[key_id]))


@cache
def load_copy_keys(path: Path) -> CopyKeys:
    """Read once in the life of the process. Raises ``CopyKeysUnusable``."""
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CopyKeysUnusable(f"{path} ne peut pas être lu. Vérifiez le chemin, les droits et le contenu.") from error
    keys = dict(_key(line, path) for line in lines if line.strip() and not line.startswith("#"))
    if not keys:
        raise CopyKeysUnusable(f"{path} ne contient aucune clé. Il en faut une par ligne : un nom, une espace, la clé en base64.")
    return CopyKeys(current=next(iter(keys)), keys=keys)


def _key(line: str, path: Path) -> tuple[str, bytes]:
    name, _, encoded = line.strip().partition(" ")
    try:
        key = b64decode(encoded, validate=True)
    except ValueError:
        key = b""
    if _NAME.fullmatch(name) is None or len(key) != KEY_BYTES:
        # Never the line itself: it may hold a key.
        raise CopyKeysUnusable(
            f"Une ligne de {path} n’est pas une clé. Il faut un nom de 1 à 32 lettres et chiffres, une espace, "
            f"et {KEY_BYTES} octets en base64."
        )
    return name, key


def generate_copy_keys(path: Path) -> Path:
    """One key, drawn at random, readable by its owner alone from the first byte; a file already there is kept."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(path.name + ".draft")
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        draft.write_text(f"{DEMO_KEY} {b64encode(secrets.token_bytes(KEY_BYTES)).decode()}\n", encoding="ascii")
        draft.rename(path)
    return path
