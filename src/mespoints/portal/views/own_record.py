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
from mespoints.register.consultation import HolderRecord, Reader, ReaderRole, UnknownHolder, record
from mespoints.register.licence_state import LicenceState

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
            if is_of_the_deceased(consulted):
                return closed_record(request)
            return view(request, consulted, **named)

        return guarded

    return guard


def is_of_the_deceased(consulted: HolderRecord) -> bool:
    """As FranceConnect's door judges at each sign-in: a session that was open, or a password, must not outlive its holder."""
    return consulted.licence_state is not None and consulted.licence_state.state is LicenceState.DECEASED


def closed_record(request: HttpRequest) -> HttpResponse:
    page = PlainPage(frame=frame_of(request, "Dossier fermé"))
    return render(request, "portal/closed_record.html", {"page": page}, status=403)


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
