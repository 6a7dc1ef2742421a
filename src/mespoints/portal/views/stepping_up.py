"""What stands before a sensitive view: one more proof, then back to it."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from mespoints.identity import sessions
from mespoints.identity.factors import has_second_factor
from mespoints.identity.step_up import Asked, Sensitive, step_up
from mespoints.identity.words import Provider
from mespoints.portal.pages.account.forms import Way
from mespoints.portal.pages.account.step_up import step_up_page
from mespoints.portal.pages.doors import FRANCECONNECT, FRANCECONNECT_PLUS, Door
from mespoints.portal.views.destinations import word_of
from mespoints.portal.views.framing import frame_of

View = Callable[..., HttpResponse]

LABELS = {
    "mfa_reauthenticate:webauthn": "Utiliser ma clé d’accès",
    "mfa_reauthenticate": "Utiliser un code de mon application ou de secours",
    "reauthenticate": "Utiliser mon mot de passe",
}


def stepped_up(purpose: Sensitive, *, back: str | None = None) -> Callable[[View], View]:
    """``back``: the route of the page to return to, when the view itself only answers a button; by default, the view itself."""

    def guard(view: View) -> View:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                # Leads to the door by itself, or is nobody's.
                return view(request, *args, **kwargs)
            asked = asked_before(request, purpose)
            if asked is Asked.NOTHING:
                return view(request, *args, **kwargs)
            return one_step_more(request, purpose, asked, reverse(back) if back else request.path)

        return guarded

    return guard


def asked_before(request: HttpRequest, purpose: Sensitive) -> Asked:
    """Whether there is a second factor is looked up for the one purpose that depends on it: the others cost no statement."""
    holder = sessions.account(request) if purpose is Sensitive.FACTORS else None
    has_factor = holder is not None and has_second_factor(holder)
    return step_up(sessions.signed_in(request), purpose, timezone.now(), has_second_factor=has_factor)


def one_step_more(request: HttpRequest, purpose: Sensitive, asked: Asked, back: str) -> HttpResponse:
    """Whoever has a password and is asked for any proof goes straight to it; the others read what is asked first."""
    has_password = sessions.has_password(request)
    if asked is Asked.PROOF and has_password:
        return redirect(proof_address("account_reauthenticate", back))
    sessions.leave_destination(request, word_of(back))
    page = step_up_page(
        frame_of(request, "Une étape de plus"),
        purpose,
        asked,
        door=None if has_password else provider_door(request),
        destination=word_of(back),
        ways=proofs(request, back, with_password=asked is Asked.PROOF),
        adding=(
            Way(label="Ajouter une clé d’accès (empreinte, visage ou code de l’appareil)", address=reverse("mfa_add_webauthn")),
            Way(label="Ajouter une application de codes", address=reverse("mfa_activate_totp")),
        ),
        back=given_up(purpose, back, request),
    )
    if purpose is Sensitive.FACTORS:
        page = replace(page, way_out=lost_factor())
    return render(request, "portal/account/step_up.html", {"page": page}, status=403)


def given_up(purpose: Sensitive, back: str, request: HttpRequest) -> str:
    """Giving up leads to a page that asks for nothing: the one asked for would ask again."""
    if purpose is Sensitive.FACTORS:
        return reverse("portal:account")
    return reverse("portal:documents") if back == request.path else back


def lost_factor() -> Way:
    return Way(label="Je n’ai plus mon second facteur", address=reverse("portal:lost_access") + "#second-facteur")


def provider_door(request: HttpRequest) -> Door:
    """The one this person came by: another would open another account."""
    known = sessions.signed_in(request)
    return FRANCECONNECT_PLUS if known is not None and known.provider == Provider.FRANCECONNECT_PLUS else FRANCECONNECT


def proofs(request: HttpRequest, back: str, *, with_password: bool) -> tuple[Way, ...]:
    """The ways this person has, passkey first."""
    known = {way["id"]: way["url"] for way in get_adapter().get_reauthentication_methods(request.user)}
    return tuple(
        Way(label=label, address=f"{known[name]}?{urlencode({'next': back})}")
        for name, label in LABELS.items()
        if name in known and (with_password or name != "reauthenticate")
    )


def proof_address(route: str, back: str) -> str:
    return f"{reverse(route)}?{urlencode({'next': back})}"
