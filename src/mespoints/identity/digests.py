"""What the table of attempts keeps instead of the secrets themselves."""

import hashlib
import secrets


def new_secret(bytes_: int = 32) -> str:
    """Random, safe in a URL: 32 bytes give 43 characters."""
    return secrets.token_urlsafe(bytes_)


def digest(secret: str) -> str:
    """SHA-256, in hexadecimal. No salt is needed: the input is random."""
    return hashlib.sha256(secret.encode()).hexdigest()
