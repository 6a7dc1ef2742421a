"""Between FranceConnect and the balance, when a number of the licence must say which record it is."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mespoints.identity import pending, sessions
from mespoints.identity.failures import SecondProofLate, SecondProofUnreadable, SecondProofWrong, SignInFailure
from mespoints.identity.second_proof import prove
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
        was_late = pending.has_waited(request)
        pending.drop(request)
        return failed(request, SecondProofLate()) if was_late else redirect("portal:sign_in")
    if request.method != "POST":
        return asked(request)
    typed = request.POST.get("number", "").strip()[:LONGEST]
    try:
        account = prove(identity, typed, now)
    except (SecondProofWrong, SecondProofUnreadable) as failure:
        logger.log(failure.level, "%s", failure.code)
        return asked(request, typed, failure)
    except SignInFailure as failure:
        pending.drop(request)
        return failed(request, failure)
    sessions.open_session(request, account, identity, now)
    return welcome(identity, now)


def asked(request: HttpRequest, typed: str = "", failure: SignInFailure | None = None) -> HttpResponse:
    page = second_proof_page(
        only_a_file_number=pending.only_a_file_number_chooses(request),
        typed=typed,
        failure=failure,
        has_invented_data=settings.INVENTED_DATA,
    )
    return render(request, "portal/second_proof.html", {"page": page}, status=failure.status if failure else 200)
