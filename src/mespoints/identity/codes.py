"""One-time codes: told by a message, kept as a keyed digest."""

from hmac import compare_digest

from allauth.core.internal.cryptokit import normalize_user_code
from django.utils.crypto import salted_hmac


class FreshCode(str):
    """The digest of a code, which is what a session keeps; ``plain`` lives no longer than the request that tells it."""

    __slots__ = ("plain",)
    plain: str

    @classmethod
    def sealing(cls, plain: str) -> "FreshCode":
        code = cls(digest(plain))
        code.plain = plain
        return code


def digest(code: str) -> str:
    """Keyed by the secret of the installation: eight digits are few, and a plain digest of them is soon reversed."""
    return salted_hmac("mespoints.identity.codes", normalize_user_code(code), algorithm="sha256").hexdigest()


def is_code(typed: str, kept: str) -> bool:
    """Spaces and dashes do not count. No code kept: nothing matches."""
    return bool(kept) and compare_digest(digest(typed), kept)
