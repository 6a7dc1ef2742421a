"""Sealing: the file as it was, followed by the seal; as high as was asked, or lower when the time-stamping authority is away."""

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock

import requests
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import Signer
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    PdfSigner,
    SigDSSPlacementPreference,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import CRLValidationError, OCSPValidationError, PathError, ValidationError

from mespoints.documents.completion import completed
from mespoints.documents.seal.certificates import Chain, read_certificates, read_chain
from mespoints.documents.seal.demo import SealFiles
from mespoints.documents.seal.keys import PKCS11Error, close_modules, file_signer, module_signer
from mespoints.documents.seal.timestamps import HttpTimestamper
from mespoints.documents.seal.unusable import SealUnusable
from mespoints.documents.seal_source import Level, ModuleKey, SealSource, Stamping

logger = logging.getLogger(__name__)
_opening = Lock()

FIELD = "Cachet"
STAMP_FIELD = "Horodatage"
TOOLTIP = "Cachet électronique de l’émetteur"
RESERVED_WITH_TOKEN = 32 * 1024
"""Hexadecimal digits kept for a CMS that holds a time-stamp."""
MOST_SECONDS = 20.0
"""For one level, proofs fetched included; then a lower one is tried."""
AWAY = (
    OSError,
    requests.RequestException,
    SigningError,
    TimeoutError,
    PathError,
    ValidationError,
    CRLValidationError,
    OCSPValidationError,
)
"""What a time-stamping authority, or those who vouch for certificates, may do to us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    pdf: bytes
    level: Level
    wanted: Level

    @property
    def is_as_wanted(self) -> bool:
        return self.level is self.wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """Opened once for each process (``open_seal``), used for every paper."""

    chain: Chain
    signer: Signer
    stamping: Stamping | None = None
    timestamp_authorities: tuple[x509.Certificate, ...] = ()

    @property
    def owner(self) -> str:
        return self.chain.owner

    @property
    def certificate(self) -> x509.Certificate:
        return self.chain.own

    @property
    def is_self_signed(self) -> bool:
        """True of a demonstration seal: no reader can know its issuer."""
        return self.chain.is_self_signed

    @property
    def valid_until(self) -> datetime:
        """Last moment included."""
        return self.chain.valid_until

    @property
    def timestamp_roots(self) -> tuple[bytes, ...]:
        return tuple(each.public_bytes(Encoding.DER) for each in self.timestamp_authorities)

    def require_in_force(self, at: datetime) -> None:
        self.chain.require_in_force(at)

    def apply(self, pdf: bytes, at: datetime) -> bytes:
        """The sealed file alone: see ``sealed``."""
        return self.sealed(pdf, at).pdf

    def sealed(self, pdf: bytes, at: datetime) -> Sealed:
        """``pdf``, unchanged, followed by the seal made at ``at``. Only the seal itself can fail, never what is above it.

        Raises ``SealUnusable``.
        """
        self.require_in_force(at)
        wanted = self.stamping.level if self.stamping is not None else Level.B_B
        for level in _downwards(wanted):
            try:
                return Sealed(pdf=self._at(level, pdf, at), level=level, wanted=wanted)
            except PKCS11Error as error:
                forget()
                raise SealUnusable(f"Le module de sécurité n’a pas scellé ({type(error).__name__}). Vérifiez-le.") from error
            except AWAY as error:
                if level is Level.B_B:
                    raise
                logger.warning("SEAL-LEVEL-LOWERED: %s was not reached (%s)", level.value, type(error).__name__)
        raise AssertionError("B-B is always tried")

    def _at(self, level: Level, pdf: bytes, at: datetime) -> bytes:
        return completed(asyncio.wait_for(self._signed(level, pdf, at), MOST_SECONDS))

    async def _signed(self, level: Level, pdf: bytes, at: datetime) -> bytes:
        # Typst ends its file without a newline: pyHanko would append right behind, which PDF/A forbids (ISO 19005-2, 6.1.9).
        writer = IncrementalPdfFileWriter(BytesIO(pdf + b"\n"))
        field = SigFieldSpec(FIELD, readable_field_name=TOOLTIP)
        signer = PdfSigner(self._metadata(level), signer=self.signer, timestamper=self._timestamper(level), new_field_spec=field)
        session = signer.init_signing_session(writer)
        # pyHanko would read the clock of the machine here; /ModDate is the one place where it still does.
        session.system_time = at
        proofs = await session.perform_presign_validation(writer)
        reserved = self.chain.reserved if level is Level.B_B else RESERVED_WITH_TOKEN
        document = session.prepare_tbs_document(validation_info=proofs, bytes_reserved=reserved)
        sealed = BytesIO()
        prepared, _ = document.digest_tbs_document(output=sealed)
        attributes = PdfCMSSignedAttributes(signing_time=at)
        done = await document.perform_signature(prepared.document_digest, attributes)
        await done.post_signature_processing(sealed)
        return sealed.getvalue()

    def _metadata(self, level: Level) -> PdfSignatureMetadata:
        has_proofs = level in {Level.B_LT, Level.B_LTA}
        # Proofs go in the sealed revision itself: nothing but the last time-stamp may follow the seal.
        together = DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE)
        return PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            embed_validation_info=has_proofs,
            validation_context=self._judges() if has_proofs else None,
            use_pades_lta=level is Level.B_LTA,
            timestamp_field_name=STAMP_FIELD,
            dss_settings=together,
        )

    def _judges(self) -> ValidationContext:
        """Fetches lists of revoked certificates; one that nobody publishes (a test) is passed over."""
        roots = (self.chain.above[-1] if self.chain.above else self.chain.own, *self.timestamp_authorities)
        return ValidationContext(trust_roots=[_asn1(each) for each in roots], allow_fetching=True)

    def _timestamper(self, level: Level) -> HttpTimestamper | None:
        if self.stamping is None or level is Level.B_B:
            return None
        return HttpTimestamper(self.stamping.authority_url, self.stamping.seconds)


def _downwards(wanted: Level) -> Iterator[Level]:
    levels = list(Level)
    yield from reversed(levels[: levels.index(wanted) + 1])


def _asn1(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(Encoding.DER))


def load_seal(key: Path, certificate: Path, at: datetime) -> Seal:
    """The seal of two PEM files, without time-stamp: see ``open_seal``."""
    return open_seal(SealFiles(key=key, certificate=certificate), at)


def open_seal(source: SealSource | SealFiles, at: datetime) -> Seal:
    """The seal, its chain checked and in force at ``at``. It is opened once in the life of the process.

    Raises ``SealUnusable``.
    """
    if isinstance(source, SealFiles):
        source = SealSource(key=source.key, certificate=source.certificate)
    with _opening:
        seal = _open(source)
    seal.require_in_force(at)
    return seal


@cache
def _open(source: SealSource) -> Seal:
    chain = read_chain(source.certificate)
    authorities = source.stamping.authorities if source.stamping is not None else None
    return Seal(
        chain=chain,
        signer=module_signer(source.key, chain)
        if isinstance(source.key, ModuleKey)
        else file_signer(source.key, chain, source.certificate),
        stamping=source.stamping,
        timestamp_authorities=tuple(read_certificates(authorities)) if authorities is not None else (),
    )


def forget() -> None:
    """A module that was taken out is opened anew at the next paper."""
    _open.cache_clear()
    close_modules()
