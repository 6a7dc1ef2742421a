"""The status list: what became of each paper, published for programs without saying which paper is which.

A Token Status List (IETF draft-ietf-oauth-status-list): two bits for each of 131,072 places, the first place in the lowest bits
of the first byte, compressed (zlib) and signed (JWT, ES256). A place is drawn at random, and one that has no paper reads as one
whose paper is good: the list tells neither how many papers there are, nor when they were issued, nor to whom. A list is half
filled, then another opens, so that drawing a free place takes two tries on average at worst.

Codes: 0 VALID; 1 INVALID, for a paper that was withdrawn; 3 APPLICATION_SPECIFIC, for one that was replaced: it may have been
true, a newer one says what is. 2 SUSPENDED is never used. That a paper has expired is written on it.
"""

import secrets
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from uuid import UUID, uuid4
from zlib import compress

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection
from joserfc import jwt
from joserfc.jwk import ECKey

from mespoints.documents.models import IssuedDocument, State, StatusList

PLACES = 2**17
HALF_FULL = PLACES // 2
BITS = 2
PER_BYTE = 8 // BITS
CODES = {State.WITHDRAWN: 1, State.REPLACED: 3}
TTL = timedelta(minutes=5)
"""How long a copy may be trusted before asking again; a list is signed anew at most once in that time."""
LIFE = timedelta(hours=1)
"""After which a list proves nothing: a thief of an old one cannot show it for long."""
ALGORITHM = "ES256"
TYPE = "statuslist+jwt"
CONTENT_TYPE = f"application/{TYPE}"


class StatusKeyUnusable(RuntimeError):
    """The key of the list cannot sign: the sentence says what was found, what was expected, what to do."""


def place() -> tuple[StatusList, int]:
    """A free place, drawn at random, for a paper written in the caller's transaction; whose end lets the next one draw."""
    with connection.cursor() as cursor:
        # Not a lock of the row: at first there is none, and two at once would open the same list.
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('documents: places of the status lists', 0))")
    current = StatusList.objects.order_by("-number").first()
    if current is None or current.given >= HALF_FULL:
        current = StatusList.objects.create(number=current.number + 1 if current is not None else 1)
    index = secrets.randbelow(PLACES)
    while IssuedDocument.objects.filter(status_list=current, status_index=index).exists():
        index = secrets.randbelow(PLACES)
    current.given += 1
    current.save(update_fields=["given"])
    return current, index


def changed(numbers: set[int]) -> None:
    """To be called in the transaction that changes the state of papers of these lists."""
    for number in sorted(numbers):
        StatusList.objects.filter(number=number).update(version=uuid4())


def token(number: int, now: datetime, *, base_url: str, key_file: Path) -> str | None:
    """The signed list; None when there is none of that number. The first one is always there, empty at worst.

    Raises ``StatusKeyUnusable``.
    """
    version = StatusList.objects.filter(number=number).values_list("version", flat=True).first()
    if version is None and number != 1:
        return None
    seconds = int(TTL.total_seconds())
    began_at = int(now.timestamp()) // seconds * seconds
    return _signed(f"{base_url}/statuts/{number}", _compressed(number, version), began_at, key_file)


@lru_cache(maxsize=256)
def _signed(address: str, encoded: str, began_at: int, key_file: Path) -> str:
    key = load_status_key(key_file)
    claims = {
        "sub": address,
        "iat": began_at,
        "exp": began_at + int(LIFE.total_seconds()),
        "ttl": int(TTL.total_seconds()),
        "status_list": {"bits": BITS, "lst": encoded},
    }
    return jwt.encode({"alg": ALGORITHM, "typ": TYPE, "kid": key.kid}, claims, key)


@lru_cache(maxsize=256)
def _compressed(number: int, version: UUID | None) -> str:  # noqa: ARG001 – the version is what makes the answer stale
    """Read again when a status has changed, and never otherwise: a list that nobody touches costs one small query."""
    found = IssuedDocument.objects.filter(status_list=number).exclude(state=State.CURRENT)
    statuses = {index: CODES[State(state)] for index, state in found.values_list("status_index", "state")}
    return encoded({index: code for index, code in statuses.items() if index is not None})


def encoded(statuses: dict[int, int]) -> str:
    """``lst``: the codes by place, the others 0."""
    packed = bytearray(PLACES // PER_BYTE)
    for index, code in statuses.items():
        packed[index // PER_BYTE] |= code << (index % PER_BYTE * BITS)
    return urlsafe_b64encode(compress(bytes(packed), 9)).rstrip(b"=").decode()


@lru_cache(maxsize=4)
def load_status_key(path: Path) -> ECKey:
    """From a PEM key without password on P-256, read once in the life of the process. Raises ``StatusKeyUnusable``."""
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise StatusKeyUnusable(
            f"{path} ne contient pas de clé privée PEM lisible. Donnez celle de la liste des statuts."
        ) from error
    if not isinstance(private, ec.EllipticCurvePrivateKey) or private.curve.name != "secp256r1":
        raise StatusKeyUnusable(f"{path} n’est pas une clé ECDSA P-256. Donnez une clé de ce type.")
    key = ECKey.import_key(private)
    key.ensure_kid()
    return key


def public_keys(key: ECKey) -> dict[str, list[dict[str, object]]]:
    """As a JSON Web Key Set, for whoever checks a list."""
    return {"keys": [{**key.as_dict(private=False), "use": "sig", "alg": ALGORITHM}]}
