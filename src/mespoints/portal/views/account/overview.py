"""« Mon compte », and the buttons that close sessions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mespoints.identity import sessions
from mespoints.identity.factors import address, factors
from mespoints.identity.open_sessions import close_others, open_sessions
from mespoints.identity.words import Word
from mespoints.portal.pages.account.overview import account_page
from mespoints.portal.pages.frame import Place
from mespoints.portal.views.destinations import to_the_door
from mespoints.portal.views.framing import frame_of

ALL_CLOSED = "Toutes vos sessions sont fermées, celle-ci comprise."


@require_safe
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    holder = sessions.account(request)
    if holder is None:
        return to_the_door(request)
    link = sessions.current_link(request)
    has_password = sessions.has_password(request)
    page = account_page(
        frame_of(request, "Mon compte", Place.ACCOUNT),
        word=sessions.take_word(request),
        email=address(holder) if has_password else None,
        factors=factors(holder) if has_password else None,
        linked_since=link.since if link is not None else None,
        sessions=open_sessions(request, holder, timezone.now()),
    )
    return render(request, "portal/account/overview.html", {"page": page})


@require_POST
def close_other_sessions(request: HttpRequest) -> HttpResponse:
    close_others(request)
    sessions.leave_word(request, Word.OTHERS_CLOSED)
    return redirect("portal:account")


@require_POST
def close_all_sessions(request: HttpRequest) -> HttpResponse:
    close_others(request)
    sessions.close_session(request)
    sessions.leave_note(request, ALL_CLOSED)
    return redirect("portal:sign_in")
