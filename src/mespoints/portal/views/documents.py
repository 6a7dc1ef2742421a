import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mespoints.documents.issuance import SealBroken, issue_full_statement
from mespoints.documents.seal import SealUnusable, load_seal
from mespoints.identity.step_up import Sensitive
from mespoints.portal.pages.frame import Place, PlainPage
from mespoints.portal.views.framing import frame_of
from mespoints.portal.views.own_record import holder_only, own_record
from mespoints.portal.views.stepping_up import stepped_up
from mespoints.register.consultation import HolderRecord

logger = logging.getLogger(__name__)


@require_safe
@holder_only
def documents(request: HttpRequest) -> HttpResponse:
    page = PlainPage(frame=frame_of(request, "Documents", Place.DOCUMENTS))
    return render(request, "portal/documents.html", {"page": page})


@require_POST
@stepped_up(Sensitive.PAPER_WITH_POINTS, back="portal:documents")
@own_record("mon relevé intégral")
def full_statement(request: HttpRequest, consulted: HolderRecord) -> HttpResponse:
    now = timezone.now()
    if settings.SEAL is None:
        logger.error("documents: no seal is configured, no statement can be issued")
        return unavailable(request)
    try:
        seal = load_seal(settings.SEAL.key, settings.SEAL.certificate, now)
        issued = issue_full_statement(consulted, timezone.localdate(now), now, seal, invented=settings.INVENTED_DATA)
    except (SealUnusable, SealBroken):
        logger.exception("documents: the full statement was not issued")
        return unavailable(request)
    disposition = f'attachment; filename="{issued.filename}"'
    return HttpResponse(issued.pdf, content_type="application/pdf", headers={"Content-Disposition": disposition})


def unavailable(request: HttpRequest) -> HttpResponse:
    """A paper without its seal is never handed over."""
    page = PlainPage(frame=frame_of(request, "Document indisponible", Place.DOCUMENTS))
    return render(request, "portal/document_unavailable.html", {"page": page}, status=503)
