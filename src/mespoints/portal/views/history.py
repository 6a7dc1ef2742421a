from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mespoints.portal.pages.frame import Place
from mespoints.portal.pages.history import history_page
from mespoints.portal.views.framing import frame_of
from mespoints.portal.views.own_record import own_record
from mespoints.register.consultation import HolderRecord


@require_safe
@own_record("mon historique")
def history(request: HttpRequest, consulted: HolderRecord) -> HttpResponse:
    page = history_page(consulted, timezone.localdate(), frame_of(request, "Historique", Place.HISTORY))
    return render(request, "portal/history.html", {"page": page})
