"""Coming in and going out by an identity provider: one walk, the provider is said by the address."""

import logging
from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST, require_safe

from mespoints.identity import attempts, pending, sessions
from mespoints.identity.destinations import PARAMETER
from mespoints.identity.failures import GoodbyeUnknown, SignInFailure, StateFailure
from mespoints.identity.link import account_of
from mespoints.identity.linking_failures import FileNumberAsked, SecondProofAsked
from mespoints.identity.oidc.callback import Callback
from mespoints.identity.oidc.claims import VerifiedIdentity
from mespoints.identity.oidc.client import answers, authorization_url, end_session_url, identify
from mespoints.identity.oidc.profile import Prompt
from mespoints.identity.words import Provider, Purpose
from mespoints.messages.outbox import UnusableRecipient, enqueue
from mespoints.messages.templates import TemplateCode
from mespoints.portal.pages.sign_in import Goodbye, sign_in_failed_page, sign_in_page
from mespoints.portal.views.destinations import DESTINATIONS, route
from mespoints.portal.views.doors import open_doors
from mespoints.portal.views.providers import profile_of, registered

logger = logging.getLogger(__name__)


@require_safe
def doors(request: HttpRequest) -> HttpResponse:
    destination = DESTINATIONS.known(request.GET.get(PARAMETER))
    page = sign_in_page(
        goodbye=sessions.take_note(request),
        doors=open_doors(),
        destination=destination,
        password_door=reverse("account_login", query={"next": reverse(route(destination))} if destination else None),
        is_signed_in=request.user.is_authenticated,
        has_invented_data=settings.INVENTED_DATA,
    )
    return render(request, "portal/sign_in.html", {"page": page})


@require_POST
def start(request: HttpRequest, provider: Provider) -> HttpResponse:
    try:
        profile = profile_of(provider)
    except SignInFailure as failure:
        return failed(request, failure, provider)
    begun = attempts.begin(
        Purpose.SIGN_IN,
        provider=provider,
        browser=sessions.browser_secret(request),
        nonce_bytes=profile.nonce_bytes,
        now=timezone.now(),
        destination=DESTINATIONS.known(request.POST.get(PARAMETER)),
    )
    # Somebody signed in already is here to prove it anew: a session left open over there proves nothing.
    prompt: Prompt | None = "login" if request.user.is_authenticated else None
    return redirect(authorization_url(profile, state=begun.state, nonce=begun.nonce, prompt=prompt))


@require_GET
def callback(request: HttpRequest, provider: Provider) -> HttpResponse:
    """The short walk: consume the state, exchange the code and check the tokens, find the record, open the session."""
    now = timezone.now()
    try:
        profile = profile_of(provider)
        brought = Callback.read(dict(request.GET.lists()))
        browser = sessions.known_browser(request)
        begun = attempts.consume(Purpose.SIGN_IN, provider=provider, state=brought.state, browser=browser, now=now)
        identity = identify(profile, code=brought.code_from(profile.issuer), nonce_digest=begun.nonce_digest, now=now)
    except SignInFailure as failure:
        return failed(request, failure, provider)
    return entered(request, identity, begun.destination, now)


def entered(request: HttpRequest, identity: VerifiedIdentity, destination: str, now: datetime) -> HttpResponse:
    """The identity is sure: to the page asked for, or first to the one that asks for a number of the licence."""
    try:
        account = account_of(identity, now)
    except SecondProofAsked as asked:
        logger.log(asked.level, "%s", asked.said(identity.provider).code)
        pending.keep(request, identity, several=isinstance(asked, FileNumberAsked), destination=destination, now=now)
        return redirect("portal:second_proof")
    except SignInFailure as failure:
        return failed(request, failure, identity.provider)
    sessions.open_session(request, account, identity, now)
    return welcome(identity, destination, now)


def welcome(identity: VerifiedIdentity, destination: str, now: datetime) -> HttpResponse:
    """The session is open: the letter that says so, and the page asked for; the balance when none was."""
    tell_of_sign_in(identity.email, now)
    return redirect(route(destination))


def tell_of_sign_in(email: str | None, now: datetime) -> None:
    """At the address the provider gave. One that cannot be written to must not keep its owner out."""
    with suppress(UnusableRecipient):
        if email is not None:
            enqueue(template=TemplateCode.SIGN_IN_NOTICE, recipient=email, now=now)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Here first, whatever happens over there; then over there, if there is anybody to tell."""
    known = sessions.close_session(request)
    if known is None:
        return _goodbye(request, Goodbye.HERE, None)
    provider = Provider(known.provider)
    profile = registered(provider)
    if profile is None or not answers(profile):
        return _goodbye(request, Goodbye.HERE_ONLY, provider)
    begun = attempts.begin(
        Purpose.SIGN_OUT,
        provider=provider,
        browser=sessions.browser_secret(request),
        nonce_bytes=profile.nonce_bytes,
        now=timezone.now(),
    )
    return redirect(end_session_url(profile, id_token=known.id_token, state=begun.state))


@require_GET
def signed_out(request: HttpRequest, provider: Provider) -> HttpResponse:
    """The provider brings the person back. Ends nothing: a forged return must not sign anybody out."""
    states = request.GET.getlist("state")
    try:
        attempts.consume(
            Purpose.SIGN_OUT,
            provider=provider,
            state=states[0] if len(states) == 1 else None,
            browser=sessions.known_browser(request),
            now=timezone.now(),
        )
    except StateFailure:
        return failed(request, GoodbyeUnknown(), provider)
    return _goodbye(request, Goodbye.EVERYWHERE, provider)


def _goodbye(request: HttpRequest, goodbye: Goodbye, provider: Provider | None) -> HttpResponse:
    """Said on the next page, so that a reload does not repeat what worked once."""
    sessions.leave_note(request, goodbye.said(provider))
    return redirect("portal:sign_in")


def failed(request: HttpRequest, failure: SignInFailure, provider: Provider) -> HttpResponse:
    said = failure.said(provider)
    # The code and nothing else: never an identity, never what the provider answered.
    logger.log(failure.level, "%s", said.code)
    page = sign_in_failed_page(said, is_signed_in=request.user.is_authenticated, has_invented_data=settings.INVENTED_DATA)
    return render(request, "portal/sign_in_failed.html", {"page": page}, status=failure.status)
