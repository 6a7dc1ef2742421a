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


def own_record(reason: str) -> Callable[[PersonalView], View]:
    """Gives the view the record of the person who is signed in; ``reason`` is what the trace says of the consultation.

    Not signed in: to the sign-in page. Signed in without a record: a page that says so and what to do.
    """

    def guard(view: PersonalView) -> View:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect("portal:sign_in")
            link = current_link(request)
            if link is None:
                return unlinked(request)
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
