"""What the table of attempts keeps instead of the secrets themselves."""

import hashlib
import secrets

from django.utils.crypto import salted_hmac


def new_secret(bytes_: int = 32) -> str:
    """Random, safe in a URL: 32 bytes give 43 characters."""
    return secrets.token_urlsafe(bytes_)


def digest(secret: str) -> str:
    """SHA-256, in hexadecimal. No salt is needed: the input is random."""
    return hashlib.sha256(secret.encode()).hexdigest()


def keyed_digest(purpose: str, text: str) -> str:
    """Of something that can be guessed, such as a civil status: worth nothing without the key of this installation."""
    return salted_hmac(f"mespoints.identity.{purpose}", text, algorithm="sha256").hexdigest()
