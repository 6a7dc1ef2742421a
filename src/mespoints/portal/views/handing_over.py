"""A paper, sealed and handed over; or the page that says why it is not."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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
    except (SealUnusable, SealBroken, SignerUnusable):
        logger.exception("documents: a paper was not issued")
        return unavailable(request)
    disposition = f'attachment; filename="{issued.filename}"'
    return HttpResponse(issued.pdf, content_type="application/pdf", headers={"Content-Disposition": disposition})


def workshop(seal: Seal) -> Workshop:
    """Raises ``SignerUnusable``."""
    return Workshop(
        seal=seal,
        signer=signer(),
        base_url=settings.BASE_URL,
        invented=settings.INVENTED_DATA,
    )


def signer() -> Signer | None:
    held = settings.VISIBLE_CODE
    return None if held is None else load_signer(held.key, authority=held.authority, certificate=held.certificate)


def unavailable(request: HttpRequest) -> HttpResponse:
    page = PlainPage(frame=frame_of(request, "Document indisponible", Place.DOCUMENTS))
    return render(request, "portal/document_unavailable.html", {"page": page}, status=503)
