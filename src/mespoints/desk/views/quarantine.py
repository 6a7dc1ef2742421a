"""The rows that wait in quarantine."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mespoints.desk.access import for_roles
from mespoints.desk.pages.frame import Place
from mespoints.desk.pages.quarantine import AT_ONCE, quarantine_page
from mespoints.desk.views.framing import framed
from mespoints.feed.quarantine import waiting
from mespoints.identity.roles import Role

LARGEST_NUMBER = 2**63 - 1


@require_safe
@for_roles(Role.OPERATOR)
def quarantine(request: HttpRequest, after: int = 0) -> HttpResponse:
    rows = list(waiting(after, AT_ONCE + 1)) if after <= LARGEST_NUMBER else []
    page = quarantine_page(framed(request, "Quarantaine", Place.QUARANTINE), rows)
    return render(request, "desk/quarantine.html", {"page": page})
