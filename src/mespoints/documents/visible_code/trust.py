"""Whom we trust: a frozen value read from a JSON file, without any network.

``{"format": "2d-doc-trust/1", "authorities": [{"id": "FR00", "name": "…", "test": true, "certificates": [{"id": "0001",
"public_key": "PEM, SubjectPublicKeyInfo", "valid_from": "2026-01-01", "valid_until": "2028-12-31", "revoked": false}]}]}``;
both days are included; ``test`` (on an authority or a certificate) and ``revoked`` are false when absent.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from mespoints.documents.visible_code.encoding import AUTHORITY, CERTIFICATE
from mespoints.documents.visible_code.signature import HASHES

TEST_AUTHORITY = "00"
"""End of the identifiers kept for tests, in every country (FR00)."""


class TrustUnreadable(RuntimeError):
    """The trust file cannot be used: the sentence says what was found, what was expected, what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedCertificate:
    identifier: str
    public_key: ec.EllipticCurvePublicKey
    valid_from: date
    valid_until: date
    """Last day included."""
    is_revoked: bool = False
    is_test: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    identifier: str
    name: str
    certificates: tuple[TrustedCertificate, ...]
    is_test: bool = False

    @property
    def proves_nothing(self) -> bool:
        """An authority of tests, declared or by its number: its keys may be public."""
        return self.is_test or self.identifier.endswith(TEST_AUTHORITY)

    def certificate(self, identifier: str) -> TrustedCertificate | None:
        return next((each for each in self.certificates if each.identifier == identifier), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    authorities: tuple[Authority, ...]

    def authority(self, identifier: str) -> Authority | None:
        return next((each for each in self.authorities if each.identifier == identifier), None)


class _Certificate(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    id: str
    public_key: str
    valid_from: date
    valid_until: date
    revoked: bool = False
    test: bool = False


class _Authority(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    id: str
    name: str
    certificates: list[_Certificate]
    test: bool = False


class _File(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    format: Literal["2d-doc-trust/1"]
    authorities: list[_Authority]


@cache
def load_trust(path: Path) -> Trust:
    """Read once in the life of the process. Raises ``TrustUnreadable``."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TrustUnreadable(
            f"Le fichier de confiance {path} ne peut pas être lu ({error.strerror}). Vérifiez le chemin et les droits."
        ) from error
    return trust_from_json(content)


def trust_from_json(content: bytes) -> Trust:
    """Raises ``TrustUnreadable``."""
    try:
        file = msgspec.json.decode(content, type=_File)
    except msgspec.DecodeError as error:
        raise TrustUnreadable(f"Le fichier de confiance n’a pas la forme 2d-doc-trust/1 ({error}). Corrigez-le.") from error
    _require_distinct("autorité", (each.id for each in file.authorities))
    return Trust(authorities=tuple(map(_authority, file.authorities)))


def trust_to_json(trust: Trust) -> bytes:
    """The file that ``trust_from_json`` reads back."""
    authorities = [
        _Authority(
            id=authority.identifier,
            name=authority.name,
            test=authority.is_test,
            certificates=[
                _Certificate(
                    id=each.identifier,
                    public_key=each.public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii"),
                    valid_from=each.valid_from,
                    valid_until=each.valid_until,
                    revoked=each.is_revoked,
                    test=each.is_test,
                )
                for each in authority.certificates
            ],
        )
        for authority in trust.authorities
    ]
    return msgspec.json.format(msgspec.json.encode(_File(format="2d-doc-trust/1", authorities=authorities)))


def _authority(read: _Authority) -> Authority:
    if AUTHORITY.fullmatch(read.id) is None:
        raise TrustUnreadable(f"« {read.id} » n’est pas une autorité 2D-Doc. Écrivez un pays et deux caractères, comme FR05.")
    _require_distinct(f"certificat de {read.id}", (each.id for each in read.certificates))
    certificates = tuple(_certificate(each) for each in read.certificates)
    return Authority(identifier=read.id, name=read.name, certificates=certificates, is_test=read.test)


def _certificate(read: _Certificate) -> TrustedCertificate:
    if CERTIFICATE.fullmatch(read.id) is None:
        raise TrustUnreadable(f"« {read.id} » n’est pas un certificat 2D-Doc. Écrivez quatre majuscules ou chiffres.")
    if read.valid_until < read.valid_from:
        raise TrustUnreadable(f"Le certificat {read.id} finit avant de commencer. Corrigez ses deux dates.")
    try:
        key = load_pem_public_key(read.public_key.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise TrustUnreadable(f"La clé publique du certificat {read.id} n’est pas en PEM. Corrigez-la.") from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name not in HASHES:
        raise TrustUnreadable(f"La clé du certificat {read.id} n’est pas ECDSA P-256, P-384 ou P-521. Corrigez-la.")
    return TrustedCertificate(
        identifier=read.id,
        public_key=key,
        valid_from=read.valid_from,
        valid_until=read.valid_until,
        is_revoked=read.revoked,
        is_test=read.test,
    )


def _require_distinct(noun: str, identifiers: Iterable[str]) -> None:
    if repeated := sorted(identifier for identifier, times in Counter(identifiers).items() if times > 1):
        raise TrustUnreadable(f"Le fichier de confiance donne deux fois : {noun} {', '.join(repeated)}. Gardez-en un.")
