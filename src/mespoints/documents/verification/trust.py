"""Whom a verification trusts: seals, signers of visible codes, time-stamping authorities; a frozen value, in a file for others.

``{"format": "mespoints-trust/1", "seals": [{"certificate": "PEM", "test": true, "revoked": false}], "timestamp_authorities":
["PEM"], "visible_codes": {…}}``; the last is a trust file of 2D-Doc (``visible_code.trust``); ``test`` and ``revoked`` are false
when absent.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from mespoints.documents.visible_code import trust as codes
from mespoints.documents.visible_code.trust import TrustUnreadable

FORM = "mespoints-trust/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustedSeal:
    certificate: x509.Certificate
    """Of the seal itself, not of an authority: no other certificate of that authority may speak for us."""
    is_test: bool
    is_revoked: bool = False

    @property
    def encoded(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTrust:
    seals: tuple[TrustedSeal, ...]
    visible_codes: codes.Trust
    timestamp_authorities: tuple[x509.Certificate, ...] = ()
    """Roots, or the authorities themselves."""

    def seal(self, certificate: bytes) -> TrustedSeal | None:
        """``certificate``: DER."""
        return next((each for each in self.seals if each.encoded == certificate), None)

    @property
    def timestamp_roots(self) -> tuple[bytes, ...]:
        return tuple(each.public_bytes(Encoding.DER) for each in self.timestamp_authorities)


class _Seal(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    certificate: str
    test: bool = False
    revoked: bool = False


class _File(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    format: Literal["mespoints-trust/1"]
    seals: list[_Seal]
    timestamp_authorities: list[str]
    visible_codes: msgspec.Raw


def load_paper_trust(path: Path) -> PaperTrust:
    """Raises ``TrustUnreadable``."""
    try:
        return paper_trust_from_json(path.read_bytes())
    except OSError as error:
        raise TrustUnreadable(
            f"Le fichier de confiance {path} ne peut pas être lu ({error.strerror}). Vérifiez le chemin et les droits."
        ) from error


def paper_trust_from_json(content: bytes) -> PaperTrust:
    """Raises ``TrustUnreadable``."""
    try:
        file = msgspec.json.decode(content, type=_File)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise TrustUnreadable(f"Le fichier de confiance n’a pas la forme {FORM} ({error}). Corrigez-le.") from error
    return PaperTrust(
        seals=tuple(
            TrustedSeal(certificate=_certificate(each.certificate), is_test=each.test, is_revoked=each.revoked)
            for each in file.seals
        ),
        visible_codes=codes.trust_from_json(bytes(file.visible_codes)),
        timestamp_authorities=tuple(_certificate(each) for each in file.timestamp_authorities),
    )


def paper_trust_to_json(trust: PaperTrust) -> bytes:
    """The file that ``paper_trust_from_json`` reads back."""
    file = _File(
        format="mespoints-trust/1",
        seals=[_Seal(certificate=_pem(each.certificate), test=each.is_test, revoked=each.is_revoked) for each in trust.seals],
        timestamp_authorities=[_pem(each) for each in trust.timestamp_authorities],
        visible_codes=msgspec.Raw(codes.trust_to_json(trust.visible_codes)),
    )
    return msgspec.json.format(msgspec.json.encode(file))


def _certificate(pem: str) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(pem.encode())
    except ValueError as error:
        raise TrustUnreadable("Un certificat du fichier de confiance n’est pas en PEM. Corrigez-le.") from error


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode("ascii")
