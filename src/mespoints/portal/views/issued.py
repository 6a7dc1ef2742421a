"""The papers already issued: the list, the copy handed over again, the withdrawal. Another's paper is not found.

A paper with points asks for one more proof, as when it was made; one without does not.
"""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mespoints.documents.copies import CopyKeysUnusable
from mespoints.documents.life import HeldPaper, copy_of, paper_of, papers_of, withdraw
from mespoints.documents.share import shares_of
from mespoints.identity.sessions import current_link
from mespoints.identity.step_up import Sensitive
from mespoints.portal.pages.frame import Place
from mespoints.portal.pages.issued import issued_page, withdraw_page
from mespoints.portal.views.framing import frame_of
from mespoints.portal.views.handing_over import attached, copy_keys, unavailable
from mespoints.portal.views.own_record import holder_only, own_record
from mespoints.portal.views.stepping_up import stepped_up
from mespoints.register.consultation import HolderRecord

logger = logging.getLogger(__name__)


@require_safe
@own_record("mes documents délivrés")
def issued(request: HttpRequest, consulted: HolderRecord) -> HttpResponse:
    today = timezone.localdate()
    holder_id = consulted.holder.holder_id
    frame = frame_of(request, "Mes documents délivrés", Place.DOCUMENTS)
    page = issued_page(frame, papers_of(holder_id, today), shares_of(holder_id, today))
    return render(request, "portal/issued.html", {"page": page})


@require_POST
@holder_only
def copy(request: HttpRequest, reference: str) -> HttpResponse:
    view = copy_with_points if own_paper(request, reference).has_points else copy_without_points
    return view(request, reference=reference)


@own_record("télécharger de nouveau un document")
def copy_without_points(request: HttpRequest, consulted: HolderRecord, reference: str) -> HttpResponse:
    return handed_again(request, consulted, reference)


# Carries points.
@stepped_up(Sensitive.PAPER_WITH_POINTS, back="portal:issued")
@own_record("télécharger de nouveau un document avec mes points")
def copy_with_points(request: HttpRequest, consulted: HolderRecord, reference: str) -> HttpResponse:
    return handed_again(request, consulted, reference)


@require_http_methods(["GET", "HEAD", "POST"])
@holder_only
def withdrawal(request: HttpRequest, reference: str) -> HttpResponse:
    view = withdrawal_with_points if own_paper(request, reference).has_points else withdrawal_without_points
    return view(request, reference=reference)


@own_record("retirer un document")
def withdrawal_without_points(request: HttpRequest, consulted: HolderRecord, reference: str) -> HttpResponse:
    return withdrawn(request, consulted, reference)


@stepped_up(Sensitive.PAPER_WITH_POINTS)
@own_record("retirer un document avec mes points")
def withdrawal_with_points(request: HttpRequest, consulted: HolderRecord, reference: str) -> HttpResponse:
    return withdrawn(request, consulted, reference)


def own_paper(request: HttpRequest, reference: str) -> HeldPaper:
    link = current_link(request)
    paper = paper_of(link.holder_id, reference, timezone.localdate()) if link is not None else None
    if paper is None:
        raise Http404
    return paper


def handed_again(request: HttpRequest, consulted: HolderRecord, reference: str) -> HttpResponse:
    """Byte for byte what was delivered."""
    try:
        keys = copy_keys()
        pdf = copy_of(consulted.holder.holder_id, reference, keys) if keys is not None else None
    except CopyKeysUnusable:
        logger.exception("documents: a copy could not be opened")
        return unavailable(request)
    if pdf is None:
        # Its life ended, or it was withdrawn, since the list was shown: the list says which.
        return redirect("portal:issued")
    return attached(pdf, own_paper(request, reference).filename)


def withdrawn(request: HttpRequest, consulted: HolderRecord, reference: str) -> HttpResponse:
    paper = own_paper(request, reference)
    if not paper.can_be_withdrawn:
        return redirect("portal:issued")
    if request.method == "POST":
        withdraw(consulted.holder.holder_id, reference, timezone.now())
        return redirect("portal:issued")
    page = withdraw_page(frame_of(request, "Retirer un document", Place.DOCUMENTS), paper)
    return render(request, "portal/issued_withdraw.html", {"page": page})
