"""Issuing a paper: content stated, set in type, sealed, read back, written down, delivered; in that order, or not at all."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from mespoints.documents.content import FullStatement, fingerprint
from mespoints.documents.full_statement import full_statement
from mespoints.documents.layout import SealedBy, full_statement_sheet
from mespoints.documents.models import IssuedDocument, Kind
from mespoints.documents.press import press
from mespoints.documents.seal import Seal
from mespoints.documents.self_check import seal_holds
from mespoints.register.consultation import HolderRecord

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that a reference can be read aloud."""


class SealBroken(RuntimeError):
    """The paper just sealed does not verify: it is not delivered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedPdf:
    pdf: bytes
    filename: str
    """Without personal data: the name of a file travels further than the file."""
    reference: str


def issue_full_statement(holder_record: HolderRecord, on: date, at: datetime, seal: Seal, *, invented: bool) -> IssuedPdf:
    """The full statement (relevé intégral) on the day ``on`` included, issued at ``at`` (to the second).

    ``invented`` puts « Données fictives » on every page. Raises ``SealUnusable`` when the certificate is not in force at ``at``.
    """
    at = at.replace(microsecond=0)
    content = full_statement(holder_record, on, at)
    reference = new_reference()
    pdf = sealed_pdf(content, reference, seal, invented=invented)
    IssuedDocument.objects.create(
        reference=reference,
        kind=Kind.FULL_STATEMENT,
        holder_id=holder_record.holder.holder_id,
        content_format=content.format,
        content_sha256=fingerprint(content),
        stated_on=on,
        known_at=holder_record.known_at,
        issued_at=at,
    )
    return IssuedPdf(pdf=pdf, filename=f"releve-integral-{reference}.pdf", reference=reference)


def sealed_pdf(content: FullStatement, reference: str, seal: Seal, *, invented: bool) -> bytes:
    """The content on paper, sealed at its moment of issue and read back."""
    sealed_by = SealedBy(name=seal.owner, is_self_signed=seal.is_self_signed)
    sheet = full_statement_sheet(content, reference=reference, sealed_by=sealed_by, invented=invented)
    pdf = seal.apply(press().pdf(sheet, content.issued_at), content.issued_at)
    if not seal_holds(pdf, seal.certificate):
        raise SealBroken(f"Le cachet du document {reference} ne se vérifie pas : il n’est pas remis. Prévenez l’exploitant.")
    return pdf


def new_reference() -> str:
    """Sixty random bits, « K7Q2-M4XD-9TPA »: two are never equal in practice, and the table refuses it."""
    letters = [secrets.choice(CROCKFORD) for _ in range(12)]
    return "-".join("".join(letters[start : start + 4]) for start in (0, 4, 8))
