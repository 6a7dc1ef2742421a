"""The way of every personal page to its record: the holder's own, and no other."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from mespoints.identity.sessions import current_link
from mespoints.portal.pages.frame import PlainPage
from mespoints.portal.views.framing import frame_of
from mespoints.register.consultation import HolderRecord, Reader, ReaderRole, UnknownHolder, record

View = Callable[[HttpRequest], HttpResponse]
PersonalView = Callable[[HttpRequest, HolderRecord], HttpResponse]


def holder_only(view: View) -> View:
    """Not signed in: to the sign-in page. Signed in without a record: a page that says so and what to do."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect("portal:sign_in")
        return unlinked(request) if current_link(request) is None else view(request)

    return guarded


def own_record(reason: str) -> Callable[[PersonalView], View]:
    """Gives the view the record of the person who is signed in; ``reason`` is what the trace says of the consultation."""

    def guard(view: PersonalView) -> View:
        @holder_only
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            link = current_link(request)
            assert link is not None
            reader = Reader(account_id=request.user.pk, role=ReaderRole.HOLDER, reason=reason)
            try:
                consulted = record(link.holder.file_number, reader)
            except UnknownHolder:
                return unlinked(request)
            return view(request, consulted)

        return guarded

    return guard


def unlinked(request: HttpRequest) -> HttpResponse:
    page = PlainPage(frame=frame_of(request, "Aucun dossier à votre nom"))
    return render(request, "portal/unlinked.html", {"page": page}, status=404)
