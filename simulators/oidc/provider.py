"""The provider's memory: people, pending choices, codes, access tokens, sessions, keys. Everything is gone when it stops."""

import base64
import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import RLock
from typing import Any

from joserfc import jwe, jwt
from joserfc.errors import JoseError
from joserfc.jwe import JWERegistry
from joserfc.jwk import ECKey, KeySet

from simulators.oidc.client import Client
from simulators.oidc.dialect import Accepted, Dialect, Person

TOKEN_SECONDS = 60
ID_TOKEN_SECONDS = 60

Clock = Callable[[], float]
"""Seconds since 1970, as ``time.time``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One person has agreed, for one request of the client."""

    person: Person
    request: Accepted
    authenticated_at: int
    expires_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A request whose page is on screen."""

    request: Accepted
    expires_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The person known to this browser; its end is pushed back at each use."""

    person: Person
    authenticated_at: int
    expires_at: float


class RefusedToken(Exception):
    """An OAuth error of the token endpoint: ``invalid_grant``, ``invalid_client``…"""

    def __init__(self, error: str, status: int = 400) -> None:
        super().__init__(error)
        self.error = error
        self.status = status


class Provider:
    """Safe to share between threads. Tests subclass it to sign what a good provider never would."""

    def __init__(self, *, dialect: Dialect, issuer: str, client: Client, people: Sequence[Person], clock: Clock) -> None:
        self.dialect = dialect
        self.issuer = issuer
        self.client = client
        self.people = {person.key: person for person in people}
        self.clock = clock
        self._lock = RLock()
        self._keys = [_new_key()]
        self._pending: dict[str, Pending] = {}
        self._codes: dict[str, Grant] = {}
        self._spent: dict[str, str] = {}
        self._tokens: dict[str, Grant] = {}
        self._sessions: dict[str, Session] = {}

    # The page

    def wait(self, request: Accepted) -> str:
        """Remembers a request until its person answers; gives the name of the wait."""
        name = secrets.token_urlsafe(24)
        with self._lock:
            self._pending[name] = Pending(request=request, expires_at=self.clock() + self.dialect.session_seconds)
        return name

    def waited(self, name: str) -> Accepted | None:
        """The request of that wait, once."""
        with self._lock:
            pending = self._pending.pop(name, None)
        return pending.request if pending and self.clock() < pending.expires_at else None

    def open_session(self, person: Person) -> str:
        name = secrets.token_urlsafe(24)
        now = self.clock()
        end = now + self.dialect.session_seconds
        with self._lock:
            self._sessions[name] = Session(person=person, authenticated_at=int(now), expires_at=end)
        return name

    def session(self, name: str) -> Session | None:
        """The live session of that name, its end pushed back."""
        now = self.clock()
        with self._lock:
            found = self._sessions.pop(name, None)
            if found is None or now >= found.expires_at:
                return None
            self._sessions[name] = Session(
                person=found.person, authenticated_at=found.authenticated_at, expires_at=now + self.dialect.session_seconds
            )
            return self._sessions[name]

    def close_session(self, name: str) -> None:
        with self._lock:
            self._sessions.pop(name, None)

    # The code and the tokens

    def issue_code(self, request: Accepted, session: Session) -> str:
        code = secrets.token_urlsafe(32)
        with self._lock:
            self._codes[code] = Grant(
                person=session.person,
                request=request,
                authenticated_at=session.authenticated_at,
                expires_at=self.clock() + self.dialect.code_seconds,
            )
        return code

    def exchange(self, code: str) -> dict[str, Any]:
        """The token answer. A code shown twice is refused and takes back what it gave the first time (RFC 6749 4.1.2)."""
        with self._lock:
            grant = self._codes.pop(code, None)
            if grant is None:
                self._tokens.pop(self._spent.get(code, ""), None)
                raise RefusedToken("invalid_grant")
            if self.clock() >= grant.expires_at:
                raise RefusedToken("invalid_grant")
            access_token = secrets.token_urlsafe(32)
            self._spent[code] = access_token
            self._tokens[access_token] = Grant(
                person=grant.person,
                request=grant.request,
                authenticated_at=grant.authenticated_at,
                expires_at=self.clock() + TOKEN_SECONDS,
            )
        return {
            "access_token": access_token,
            "token_type": "Bearer",
            "expires_in": TOKEN_SECONDS,
            "id_token": self.sealed(self.sign(self.id_token_claims(grant, access_token))),
            "scope": " ".join(sorted(grant.request.scopes)),
        }

    def userinfo(self, access_token: str) -> str | None:
        """The signed UserInfo, or ``None`` for a token unknown or past its sixty seconds."""
        with self._lock:
            grant = self._tokens.get(access_token)
        if grant is None or self.clock() >= grant.expires_at:
            return None
        return self.sealed(self.sign(self.userinfo_claims(grant)))

    def id_token_claims(self, grant: Grant, access_token: str) -> dict[str, Any]:
        now = int(self.clock())
        return {
            "iss": self.issuer,
            "sub": grant.person.subject,
            "aud": self.client.client_id,
            "iat": now,
            "exp": now + ID_TOKEN_SECONDS,
            "auth_time": grant.authenticated_at,
            "nonce": grant.request.nonce,
            "acr": grant.person.acr or grant.request.level,
            "at_hash": _half_hash(access_token),
        }

    def userinfo_claims(self, grant: Grant) -> dict[str, Any]:
        now = int(self.clock())
        return self.dialect.told(grant.person, grant.request.scopes) | {
            "iss": self.issuer,
            "aud": self.client.client_id,
            "iat": now,
            "exp": now + TOKEN_SECONDS,
        }

    # Keys and signatures

    def sign(self, claims: Mapping[str, Any]) -> str:
        key = self._keys[-1]
        return jwt.encode({"alg": "ES256", "kid": key.kid}, dict(claims), key, algorithms=["ES256"])

    def sealed(self, signed: str) -> str:
        """Encrypted to the client, where this provider does that: with the first of its keys that suits what it registered."""
        if not self.dialect.is_encrypted:
            return signed
        if self.client.encryption_keys is None:
            raise RuntimeError("this provider encrypts, and the client published no key")
        alg = self.client.encryption
        kty = "EC" if alg.startswith("ECDH") else "RSA"
        key = next(
            key for key in KeySet.import_key_set({"keys": self.client.encryption_keys()["keys"]}).keys if key.key_type == kty
        )
        header = {"alg": alg, "enc": "A256GCM", "cty": "JWT", "kid": key.kid, "iss": self.issuer, "aud": self.client.client_id}
        registry = JWERegistry(algorithms=[alg, "A256GCM"], strict_check_header=False)
        return jwe.encrypt_compact(header, signed, key, registry=registry)

    def jwks(self) -> dict[str, Any]:
        return {"keys": [key.as_dict(private=False, use="sig", alg="ES256") for key in self._keys]}

    def rotate(self) -> None:
        """A new key signs from now on; the former one is still published, for tokens on their way."""
        self._keys = [*self._keys[-1:], _new_key()]

    def hinted(self, id_token: str) -> Mapping[str, Any] | None:
        """Claims of an ID token of ours, expired or not; ``None`` when it is not ours."""
        for key in self._keys:
            try:
                claims = jwt.decode(id_token, key, algorithms=["ES256"]).claims
            except (JoseError, ValueError):
                continue
            if claims.get("iss") == self.issuer and claims.get("aud") == self.client.client_id:
                return claims
        return None


def _new_key() -> ECKey:
    key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, private=True)
    key.ensure_kid()
    return key


def _half_hash(access_token: str) -> str:
    half = hashlib.sha256(access_token.encode()).digest()[:16]
    return base64.urlsafe_b64encode(half).rstrip(b"=").decode()
