"""A verified identity, encrypted while it must wait: in a session for some minutes, in the agents' queue for some weeks.

The key comes from the secret key of the installation: once that one is replaced, waiting words cannot be read, and the person
signs in again.
"""

import base64

import msgspec
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from mespoints.identity.oidc.claims import VerifiedIdentity
from mespoints.register.identities import PivotIdentity

_decode_identity = msgspec.json.Decoder(VerifiedIdentity).decode
_decode_pivot = msgspec.json.Decoder(PivotIdentity).decode


def seal_identity(identity: VerifiedIdentity) -> str:
    return _cipher("session").encrypt(msgspec.json.encode(identity)).decode()


def unseal_identity(sealed: str) -> VerifiedIdentity | None:
    """None when the key has changed since, or the form."""
    try:
        return _decode_identity(_cipher("session").decrypt(sealed.encode()))
    except (InvalidToken, msgspec.DecodeError):
        return None


def seal_pivot(pivot: PivotIdentity) -> bytes:
    """The civil status alone: an agent needs neither the address nor the token."""
    return _cipher("review").encrypt(msgspec.json.encode(pivot))


def unseal_pivot(sealed: bytes) -> PivotIdentity | None:
    try:
        return _decode_pivot(_cipher("review").decrypt(sealed))
    except (InvalidToken, msgspec.DecodeError):
        return None


def _cipher(purpose: str) -> Fernet:
    """One key for each purpose: what leaks from one opens nothing of the other."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"mespoints.identity.{purpose}".encode())
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
