"""What a sealed file says of itself, read by pyHanko: facts, not yet a verdict. Meant for a process of its own (``child``).

Stricter than a reader of PDF: the one seal must cover every byte of the file but its own, written as we write it. What a later
revision may legitimately add for other documents is never legitimate for ours.
"""

import re
from binascii import hexlify
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from asn1crypto import cms, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    SignatureCoverageLevel,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import PdfSignatureStatus, TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from mespoints.documents.completion import completed
from mespoints.documents.verification.seal_facts import Inspection

MOST_SEALS = 8
"""Signatures read in one file; one more is enough to know that it is not ours."""
REFERENCE = re.compile(r"référence ([0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){2})(?![0-9A-Za-z-])")
SUB_FILTER = "/ETSI.CAdES.detached"
TIMESTAMP_TOKEN = "signature_time_stamp_token"  # noqa: S105 – name of an attribute


class Unreadable(Exception):
    """The file cannot be read as a PDF: damaged, or made to mislead."""


def inspection(pdf: bytes, timestamp_roots: Sequence[bytes] = ()) -> Inspection:
    """``timestamp_roots``: certificates (DER) of the time-stamping authorities that are trusted.

    Raises ``Unreadable``. Time and memory are bounded by the process, not here.
    """
    roots = [x509.Certificate.load(each) for each in timestamp_roots]
    try:
        return _inspected(pdf, roots)
    except (PdfError, SigningError, SignatureValidationError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise Unreadable from error
    except (AttributeError, AssertionError, OSError, RecursionError, NotImplementedError) as error:
        # A hostile file meets parsers where their authors did not expect it.
        raise Unreadable from error


def _inspected(pdf: bytes, roots: list[x509.Certificate]) -> Inspection:
    reader = PdfFileReader(BytesIO(pdf))
    if reader.encrypted:
        return Inspection(encrypted=True)
    seals = reader.embedded_regular_signatures[: MOST_SEALS + 1]
    if len(seals) != 1:
        return Inspection(seals=len(seals))
    [seal] = seals
    status = _status(seal, ValidationContext(trust_roots=[], allow_fetching=False))
    holds = _is_sound(seal, status) and _is_written_as_ours(pdf, seal) and _covers_all(reader, status, roots)
    token = status.timestamp_validity
    if token is not None:
        token = _status(seal, _trusting(roots, token.timestamp)).timestamp_validity
    return Inspection(
        seals=1,
        signer=seal.signer_cert.dump(),
        holds=holds,
        sealed_at=status.signer_reported_dt,
        timestamped_at=token.timestamp if token is not None and _is_believed(token) else None,
        reference=_reference(reader) if holds else None,
    )


def _status(seal: EmbeddedPdfSignature, timestamps: ValidationContext) -> PdfSignatureStatus:
    # Its own certificate stands for a root: whether it is ours is judged by the trust file, not by an authority.
    context = ValidationContext(trust_roots=[seal.signer_cert], allow_fetching=False)
    return completed(async_validate_pdf_signature(seal, context, ts_validation_context=timestamps))


def _trusting(roots: list[x509.Certificate], at: datetime) -> ValidationContext:
    """On the day of the time-stamp: the certificate of its authority ends long before the paper does."""
    return ValidationContext(trust_roots=roots, allow_fetching=False, moment=at)


def _is_believed(token: TimestampSignatureStatus) -> bool:
    return bool(token.intact and token.valid and token.trusted)


def _is_sound(seal: EmbeddedPdfSignature, status: PdfSignatureStatus) -> bool:
    return bool(
        status.intact
        and status.valid
        and status.docmdp_ok
        and seal.docmdp_level is MDPPerm.NO_CHANGES
        and seal.sig_object.get("/SubFilter") == SUB_FILTER
    )


def _covers_all(reader: PdfFileReader, status: PdfSignatureStatus, roots: list[x509.Certificate]) -> bool:
    """The seal reaches the end of the file; or the time-stamp of a trusted authority does (B-LTA), with only proofs between."""
    match reader.embedded_timestamp_signatures:
        case []:
            return status.coverage is SignatureCoverageLevel.ENTIRE_FILE
        case [stamp]:
            said = completed(async_validate_pdf_timestamp(stamp, ValidationContext(trust_roots=[], allow_fetching=False)))
            held = completed(async_validate_pdf_timestamp(stamp, _trusting(roots, said.timestamp)))
            return (
                status.coverage is SignatureCoverageLevel.ENTIRE_REVISION
                and held.coverage is SignatureCoverageLevel.ENTIRE_FILE
                and _is_believed(held)
            )
        case _:
            return False


def _is_written_as_ours(pdf: bytes, seal: EmbeddedPdfSignature) -> bool:
    """The hole left for the seal holds its bytes in upper case, then zeros, and nothing that a later hand could have put there.

    The container itself is not signed: it must be the one way of writing what it says.
    """
    start, length, resume, _ = (int(each) for each in seal.byte_range)
    hole = pdf[length:resume]
    encoded: bytes = cms.ContentInfo.load(seal.pkcs7_content).dump()
    container = cms.ContentInfo.load(encoded, strict=True)
    padded = hexlify(encoded).upper().ljust(len(hole) - 2, b"0")
    signed = container["content"]
    is_alone = start == 0 and hole == b"<" + padded + b">"
    return is_alone and _is_canonical(container) and _adds_nothing(signed) and _names_its_maker(signed, seal.signer_cert)


def _is_canonical(container: cms.ContentInfo) -> bool:
    """Written anew, it is the same bytes. Not asked of a seal with a time-stamp: authorities write tokens in many ways, and
    asn1crypto takes for ever to write one anew.
    """
    [signer] = container["content"]["signer_infos"]
    return bool(signer["unsigned_attrs"]) or container.dump() == container.copy().dump(force=True)


def _adds_nothing(signed: cms.SignedData) -> bool:
    """What the signature does not cover says no more than what it needs."""
    [signer] = signed["signer_infos"]
    unsigned = [each["type"].native for each in signer["unsigned_attrs"]] if signer["unsigned_attrs"].native else []
    return bool(
        signed["version"].native == "v1"
        and [each["algorithm"].native for each in signed["digest_algorithms"]] == ["sha256"]
        and not signed["crls"].native
        and signer["version"].native == "v1"
        and unsigned in ([], [TIMESTAMP_TOKEN])
    )


def _names_its_maker(signed: cms.SignedData, certificate: x509.Certificate) -> bool:
    """Byte for byte: names of certificates are otherwise compared whatever their capitals, and this one is not signed."""
    [signer] = signed["signer_infos"]
    named = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    return bool(signer["sid"].chosen.dump() == named.dump())


def _reference(reader: PdfFileReader) -> str | None:
    found = REFERENCE.search(str(reader.trailer_view["/Info"].get("/Keywords", "")))
    return found[1] if found else None
