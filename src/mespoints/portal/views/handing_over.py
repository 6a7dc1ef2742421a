"""A paper, sealed and handed over; or the page that says why it is not."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mespoints.documents.copies import CopyKeys, CopyKeysUnusable, load_copy_keys
from mespoints.documents.issuance import IssuedPdf, SealBroken, Workshop
from mespoints.documents.seal import Seal, SealUnusable, open_seal
from mespoints.documents.visible_code.signature import Signer, SignerUnusable, load_signer
from mespoints.portal.pages.frame import Place, PlainPage
from mespoints.portal.views.framing import frame_of

logger = logging.getLogger(__name__)


def handed_over(request: HttpRequest, now: datetime, issue: Callable[[Workshop], IssuedPdf]) -> HttpResponse:
    """A paper without its seal is never handed over, nor one whose visible code could not be signed."""
    keys = settings.SEAL
    if keys is None:
        logger.error("documents: no seal is configured, no paper can be issued")
        return unavailable(request)
    try:
        issued = issue(workshop(open_seal(keys, now)))
    except (SealUnusable, SealBroken, SignerUnusable, CopyKeysUnusable):
        logger.exception("documents: a paper was not issued")
        return unavailable(request)
    return attached(issued.pdf, issued.filename)


def attached(pdf: bytes, filename: str) -> HttpResponse:
    disposition = f'attachment; filename="{filename}"'
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": disposition})


def workshop(seal: Seal) -> Workshop:
    """Raises ``SignerUnusable`` and ``CopyKeysUnusable``."""
    return Workshop(
        seal=seal,
        signer=signer(),
        base_url=settings.BASE_URL,
        invented=settings.INVENTED_DATA,
        copies=copy_keys(),
    )


def copy_keys() -> CopyKeys | None:
    """Raises ``CopyKeysUnusable``."""
    return None if settings.PAPER_KEYS is None else load_copy_keys(settings.PAPER_KEYS)


def signer() -> Signer | None:
    held = settings.VISIBLE_CODE
    return None if held is None else load_signer(held.key, authority=held.authority, certificate=held.certificate)


def unavailable(request: HttpRequest) -> HttpResponse:
    page = PlainPage(frame=frame_of(request, "Document indisponible", Place.DOCUMENTS))
    return render(request, "portal/document_unavailable.html", {"page": page}, status=503)
