"""The checks on what the provider signed. Each has its own failure; none can be turned off."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwt import ClaimsOption, JWTClaimsRegistry

from mespoints.identity.digests import digest
from mespoints.identity.failures import (
    AccessTokenMismatch,
    AlgorithmRefused,
    AudienceWrong,
    LevelTooLow,
    NonceWrong,
    SignatureWrong,
    SubjectMismatch,
    TokenIssuerWrong,
    TokenMalformed,
    TokenOutOfTime,
)
from mespoints.identity.oidc.decryption import opened
from mespoints.identity.oidc.keys import KeyRing
from mespoints.identity.oidc.profile import ProviderProfile

Claims = Mapping[str, Any]
"""Claims as signed; their types are checked where they are read."""

DOTS = 2
"""Between the three parts of a signed token."""

LONGEST_SUBJECT = 255
"""Characters (OpenID Connect Core 2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenChecker:
    """Checks for one provider at one moment."""

    profile: ProviderProfile
    keys: KeyRing
    now: datetime

    def opened(self, compact: str) -> str:
        """The signed token: as received, or taken out of what was encrypted to us."""
        keys = self.profile.encryption_keys
        return compact if keys is None else opened(compact, keys)

    def id_token(self, compact: str, *, nonce_digest: str, access_token: str) -> Claims:
        """Claims of the ID token; ``exp`` and ``iat`` are judged now and never again (it lives sixty seconds)."""
        claims = self._signed(compact)
        self._times(claims, required=("exp", "iat"))
        nonce = claims.get("nonce")
        if not isinstance(nonce, str) or not compare_digest(digest(nonce), nonce_digest):
            raise NonceWrong
        if claims.get("acr") not in self.profile.accepted_levels:
            raise LevelTooLow
        if "at_hash" in claims and claims["at_hash"] != _half_hash(access_token):
            raise AccessTokenMismatch
        _subject(claims)
        return claims

    def userinfo(self, compact: str, *, subject: str) -> Claims:
        """Claims of the UserInfo answer, which must be about the same person as the ID token."""
        claims = self._signed(compact)
        self._times(claims, required=())
        if _subject(claims) != subject:
            raise SubjectMismatch
        return claims

    def _signed(self, compact: str) -> Claims:
        header = _header(compact)
        # The algorithm is ours to say, never the token's: "none" and HS256-with-the-public-key end here.
        if header.get("alg") not in self.profile.algorithms:
            raise AlgorithmRefused
        kid = header.get("kid")
        if not isinstance(kid, str):
            raise TokenMalformed
        key = self.keys.key(kid, self.now)
        try:
            claims = jwt.decode(compact, key, algorithms=list(self.profile.algorithms)).claims
        except JoseError as trouble:
            raise SignatureWrong from trouble
        if claims.get("iss") != self.profile.issuer:
            raise TokenIssuerWrong
        if claims.get("aud") not in (self.profile.client_id, [self.profile.client_id]):
            raise AudienceWrong
        return claims

    def _times(self, claims: Claims, *, required: tuple[str, ...]) -> None:
        registry = JWTClaimsRegistry(
            now=int(self.now.timestamp()),
            leeway=int(self.profile.leeway.total_seconds()),
            **{name: ClaimsOption(essential=True) for name in required},
        )
        try:
            registry.validate({name: claims[name] for name in ("exp", "iat", "nbf") if name in claims})
        except JoseError as trouble:
            raise TokenOutOfTime from trouble


def _header(compact: str) -> dict[str, Any]:
    """The header, unverified: read only to choose the key."""
    first = compact.partition(".")[0]
    try:
        header = json.loads(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    except ValueError as trouble:
        raise TokenMalformed from trouble
    if not isinstance(header, dict) or compact.count(".") != DOTS:
        raise TokenMalformed
    return header


def _subject(claims: Claims) -> str:
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise TokenMalformed
    return subject


def _half_hash(access_token: str) -> str:
    """``at_hash`` for ES256: the left half of SHA-256 (OpenID Connect Core 3.1.3.6)."""
    half = hashlib.sha256(access_token.encode()).digest()[:16]
    return base64.urlsafe_b64encode(half).rstrip(b"=").decode()
