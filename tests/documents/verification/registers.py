"""Registers of papers held in memory."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec

from mespoints.documents.seal import Seal
from mespoints.documents.verification.register_of_papers import KnownPaper
from mespoints.documents.verification.trust import PaperTrust, TrustedSeal
from mespoints.documents.verification.verdict import CheckedPaper, PaperStatus
from mespoints.documents.visible_code.signature import KeySigner
from mespoints.documents.visible_code.trust import Authority, Trust, TrustedCertificate
from tests.documents.statements import REFERENCE

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@dataclass
class Papers:
    known: dict[str, KnownPaper] = field(default_factory=dict)
    status: PaperStatus = PaperStatus.VALID
    asked_on: list[date] = field(default_factory=list)

    def by_reference(self, reference: str) -> KnownPaper | None:
        return self.known.get(reference)

    def status_of(self, reference: str, today: date) -> PaperStatus:
        self.asked_on.append(today)
        return self.status if reference in self.known else PaperStatus.UNKNOWN


def papers_with(pdf: bytes, status: PaperStatus = PaperStatus.VALID) -> Papers:
    paper = CheckedPaper(kind="Relevé intégral", reference=REFERENCE, issued_on=date(2026, 11, 22), initials="M. L.")
    return Papers({REFERENCE: KnownPaper(paper=paper, pdf_sha256=sha256(pdf).hexdigest())}, status)


def trusting(*seals: Seal, is_test: bool = False, is_revoked: bool = False, signer: KeySigner | None = None) -> PaperTrust:
    return PaperTrust(
        seals=tuple(TrustedSeal(certificate=each.certificate, is_test=is_test, is_revoked=is_revoked) for each in seals),
        visible_codes=Trust(authorities=() if signer is None else (authority(signer, is_test=is_test),)),
    )


def authority(signer: KeySigner, *, is_test: bool, is_revoked: bool = False) -> Authority:
    key = signer.key.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    certificate = TrustedCertificate(
        identifier=signer.certificate,
        public_key=key,
        valid_from=date(2026, 1, 1),
        valid_until=date(2028, 12, 31),
        is_revoked=is_revoked,
    )
    return Authority(identifier=signer.authority, name="Essais", certificates=(certificate,), is_test=is_test)
