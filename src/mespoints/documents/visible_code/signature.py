"""The signature of a visible code: ECDSA over header and message, r then s, in Base32; the hash goes with the curve."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from mespoints.documents.visible_code.base32 import base32
from mespoints.documents.visible_code.encoding import US, Draft, Header, Message, encoded

HASHES: dict[str, hashes.HashAlgorithm] = {
    "secp256r1": hashes.SHA256(),
    "secp384r1": hashes.SHA384(),
    "secp521r1": hashes.SHA512(),
}
SIGNATURE_SIZES = (64, 96, 132)
"""Bytes, for P-256, P-384 and P-521."""


TEST_AUTHORITY = "FR00"
TEST_CERTIFICATE = "TEST"
"""Whoever reads a code made with these is told that it is a test."""


class SignerUnusable(RuntimeError):
    """The signer cannot sign: the sentence says what was found, what was expected, what to do."""


class Signer(Protocol):
    """Whoever holds the key: a file here, a security module or a remote service elsewhere."""

    @property
    def authority(self) -> str:
        """Four characters, as « FR00 »."""

    @property
    def certificate(self) -> str:
        """Four characters, of a certificate that serves one type of document."""

    def sign(self, message: bytes) -> bytes:
        """The numbers r then s, each as long as the curve's field; the hash is that of the curve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySigner:
    authority: str
    certificate: str
    key: ec.EllipticCurvePrivateKey

    def sign(self, message: bytes) -> bytes:
        """The same message gives the same signature (RFC 6979)."""
        algorithm = ec.ECDSA(HASHES[self.key.curve.name], deterministic_signing=True)
        r, s = decode_dss_signature(self.key.sign(message, algorithm))
        size = _size(self.key.curve)
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")


@cache
def load_signer(path: Path, *, authority: str, certificate: str) -> KeySigner:
    """From a PEM key without password, on P-256, P-384 or P-521, read once in the life of the process.

    Raises ``SignerUnusable``.
    """
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise SignerUnusable(
            f"La clé du code 2D-Doc {path} ne peut pas être lue ({error.strerror}). Vérifiez le chemin et les droits."
        ) from error
    except (ValueError, TypeError) as error:
        raise SignerUnusable(
            f"{path} ne contient pas de clé privée PEM lisible sans mot de passe. Donnez celle du code 2D-Doc."
        ) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name not in HASHES:
        raise SignerUnusable(f"{path} n’est pas une clé ECDSA P-256, P-384 ou P-521. Donnez une clé de ce type.")
    return KeySigner(authority=authority, certificate=certificate, key=key)


def generate_test_key(path: Path) -> Path:
    """A P-256 key for ``TEST_AUTHORITY``, readable by its owner alone from the first byte; the one already there is kept."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        key = ec.generate_private_key(ec.SECP256R1())
        draft = path.with_name(path.name + ".draft")
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        draft.write_bytes(
            key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        )
        draft.rename(path)
    return path


def seal(draft: Draft, signer: Signer, signed_on: date) -> bytes:
    """The whole code of a paper. Raises ``Unwritable`` (what it says) or ``SignerUnusable`` (who signs)."""
    header = Header(
        authority=signer.authority,
        certificate=signer.certificate,
        issued_on=draft.issued_on,
        signed_on=signed_on,
        document_type=draft.document_type,
    )
    return signed_code(Message(header=header, fields=draft.fields), signer)


def signed_code(message: Message, signer: Signer) -> bytes:
    signed = encoded(message)
    signature = signer.sign(signed)
    if len(signature) not in SIGNATURE_SIZES:
        raise SignerUnusable(
            f"Le signataire a rendu {len(signature)} octets ; il en faut 64, 96 ou 132 (r puis s). Vérifiez son réglage."
        )
    return signed + (US + base32(signature)).encode("ascii")


def signature_holds(signed: bytes, signature: bytes, key: ec.EllipticCurvePublicKey) -> bool:
    size = _size(key.curve)
    if len(signature) != 2 * size or key.curve.name not in HASHES:
        return False
    r, s = int.from_bytes(signature[:size], "big"), int.from_bytes(signature[size:], "big")
    try:
        key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(HASHES[key.curve.name]))
    except InvalidSignature:
        return False
    return True


def _size(curve: ec.EllipticCurve) -> int:
    return (curve.key_size + 7) // 8
