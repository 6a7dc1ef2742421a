"""The path to a record by its number. The register is never read here: a page cannot tell what it does not know."""

import logging
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mespoints.identity import sessions
from mespoints.identity.licence_claim import Claim
from mespoints.identity.licence_number import Applicant, ask, ask_again, awaits_a_code, confirm
from mespoints.identity.number_failures import NumberFailure
from mespoints.identity.words import Level, Provider
from mespoints.portal.forms import Refused, read_claim
from mespoints.portal.pages import number as pages
from mespoints.portal.pages.account.forms import Gesture, Way
from mespoints.portal.views.framing import frame_of
from mespoints.portal.views.own_record import no_record
from mespoints.rate_limits.address import address_of

logger = logging.getLogger(__name__)

LONGEST_CODE = 60
"""Characters: the rest is not looked at."""

ApplicantView = Callable[[HttpRequest, Applicant], HttpResponse]
View = Callable[[HttpRequest], HttpResponse]


def for_applicants(view: ApplicantView) -> View:
    """For whoever came in by a password and has no record yet; anybody else is led where he belongs."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        account, known = sessions.account(request), sessions.signed_in(request)
        if account is None:
            return redirect("portal:number_path")
        if sessions.current_link(request) is not None:
            return redirect("portal:balance")
        if known is None or known.level is not Level.MEDIUM:
            return no_record(request)
        return view(request, Applicant(account=account, address=address_of(request.META, settings.TRUSTED_PROXIES)))

    return guarded


@require_safe
def path(request: HttpRequest) -> HttpResponse:
    if sessions.account(request) is not None:
        return redirect("portal:number_claim")
    return render(request, "portal/number/path.html", {"page": pages.path_page(frame_of(request, "Par le numéro de dossier"))})


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def claim(request: HttpRequest, applicant: Applicant) -> HttpResponse:
    now = timezone.now()
    if request.method != "POST":
        return claim_asked(request, applicant, None)
    match read_claim(request.POST.dict(), timezone.localdate(now)):
        case Refused() as refused:
            return claim_asked(request, applicant, refused)
        case Claim() as read:
            try:
                ask(applicant, read, now)
            except NumberFailure as failure:
                return failed(request, failure)
    return redirect("portal:number_code")


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def code(request: HttpRequest, applicant: Applicant) -> HttpResponse:
    if request.method != "POST":
        return code_asked(request, None)
    typed = request.POST.get("code", "")[:LONGEST_CODE]
    if not typed.strip():
        return code_asked(request, pages.NO_CODE_TYPED)
    try:
        confirm(applicant, typed, timezone.now())
    except NumberFailure as failure:
        problem = pages.problem_of(failure)
        if problem is None:
            return failed(request, failure)
        note(failure)
        return code_asked(request, problem)
    # More is open to this session than before.
    sessions.renew_key(request)
    return redirect("portal:balance")


@require_POST
@for_applicants
def another_code(request: HttpRequest, applicant: Applicant) -> HttpResponse:
    try:
        ask_again(applicant, timezone.now())
    except NumberFailure as failure:
        return failed(request, failure)
    return redirect("portal:number_code")


def claim_asked(request: HttpRequest, applicant: Applicant, refused: Refused | None) -> HttpResponse:
    ways = [Way(label="Je n’y arrive pas", address=reverse("portal:lost_access"))]
    if awaits_a_code(applicant.account, timezone.now()):
        ways.insert(0, Way(label="J’ai déjà demandé un code", address=reverse("portal:number_code")))
    frame = frame_of(request, pages.CLAIM.title)
    page = pages.claim_page(frame, typed=request.POST.dict(), refused=refused, ways=tuple(ways))
    return render(request, "portal/number/claim.html", {"page": page})


def code_asked(request: HttpRequest, problem: str | None) -> HttpResponse:
    again = Gesture(label="Envoyer un autre code", address=reverse("portal:number_another_code"))
    ways = (
        Way(label="Corriger ce que j’ai écrit", address=reverse("portal:number_claim")),
        Way(label="Le code n’arrive pas", address=reverse("portal:lost_access") + "#code"),
    )
    page = pages.code_page(frame_of(request, pages.CODE.title), problem=problem, gestures=(again,), ways=ways)
    return render(request, "portal/number/code.html", {"page": page})


def failed(request: HttpRequest, failure: NumberFailure) -> HttpResponse:
    note(failure)
    page = pages.number_failed_page(frame_of(request, "Activation interrompue"), failure)
    return render(request, "portal/number/failed.html", {"page": page}, status=failure.status)


def note(failure: NumberFailure) -> None:
    """The code and nothing else."""
    logger.log(failure.level, "%s", failure.said(Provider.LICENCE_NUMBER).code)
