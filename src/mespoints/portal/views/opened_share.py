"""Where a hirer, an employer or an insurer opens what a driver shared: a code, a name, one answer; no account, no cookie."""

import logging
from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from mespoints.documents.share import LONGEST_TYPED, Answer, Refusal, open_share, typed_code
from mespoints.identity.contact_address import contact_address
from mespoints.messages.outbox import UnusableRecipient, enqueue
from mespoints.messages.templates import TemplateCode
from mespoints.portal.pages import share as pages
from mespoints.portal.pages.share import OpenSharePage, answer_page, open_share_page
from mespoints.portal.views.framing import frame_of
from mespoints.rate_limits.address import address_of
from mespoints.register.consultation import TraceRefused

logger = logging.getLogger(__name__)

TITLE = "Ouvrir un partage"


# A form of another site could spend a view of a share whose code and name it knows already: it may as well come here. Nothing is
# asked of who the visitor is, and no cookie is left with him.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def open_a_share(request: HttpRequest) -> HttpResponse:
    frame = frame_of(request, TITLE)
    if request.method != "POST":
        return form(request, open_share_page(frame))
    typed, name = request.POST.get(pages.CODE, ""), request.POST.get(pages.NAME, "").strip()
    code = typed_code(typed)
    if code is None or not name or len(name) > pages.LONGEST_NAME or "\0" in name:
        page = open_share_page(
            frame,
            code=typed[:LONGEST_TYPED],
            code_problem=pages.NO_CODE if code is None else "",
            name_problem="" if 0 < len(name) <= pages.LONGEST_NAME and "\0" not in name else pages.NO_NAME,
        )
        return form(request, page, status=422)
    now = timezone.now()
    try:
        answer = open_share(code, name, address_of(request.META, settings.TRUSTED_PROXIES), now)
    except TraceRefused:
        logger.exception("documents: a share was not opened, its trace could not be written")
        return form(request, open_share_page(frame, refused=pages.UNAVAILABLE), status=503)
    match answer:
        case Answer():
            tell_the_driver(answer.account_id, now)
            return render(request, "portal/share_answer.html", {"page": answer_page(frame, answer)})
        case Refusal.TOO_MANY_TRIES:
            return form(request, open_share_page(frame, refused=pages.TOO_MANY), status=429)
        case Refusal.NOT_OPENED:
            # The code is not written back: the page is the same whatever was wrong.
            return form(request, open_share_page(frame, refused=pages.NOT_OPENED), status=404)


def tell_the_driver(account_id: int, now: datetime) -> None:
    """The receipt is in his list in any case; one that cannot be written to learns it there."""
    recipient = contact_address(account_id)
    with suppress(UnusableRecipient):
        if recipient:
            enqueue(template=TemplateCode.SHARE_VIEWED, recipient=recipient, now=now)


def form(request: HttpRequest, page: OpenSharePage, *, status: int = 200) -> HttpResponse:
    return render(request, "portal/share_open.html", {"page": page}, status=status)
