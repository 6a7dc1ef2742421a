"""The pages of those who run the register. They show, and change nothing."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mespoints.desk import journal
from mespoints.desk.access import on_this_machine
from mespoints.desk.pages.frame import Frame, Place, frame
from mespoints.desk.pages.night import night_page
from mespoints.desk.pages.nights import nights_page
from mespoints.desk.pages.quarantine import AT_ONCE, quarantine_page, waiting_in_words
from mespoints.feed.freshness import freshness
from mespoints.feed.quarantine import waiting

LATEST = 30
LARGEST_NUMBER = 2**63 - 1


@require_safe
@on_this_machine
def nights(request: HttpRequest) -> HttpResponse:
    page = nights_page(
        _frame("Nuits", Place.NIGHTS),
        journal.latest(LATEST),
        freshness(timezone.now()),
        waiting_in_words(list(waiting(at_most=AT_ONCE + 1))),
    )
    return render(request, "desk/nights.html", {"page": page})


@require_safe
@on_this_machine
def night(request: HttpRequest, number: int) -> HttpResponse:
    found = journal.night(number) if number <= LARGEST_NUMBER else None
    if found is None:
        raise Http404
    page = night_page(_frame("Rapport d’une nuit", Place.NIGHTS), found)
    return render(request, "desk/night.html", {"page": page})


@require_safe
@on_this_machine
def quarantine(request: HttpRequest, after: int = 0) -> HttpResponse:
    rows = list(waiting(after, AT_ONCE + 1)) if after <= LARGEST_NUMBER else []
    page = quarantine_page(_frame("Quarantaine", Place.QUARANTINE), rows)
    return render(request, "desk/quarantine.html", {"page": page})


def _frame(title: str, here: Place) -> Frame:
    return frame(title, here, has_invented_data=settings.INVENTED_DATA)
