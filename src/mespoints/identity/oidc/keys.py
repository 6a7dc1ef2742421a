"""The provider's signing keys: fetched when needed, kept for a while, asked again once for a key never seen."""

from datetime import datetime
from functools import cache
from threading import Lock
from typing import Any

import requests
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from mespoints.identity.failures import KeyUnknown, ProviderDown, ProviderUnreadable
from mespoints.identity.oidc.profile import ProviderProfile
from mespoints.identity.oidc.transport import bounded, named_troubles


class KeyRing:
    """The keys of one provider, shared by the threads of a process."""

    def __init__(self, profile: ProviderProfile) -> None:
        self._profile = profile
        self._keys: dict[str, ECKey] = {}
        self._fetched_at: datetime | None = None
        self._lock = Lock()

    def key(self, kid: str, now: datetime) -> ECKey:
        """The key of that name; raises ``KeyUnknown`` when even a fresh list has none."""
        with self._lock:
            fresh = self._fetched_at is not None and now - self._fetched_at < self._profile.keys_kept_for
            if not fresh or kid not in self._keys:
                self._keys = self._fetch()
                self._fetched_at = now
            found = self._keys.get(kid)
        if found is None:
            raise KeyUnknown
        return found

    def _fetch(self) -> dict[str, ECKey]:
        with named_troubles(), bounded(requests.Session(), self._profile) as session:
            answer = session.get(self._profile.jwks_url, allow_redirects=False)
        if answer.status_code != requests.codes.ok:
            raise ProviderDown
        return _signing_keys(answer)


@cache
def key_ring(profile: ProviderProfile) -> KeyRing:
    return KeyRing(profile)


def _signing_keys(answer: requests.Response) -> dict[str, ECKey]:
    try:
        listed = answer.json()["keys"]
        return {key["kid"]: ECKey.import_key(_public(key)) for key in listed if _signs_es256(key)}
    except (ValueError, KeyError, TypeError, JoseError) as trouble:
        raise ProviderUnreadable from trouble


def _signs_es256(key: dict[str, Any]) -> bool:
    """Other keys in the list (encryption, RSA) are not ours to judge."""
    return key.get("kty") == "EC" and key.get("crv") == "P-256" and key.get("use", "sig") == "sig" and "kid" in key


def _public(key: dict[str, Any]) -> dict[str, Any]:
    return {name: key[name] for name in ("kty", "crv", "x", "y", "kid")}
