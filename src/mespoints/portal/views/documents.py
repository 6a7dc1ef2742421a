"""The papers: which one for whom, each handed over sealed, and what to do when one was refused.

The two views that hand over a paper with points stand in this file, each with its own line of decorators.
"""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mespoints.documents.issuance import issue_attestation, issue_full_statement, issue_period_statement
from mespoints.documents.standing import standing
from mespoints.identity.step_up import Sensitive
from mespoints.law.replay import replay
from mespoints.portal.pages.frame import Place
from mespoints.portal.pages.papers import AUDIENCES, audience_page, documents_page
from mespoints.portal.pages.period import DayField, Period, period_page, proposed, read_period
from mespoints.portal.pages.refusals import REFUSALS, refusal_page, refused_page
from mespoints.portal.views.framing import frame_of
from mespoints.portal.views.handing_over import handed_over
from mespoints.portal.views.own_record import holder_only, own_record
from mespoints.portal.views.stepping_up import stepped_up
from mespoints.register.consultation import HolderRecord
from mespoints.register.licence_state import LicenceState


@require_safe
@own_record("choisir un document")
def documents(request: HttpRequest, consulted: HolderRecord) -> HttpResponse:
    page = documents_page(frame_of(request, "Documents", Place.DOCUMENTS), state_of(consulted))
    return render(request, "portal/documents.html", {"page": page})


@require_safe
@own_record("choisir un document")
def audience(request: HttpRequest, consulted: HolderRecord, slug: str) -> HttpResponse:
    asked = AUDIENCES.get(slug)
    if asked is None:
        raise Http404
    page = audience_page(frame_of(request, asked.title, Place.DOCUMENTS), asked, state_of(consulted))
    return render(request, "portal/document_for.html", {"page": page})


@require_POST
@own_record("mon attestation de droits à conduire")
def attestation(request: HttpRequest, consulted: HolderRecord) -> HttpResponse:
    now = timezone.now()
    return handed_over(request, now, lambda workshop: issue_attestation(consulted, timezone.localdate(now), now, workshop))


# Carries points.
@require_POST
@stepped_up(Sensitive.PAPER_WITH_POINTS, back="portal:documents")
@own_record("mon relevé intégral")
def full_statement(request: HttpRequest, consulted: HolderRecord) -> HttpResponse:
    now = timezone.now()
    return handed_over(request, now, lambda workshop: issue_full_statement(consulted, timezone.localdate(now), now, workshop))


# Carries points.
@require_http_methods(["GET", "HEAD", "POST"])
@stepped_up(Sensitive.PAPER_WITH_POINTS)
@own_record("mon relevé partiel")
def period_statement(request: HttpRequest, consulted: HolderRecord) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    if request.method != "POST":
        return period_form(request, proposed(request.GET, today), today)
    asked = read_period(request.POST, today)
    if not isinstance(asked, Period):
        return period_form(request, asked, today)
    days = (asked.first_on, asked.last_on)
    return handed_over(request, now, lambda workshop: issue_period_statement(consulted, days, today, now, workshop))


@require_safe
@holder_only
def refused(request: HttpRequest) -> HttpResponse:
    page = refused_page(frame_of(request, "Mon papier a été refusé", Place.DOCUMENTS))
    return render(request, "portal/document_refused.html", {"page": page})


@require_safe
@holder_only
def refusal(request: HttpRequest, slug: str) -> HttpResponse:
    met = REFUSALS.get(slug)
    if met is None:
        raise Http404
    page = refusal_page(frame_of(request, met.title, Place.DOCUMENTS), met)
    return render(request, "portal/document_refusal.html", {"page": page})


def period_form(request: HttpRequest, fields: tuple[DayField, DayField], today: date) -> HttpResponse:
    page = period_page(frame_of(request, "Relevé partiel", Place.DOCUMENTS), fields, today)
    return render(request, "portal/period_statement.html", {"page": page}, status=422 if page.has_problems else 200)


def state_of(consulted: HolderRecord) -> LicenceState:
    return standing(consulted, replay(consulted.record), timezone.localdate()).state
