"""The nights: how fresh the register is, and what each night did."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mespoints.desk import journal
from mespoints.desk.access import for_roles
from mespoints.desk.pages.frame import Place
from mespoints.desk.pages.night import night_page
from mespoints.desk.pages.nights import nights_page
from mespoints.desk.pages.quarantine import AT_ONCE, waiting_in_words
from mespoints.desk.views.framing import LARGEST_NUMBER, framed
from mespoints.feed.freshness import freshness
from mespoints.feed.quarantine_rows import waiting
from mespoints.identity.roles import Role

LATEST = 30


@require_safe
@for_roles(Role.OPERATOR)
def nights(request: HttpRequest) -> HttpResponse:
    page = nights_page(
        framed(request, "Nuits", Place.NIGHTS),
        journal.latest(LATEST),
        freshness(timezone.now()),
        waiting_in_words(list(waiting(at_most=AT_ONCE + 1))),
    )
    return render(request, "desk/nights.html", {"page": page})


@require_safe
@for_roles(Role.OPERATOR)
def night(request: HttpRequest, number: int) -> HttpResponse:
    found = journal.night(number) if number <= LARGEST_NUMBER else None
    if found is None:
        raise Http404
    page = night_page(framed(request, "Rapport d’une nuit", Place.NIGHTS), found)
    return render(request, "desk/night.html", {"page": page})
