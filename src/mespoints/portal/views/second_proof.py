"""Between FranceConnect and the balance, when a number of the licence must say which record it is."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mespoints.identity import pending, sessions
from mespoints.identity.failures import SignInFailure
from mespoints.identity.linking_failures import SecondProofLate, SecondProofUnreadable, SecondProofWrong
from mespoints.identity.second_proof import prove
from mespoints.identity.words import Provider
from mespoints.portal.pages.second_proof import second_proof_page
from mespoints.portal.views.sign_in import failed, welcome

logger = logging.getLogger(__name__)

LONGEST = 40
"""Characters read of what is typed: the longest number, with separators everywhere."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_proof(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    identity = pending.pending(request, now)
    if identity is None:
        provider = pending.waits_by(request)
        pending.drop(request)
        return failed(request, SecondProofLate(), provider) if provider else redirect("portal:sign_in")
    if request.method != "POST":
        return asked(request, identity.provider)
    typed = request.POST.get("number", "").strip()[:LONGEST]
    try:
        account = prove(identity, typed, now)
    except (SecondProofWrong, SecondProofUnreadable) as failure:
        logger.log(failure.level, "%s", failure.said(identity.provider).code)
        return asked(request, identity.provider, typed, failure)
    except SignInFailure as failure:
        pending.drop(request)
        return failed(request, failure, identity.provider)
    destination = pending.destination(request)
    sessions.open_session(request, account, identity, now)
    return welcome(identity, destination, now)


def asked(request: HttpRequest, provider: Provider, typed: str = "", failure: SignInFailure | None = None) -> HttpResponse:
    page = second_proof_page(
        only_a_file_number=pending.only_a_file_number_chooses(request),
        provider=provider.label,
        typed=typed,
        said=failure.said(provider) if failure else None,
        has_invented_data=settings.INVENTED_DATA,
    )
    return render(request, "portal/second_proof.html", {"page": page}, status=failure.status if failure else 200)
