"""The two symbols of a paper: the visible code, which says again what matters, read offline; the QR code, an address."""

import logging
from datetime import datetime
from typing import assert_never

from mespoints.documents.content import Content, EntitlementAttestation, FullStatement, PeriodStatement, StatedIdentity
from mespoints.documents.layout.sheet import FRANCE, Symbols
from mespoints.documents.visible_code import papers
from mespoints.documents.visible_code.encoding import Draft
from mespoints.documents.visible_code.papers import Bearer, LicenceStatement
from mespoints.documents.visible_code.signature import Signer, seal
from mespoints.documents.visible_code.symbol import data_matrix_svg, qr_svg
from mespoints.documents.visible_code.trust import TEST_AUTHORITY
from mespoints.documents.visible_code.writing import Unwritable

logger = logging.getLogger(__name__)

TITLES = {"M": "M", "F": "MME", "X": "M OU MME"}


def symbols(content: Content, reference: str, *, signer: Signer | None, base_url: str, pages: int) -> Symbols:
    """Without a signer, or when a value cannot be written in a visible code (a name in another alphabet), the QR code alone.

    Raises ``SignerUnusable``.
    """
    address = f"{base_url}/verifier/{reference}/"
    code = None if signer is None else visible_code(content, reference, signer, pages)
    return Symbols(
        data_matrix=None if code is None else data_matrix_svg(code),
        is_test=signer is not None and signer.authority.endswith(TEST_AUTHORITY),
        qr=qr_svg(address),
        address=address,
    )


def visible_code(content: Content, reference: str, signer: Signer, pages: int) -> bytes | None:
    if content.data_as_of is None:
        return None
    try:
        return seal(_draft(content, reference, content.data_as_of, pages), signer, signed_on=content.on)
    except Unwritable:
        # Its sentence quotes a letter of the name.
        logger.warning("documents: a value cannot be written in a visible code, the paper has its QR code alone")
        return None


def _draft(content: Content, reference: str, data_as_of: datetime, pages: int) -> Draft:
    bearer = _bearer(content.identity, content.file_number)
    statement = LicenceStatement(
        state=content.licence_state,
        categories=tuple(each.category for each in content.categories),
        data_as_of=data_as_of,
        pages=pages,
        reference=reference.replace("-", ""),
    )
    match content:
        case FullStatement():
            return papers.full_statement(bearer, statement, issued_on=content.on)
        case PeriodStatement():
            return papers.period_statement(bearer, statement, issued_on=content.on)
        case EntitlementAttestation():
            return papers.attestation(bearer, statement, issued_on=content.on, expires_on=content.expires_on)
        case _:
            assert_never(content)


def _bearer(identity: StatedIdentity, file_number: str) -> Bearer:
    return Bearer(
        title=TITLES[identity.sex],
        name=identity.birth_name,
        given_names=identity.given_names,
        birth_date=identity.birth_date,
        # INSEE codes, as on the paper: the file does not name places.
        birth_place=(identity.birth_commune or "") if identity.birth_country == FRANCE else identity.birth_country,
        file_number=file_number,
    )
