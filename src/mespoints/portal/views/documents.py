"""The papers: which one for whom, each handed over sealed, and what to do when one was refused."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from mespoints.documents.issuance import issue_attestation, issue_full_statement
from mespoints.portal.pages.frame import Place, PlainPage
from mespoints.portal.views.framing import frame_of
from mespoints.portal.views.handing_over import handed_over
from mespoints.portal.views.own_record import holder_only, own_record
from mespoints.register.consultation import HolderRecord


@require_safe
@holder_only
def documents(request: HttpRequest) -> HttpResponse:
    page = PlainPage(frame=frame_of(request, "Documents", Place.DOCUMENTS))
    return render(request, "portal/documents.html", {"page": page})


# A paper that carries points.
@require_POST
@own_record("mon relevé intégral")
def full_statement(request: HttpRequest, consulted: HolderRecord) -> HttpResponse:
    now = timezone.now()
    return handed_over(request, now, lambda workshop: issue_full_statement(consulted, timezone.localdate(now), now, workshop))


@require_POST
@own_record("mon attestation de droits à conduire")
def attestation(request: HttpRequest, consulted: HolderRecord) -> HttpResponse:
    now = timezone.now()
    return handed_over(request, now, lambda workshop: issue_attestation(consulted, timezone.localdate(now), now, workshop))
