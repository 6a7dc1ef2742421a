from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mespoints.portal.pages.lost_access import lost_access_page
from mespoints.portal.views.framing import frame_of


@require_safe
def lost_access(request: HttpRequest) -> HttpResponse:
    page = lost_access_page(frame_of(request, "Accès bloqué"), contact=settings.CONTACT)
    return render(request, "portal/lost_access.html", {"page": page})
