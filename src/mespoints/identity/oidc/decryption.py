"""What was encrypted to us, opened. Which ways are allowed is ours to say, never the message's."""

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwe import JWERegistry

from mespoints.identity.failures import DecryptionFailed, TokenNotEncrypted
from mespoints.identity.oidc.encryption_keys import EncryptionKeys

ALGORITHMS = ("RSA-OAEP-256", "RSA-OAEP", "ECDH-ES")
CONTENT = ("A256GCM",)
"""Nothing that compresses (``zip``): a small answer must not become an enormous one."""

DOTS = 4
"""Between the five parts of an encrypted token."""


def opened(compact: str, keys: EncryptionKeys) -> str:
    """The signed token inside. Raises ``TokenNotEncrypted`` when it came in clear, ``DecryptionFailed`` for all else."""
    if compact.count(".") != DOTS:
        raise TokenNotEncrypted
    # Not the strict check of header names: FranceConnect+ repeats "iss" and "aud" there, which decide nothing.
    registry = JWERegistry(algorithms=[*ALGORITHMS, *CONTENT], strict_check_header=False)
    try:
        message = jwe.decrypt_compact(compact, lambda recipient: keys.by_kid[recipient.headers()["kid"]], registry=registry)
        return (message.plaintext or b"").decode("ascii")
    except (JoseError, ValueError, KeyError, TypeError) as trouble:
        raise DecryptionFailed from trouble
