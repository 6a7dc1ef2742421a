"""Issuing a paper: content stated, symbols drawn, set in type, sealed, read back, written down, delivered; in that order, or not
at all.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import assert_never

from django.db import transaction

from mespoints.documents.content import Content, EntitlementAttestation, FullStatement, PeriodStatement, fingerprint, substance
from mespoints.documents.copies import CopyKeys
from mespoints.documents.layout.attestation import attestation_sheet
from mespoints.documents.layout.length import expected_pages
from mespoints.documents.layout.sheet import Proofs, SealedBy, Sheet
from mespoints.documents.layout.statement import full_statement_sheet, period_statement_sheet
from mespoints.documents.life import FILENAMES, end_of_life, keep_copy, replace_former
from mespoints.documents.models import IssuedDocument, Kind
from mespoints.documents.press import number_of_pages, press
from mespoints.documents.seal import Seal, Sealed
from mespoints.documents.self_check import seal_holds
from mespoints.documents.statements import entitlement_attestation, full_statement, period_statement
from mespoints.documents.status_list import place
from mespoints.documents.symbols import symbols
from mespoints.documents.verification.register_of_papers import initials
from mespoints.documents.visible_code.signature import Signer
from mespoints.register.consultation import HolderRecord

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that a reference can be read aloud."""


class SealBroken(RuntimeError):
    """The paper just sealed does not verify: it is not delivered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What it takes to make a paper, beside the record."""

    seal: Seal
    signer: Signer | None
    """Of the visible code; None: papers have their QR code alone."""
    base_url: str
    """Of the portal, no slash at the end: the QR code leads there."""
    invented: bool
    """« Données fictives » on every page."""
    copies: CopyKeys | None = None
    """None: no copy is kept, and the holder asks for a new paper instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedPdf:
    pdf: bytes
    filename: str
    """Without personal data: the name of a file travels further than the file."""
    reference: str


def issue_full_statement(holder_record: HolderRecord, on: date, at: datetime, workshop: Workshop) -> IssuedPdf:
    """The full statement (relevé intégral) on the day ``on`` included, issued at ``at`` (to the second).

    Raises ``SealUnusable`` when the certificate is not in force at ``at``, ``SignerUnusable``, ``SealBroken``.
    """
    return issue(full_statement(holder_record, on, at.replace(microsecond=0)), holder_record, workshop)


def issue_period_statement(
    holder_record: HolderRecord, period: tuple[date, date], on: date, at: datetime, workshop: Workshop
) -> IssuedPdf:
    """The period statement (relevé partiel): first and last day included. Raises as ``issue_full_statement``."""
    first_on, last_on = period
    content = period_statement(holder_record, first_on, last_on, on, at.replace(microsecond=0))
    return issue(content, holder_record, workshop)


def issue_attestation(holder_record: HolderRecord, on: date, at: datetime, workshop: Workshop) -> IssuedPdf:
    """The points-free attestation (restreint, droits à conduire). Raises as ``issue_full_statement``."""
    return issue(entitlement_attestation(holder_record, on, at.replace(microsecond=0)), holder_record, workshop)


def issue(content: Content, holder_record: HolderRecord, workshop: Workshop) -> IssuedPdf:
    reference = new_reference()
    sealed = sealed_paper(content, reference, workshop)
    write_down(content, reference, holder_record.holder.holder_id, sealed, workshop.copies)
    return IssuedPdf(pdf=sealed.pdf, filename=f"{FILENAMES[_kind(content)]}-{reference}.pdf", reference=reference)


def sealed_pdf(content: Content, reference: str, workshop: Workshop) -> bytes:
    return sealed_paper(content, reference, workshop).pdf


def sealed_paper(content: Content, reference: str, workshop: Workshop) -> Sealed:
    """The content on paper, sealed at its moment of issue and read back."""
    seal = workshop.seal
    sealed = seal.sealed(set_in_type(content, reference, workshop), content.issued_at)
    if not seal_holds(sealed.pdf, seal.certificate, seal.timestamp_roots):
        raise SealBroken(f"Le cachet du document {reference} ne se vérifie pas : il n’est pas remis. Prévenez l’exploitant.")
    return sealed


def set_in_type(content: Content, reference: str, workshop: Workshop) -> bytes:
    expected = expected_pages(content)
    pdf = _printed(content, reference, workshop, pages=expected)
    pages = number_of_pages(pdf)
    # The visible code says how many pages there are: printed again if there are others. Its field is fixed, so is the layout.
    return pdf if pages == expected else _printed(content, reference, workshop, pages=pages)


@transaction.atomic
def write_down(content: Content, reference: str, holder_id: int, sealed: Sealed, copies: CopyKeys | None) -> None:
    """What was issued, to whom, with its fingerprints and the level its seal reached. Former papers are replaced."""
    status_list, status_index = place()
    period = content if isinstance(content, PeriodStatement) else None
    attestation = content if isinstance(content, EntitlementAttestation) else None
    issued = IssuedDocument.objects.create(
        reference=reference,
        kind=_kind(content),
        holder_id=holder_id,
        content_format=content.format,
        content_sha256=fingerprint(content),
        stated_on=content.on,
        known_at=content.known_at,
        issued_at=content.issued_at,
        first_on=period.first_on if period is not None else None,
        last_on=period.last_on if period is not None else None,
        expires_on=attestation.expires_on if attestation is not None else None,
        pdf_sha256=sha256(sealed.pdf).hexdigest(),
        seal_level=sealed.level.value,
        initials=initials(content.identity.given_names, content.identity.birth_name),
        licence_state=attestation.licence_state.value if attestation is not None else "",
        categories=" ".join(each.category for each in attestation.categories) if attestation is not None else "",
        substance_sha256=substance(content),
        kept_until=end_of_life(content),
        status_list=status_list,
        status_index=status_index,
    )
    if copies is not None:
        keep_copy(issued, sealed.pdf, copies)
    replace_former(issued)


def new_reference() -> str:
    """Sixty random bits, « K7Q2-M4XD-9TPA »: two are never equal in practice, and the table refuses it."""
    letters = [secrets.choice(CROCKFORD) for _ in range(12)]
    return "-".join("".join(letters[start : start + 4]) for start in (0, 4, 8))


def _printed(content: Content, reference: str, workshop: Workshop, *, pages: int) -> bytes:
    proofs = Proofs(
        reference=reference,
        sealed_by=SealedBy(name=workshop.seal.owner, is_self_signed=workshop.seal.is_self_signed),
        symbols=symbols(content, reference, signer=workshop.signer, base_url=workshop.base_url, pages=pages),
        pages=pages,
        invented=workshop.invented,
    )
    return press().pdf(sheet(content, proofs), content.issued_at)


def sheet(content: Content, proofs: Proofs) -> Sheet:
    match content:
        case FullStatement():
            return full_statement_sheet(content, proofs)
        case PeriodStatement():
            return period_statement_sheet(content, proofs)
        case EntitlementAttestation():
            return attestation_sheet(content, proofs)
        case _:
            assert_never(content)


def _kind(content: Content) -> Kind:
    match content:
        case FullStatement():
            return Kind.FULL_STATEMENT
        case PeriodStatement():
            return Kind.PERIOD_STATEMENT
        case EntitlementAttestation():
            return Kind.ENTITLEMENT_ATTESTATION
        case _:
            assert_never(content)
