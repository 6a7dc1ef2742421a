"""The way of every personal page to its record: the holder's own, and no other."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from mespoints.identity.sessions import current_link, signed_in
from mespoints.identity.words import Level
from mespoints.portal.pages.frame import PlainPage
from mespoints.portal.views.destinations import to_the_door
from mespoints.portal.views.framing import frame_of
from mespoints.register.consultation import Reader, ReaderRole, UnknownHolder, record

View = Callable[..., HttpResponse]
PersonalView = Callable[..., HttpResponse]
"""Receives the request, the record, then what the address names."""


def holder_only(view: View) -> View:
    """For a page that needs a holder and reads no record."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, **named: str) -> HttpResponse:
        return no_record(request) if current_link(request) is None else view(request, **named)

    return guarded


def own_record(reason: str) -> Callable[[PersonalView], View]:
    """Gives the view the record of the person who is signed in; ``reason`` is what the trace says of the consultation."""

    def guard(view: PersonalView) -> View:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, **named: str) -> HttpResponse:
            link = current_link(request)
            if link is None:
                return no_record(request)
            reader = Reader(account_id=link.account_id, role=ReaderRole.HOLDER, reason=reason)
            try:
                consulted = record(link.holder.file_number, reader)
            except UnknownHolder:
                return no_record(request)
            return view(request, consulted, **named)

        return guarded

    return guard


def no_record(request: HttpRequest) -> HttpResponse:
    """Not signed in: to the sign-in page. Signed in without a record: a page that says so and what to do."""
    if not request.user.is_authenticated:
        return to_the_door(request)
    known = signed_in(request)
    if known is not None and known.level is Level.MEDIUM:
        # Nobody has vouched for this identity: the account is still to be linked.
        return redirect("portal:number_claim")
    page = PlainPage(frame=frame_of(request, "Aucun dossier à votre nom"))
    return render(request, "portal/unlinked.html", {"page": page}, status=404)
