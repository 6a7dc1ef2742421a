"""Coming in and going out by ProConnect."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from mespoints.desk.destinations import DESTINATIONS, place
from mespoints.desk.notes import leave_note, take_note
from mespoints.desk.pages.frame import Frame, Place, frame
from mespoints.desk.pages.sign_in import Goodbye, sign_in_failed_page, sign_in_page
from mespoints.desk.wording import typeset
from mespoints.identity import agent_sessions, attempts
from mespoints.identity.agent_failures import SecondFactorMissing
from mespoints.identity.agents import agent_account
from mespoints.identity.destinations import PARAMETER
from mespoints.identity.failures import GoodbyeUnknown, LevelTooLow, ProviderNotConfigured, SignInFailure, StateFailure
from mespoints.identity.oidc.callback import Callback
from mespoints.identity.oidc.client import answers, authorization_url, end_session_url, identify_agent
from mespoints.identity.oidc.profile import ProviderProfile, proconnect
from mespoints.identity.roles import Role
from mespoints.identity.sessions import browser_secret, known_browser
from mespoints.identity.words import Provider, Purpose

logger = logging.getLogger(__name__)

NOBODY: frozenset[Role] = frozenset()


@require_safe
@never_cache
def door(request: HttpRequest) -> HttpResponse:
    found = agent_sessions.agent_at_work(request, timezone.now())
    roles = found.known.roles if found else NOBODY
    page = sign_in_page(
        _frame("Se connecter", Place.SIGN_IN, roles),
        goodbye=take_note(request),
        has_proconnect=settings.PROCONNECT is not None,
        is_driver=request.user.is_authenticated,
        roles=roles,
        destination=DESTINATIONS.known(request.GET.get(PARAMETER)),
    )
    return render(request, "desk/sign_in.html", {"page": page})


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    try:
        profile = _proconnect()
    except SignInFailure as failure:
        return _failed(request, failure)
    begun = attempts.begin(
        Purpose.AGENT_SIGN_IN,
        provider=Provider.PROCONNECT,
        browser=browser_secret(request),
        nonce_bytes=profile.nonce_bytes,
        now=timezone.now(),
        destination=DESTINATIONS.known(request.POST.get(PARAMETER)),
    )
    return redirect(authorization_url(profile, state=begun.state, nonce=begun.nonce))


@require_GET
@never_cache
def callback(request: HttpRequest) -> HttpResponse:
    """The short walk: consume the state, exchange the code and check the tokens, look into the allow-list, open the session."""
    now = timezone.now()
    try:
        profile = _proconnect()
        brought = Callback.read(dict(request.GET.lists()))
        browser = known_browser(request)
        begun = attempts.consume(
            Purpose.AGENT_SIGN_IN, provider=Provider.PROCONNECT, state=brought.state, browser=browser, now=now
        )
        verified = identify_agent(profile, code=brought.code_from(profile.issuer), nonce_digest=begun.nonce_digest, now=now)
        known = agent_account(verified, now)
    except LevelTooLow:
        # What was agreed with ProConnect asks for it; said here in words that tell what to do.
        return _failed(request, SecondFactorMissing())
    except SignInFailure as failure:
        return _failed(request, failure)
    agent_sessions.open_agent_session(request, known, verified, now)
    return redirect(place(begun.destination, known.roles))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Here first, whatever happens over there; then over there, if there is anybody to tell."""
    closed = agent_sessions.close_agent_session(request)
    if closed is None:
        return _goodbye(request, Goodbye.HERE)
    try:
        profile = _proconnect()
    except ProviderNotConfigured:
        return _goodbye(request, Goodbye.HERE_ONLY)
    if not answers(profile):
        return _goodbye(request, Goodbye.HERE_ONLY)
    begun = attempts.begin(
        Purpose.AGENT_SIGN_OUT,
        provider=Provider.PROCONNECT,
        browser=browser_secret(request),
        nonce_bytes=profile.nonce_bytes,
        now=timezone.now(),
    )
    return redirect(end_session_url(profile, id_token=closed.id_token, state=begun.state))


@require_GET
@never_cache
def signed_out(request: HttpRequest) -> HttpResponse:
    """ProConnect brings the person back. Ends nothing: a forged return must not sign anybody out."""
    states = request.GET.getlist("state")
    try:
        attempts.consume(
            Purpose.AGENT_SIGN_OUT,
            provider=Provider.PROCONNECT,
            state=states[0] if len(states) == 1 else None,
            browser=known_browser(request),
            now=timezone.now(),
        )
    except StateFailure:
        return _failed(request, GoodbyeUnknown())
    return _goodbye(request, Goodbye.EVERYWHERE)


def _proconnect() -> ProviderProfile:
    access = settings.PROCONNECT
    if access is None:
        raise ProviderNotConfigured
    return proconnect(
        issuer=access.issuer,
        client_id=access.client_id,
        client_secret=access.client_secret,
        redirect_uri=settings.BASE_URL + reverse("desk:proconnect_callback"),
        post_logout_redirect_uri=settings.BASE_URL + reverse("desk:signed_out"),
    )


def _frame(title: str, here: Place | None, roles: frozenset[Role]) -> Frame:
    return frame(title, here, roles=roles, has_invented_data=settings.INVENTED_DATA)


def _goodbye(request: HttpRequest, goodbye: Goodbye) -> HttpResponse:
    """Said on the next page, so that a reload does not repeat what worked once."""
    leave_note(request, typeset(goodbye.value))
    return redirect("desk:sign_in")


def _failed(request: HttpRequest, failure: SignInFailure) -> HttpResponse:
    said = failure.said(Provider.PROCONNECT)
    # The code and nothing else: never an identity, never what the provider answered.
    logger.log(failure.level, "%s", said.code)
    found = agent_sessions.agent_at_work(request, timezone.now())
    shown = _frame("Connexion interrompue", None, found.known.roles if found else NOBODY)
    return render(request, "desk/sign_in_failed.html", {"page": sign_in_failed_page(shown, said)}, status=failure.status)
