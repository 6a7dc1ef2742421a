"""The driver's side of sharing: what is shared and who looked, a new share, an end to one."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mespoints.documents.share import TooManyShares, Wish, categories_today, revoke, share, shares_of
from mespoints.identity.sessions import current_link
from mespoints.identity.step_up import Sensitive
from mespoints.portal.pages.frame import Place
from mespoints.portal.pages.share import CATEGORIES, made_page, new_share_page, read_wish, shares_page
from mespoints.portal.views.framing import frame_of
from mespoints.portal.views.own_record import holder_only, own_record
from mespoints.portal.views.stepping_up import stepped_up
from mespoints.register.consultation import HolderRecord

TITLE = "Partager un droit"


@require_safe
@own_record("mes partages")
def shares(request: HttpRequest, consulted: HolderRecord) -> HttpResponse:
    shared = shares_of(consulted.holder.holder_id, timezone.localdate())
    page = shares_page(frame_of(request, "Mes partages", Place.DOCUMENTS), shared)
    return render(request, "portal/shares.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@stepped_up(Sensitive.SHARING)
@own_record("partager un droit de conduire")
def new_share(request: HttpRequest, consulted: HolderRecord) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    offered = categories_today(consulted, today)
    given, chosen = request.POST.dict(), request.POST.getlist(CATEGORIES)
    frame = frame_of(request, TITLE, Place.DOCUMENTS)
    link = current_link(request)
    if request.method != "POST" or link is None:
        return form(request, new_share_page(frame, offered, given={}, chosen=offered if len(offered) == 1 else (), problems={}))
    wish = read_wish(given, chosen, offered, today)
    if not isinstance(wish, Wish):
        return form(request, new_share_page(frame, offered, given=given, chosen=chosen, problems=wish))
    try:
        code = share(consulted, link.account_id, wish, now)
    except TooManyShares:
        return form(request, new_share_page(frame, offered, given=given, chosen=chosen, problems={}, is_refused=True), status=429)
    # Shown here and nowhere else: an address to come back to would be one more place where the code lies.
    page = made_page(frame, wish, code, settings.BASE_URL + reverse("portal:open_share"))
    return render(request, "portal/share_made.html", {"page": page})


@require_POST
@holder_only
def stop(request: HttpRequest, number: int) -> HttpResponse:
    link = current_link(request)
    if link is not None:
        revoke(link.holder_id, number, timezone.now())
    return redirect("portal:shares")


def form(request: HttpRequest, page: object, *, status: int = 0) -> HttpResponse:
    answered = status or (422 if getattr(page, "has_problems", False) else 200)
    return render(request, "portal/share_new.html", {"page": page}, status=answered)
