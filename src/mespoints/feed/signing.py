"""Who may send files: public keys by key id (Ed25519, or ECDSA on P-256), declared in one TOML file; and the pair of those who
write files here, Ed25519.

The key decides how a signature is read: a manifest has no say in it.

A key is replaced by declaring the new one beside the old, and withdrawn by taking it out of the file.
"""

import base64
import binascii
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PublicKey = Ed25519PublicKey | ec.EllipticCurvePublicKey
TrustedKeys = Mapping[str, PublicKey]
"""Key id -> key. Empty: no file is believed."""


class FeedKeysUnusable(RuntimeError):
    """The declared keys cannot be used: one sentence for the person who installs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Writes in the name of ``key_id``."""

    key_id: str
    key: Ed25519PrivateKey

    def signature(self, content: bytes) -> str:
        """88 characters of base64."""
        return base64.b64encode(self.key.sign(content)).decode()

    @property
    def trusted(self) -> TrustedKeys:
        """As a receiver would hold it."""
        return {self.key_id: self.key.public_key()}

    @classmethod
    def drawn(cls, key_id: str) -> "Signer":
        return cls(key_id=key_id, key=Ed25519PrivateKey.generate())


def is_signed_by(key: PublicKey, content: bytes, signature: str) -> bool:
    """``signature`` in base64: 64 bytes for Ed25519; for ECDSA with SHA-256, the DER that OpenSSL writes."""
    try:
        signed = base64.b64decode(signature, validate=True)
        match key:
            case Ed25519PublicKey():
                key.verify(signed, content)
            case ec.EllipticCurvePublicKey():
                key.verify(signed, content, ec.ECDSA(hashes.SHA256()))
            case _:
                assert_never(key)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def trusted_keys(path: Path | None) -> TrustedKeys:
    """From lines ``"key id" = '''PEM'''``; no path, no key. Raises ``FeedKeysUnusable``."""
    if path is None:
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FeedKeysUnusable(
            f"Le fichier des clés de réception {path} ne peut être lu ({error.strerror}) : vérifiez le chemin et les droits."
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FeedKeysUnusable(f"Le fichier des clés de réception {path} n’est pas du TOML ({error}) : réécrivez-le.") from error
    return {key_id: _public_key(path, key_id, pem) for key_id, pem in table.items()}


def kept_signer(folder: Path, key_id: str) -> Signer:
    """The pair drawn the first time and kept in ``folder``; its public half is declared in ``public_keys(folder)``."""
    path = folder / "feed-key.pem"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _write(path, _private_pem(Ed25519PrivateKey.generate()), mode=0o600)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise FeedKeysUnusable(f"{path} n’est pas une clé Ed25519 : effacez-la, une autre sera tirée.")
    signer = Signer(key_id=key_id, key=key)
    _write(public_keys(folder), declaration(signer), mode=0o644)
    return signer


def public_keys(folder: Path) -> Path:
    return folder / "feed-keys.toml"


def declaration(signer: Signer) -> bytes:
    """The lines that make ``trusted_keys`` believe this signer."""
    pem = signer.key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return f"\"{signer.key_id}\" = '''\n{pem.decode()}'''\n".encode()


def _public_key(path: Path, key_id: str, pem: object) -> PublicKey:
    try:
        key = serialization.load_pem_public_key(str(pem).strip().encode())
    except ValueError as error:
        raise FeedKeysUnusable(f"{path} : la clé « {key_id} » n’est pas une clé publique PEM, corrigez-la.") from error
    if isinstance(key, Ed25519PublicKey):
        return key
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    raise FeedKeysUnusable(f"{path} : la clé « {key_id} » n’est ni une clé Ed25519 ni une clé ECDSA P-256, remplacez-la.")


def _private_pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def _write(path: Path, content: bytes, mode: int) -> None:
    """Aside then renamed: an interrupted start leaves no half key."""
    draft = path.with_name(path.name + ".draft")
    draft.unlink(missing_ok=True)
    draft.touch(mode=mode)
    draft.write_bytes(content)
    draft.rename(path)
