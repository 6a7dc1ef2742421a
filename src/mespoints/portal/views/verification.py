"""Checking a paper: no account, no cookie, nothing kept. What is sent is read in memory, answered, and forgotten."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from mespoints.documents.issued_papers import IssuedPapers
from mespoints.documents.verification.child import TooManyAtOnce
from mespoints.documents.verification.outer_form import LARGEST_FILE
from mespoints.documents.verification.own_trust import own_trust
from mespoints.documents.verification.papers import verify_code, verify_pdf, verify_reference
from mespoints.documents.verification.register_of_papers import typed_reference
from mespoints.documents.verification.trust import PaperTrust
from mespoints.documents.verification.verdict import Means, Outcome, Verdict
from mespoints.documents.verification.words import verdict_of
from mespoints.portal.french import typeset
from mespoints.portal.pages.frame import Place
from mespoints.portal.pages.verification import CODE, FILE, REFERENCE, Problem, WaitPage, answer_page, verification_page
from mespoints.portal.views.framing import frame_of
from mespoints.rate_limits.address import address_of
from mespoints.rate_limits.limits import Limit, spend

LIMIT = Limit(name="verifications", at_most=60, within=timedelta(minutes=1))
"""For one address: a whole counter may stand behind it. What one file costs is bounded by ``child``."""
TITLE = "Vérifier un document"
ROOM_FOR_THE_FORM = 64 * 1024
"""Bytes around the file in a request."""
NO_FILE = "Il manque le fichier. Choisissez le PDF reçu, puis recommencez."
NO_CODE = "Il manque le code. Scannez-le, copiez tout le texte, puis collez-le ici."
NO_REFERENCE = "Il manque la référence : douze lettres et chiffres, comme K7Q2-M4XD-9TPA."
BUSY = "Beaucoup de fichiers sont vérifiés en ce moment. Réessayez dans une minute."
TOO_MANY = "Beaucoup de vérifications viennent de votre réseau. Réessayez dans une minute."


class InMemory(MemoryFileUploadHandler):
    """Never a file on the disk, even for a moment; the length was bounded before."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None) -> None:  # noqa: ARG002, N803 – Django's door
        self.activated = content_length <= LARGEST_FILE + ROOM_FOR_THE_FORM


# A form of another site could make somebody's browser ask for a verdict: nothing is changed, nothing personal is answered.
# Without this, the protection would read the request, files included, before the view can bound it; and it would set a cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    if request.method != "POST":
        return form(request)
    if not may_ask(request, now):
        return wait(request, TOO_MANY, status=429)
    if announced(request) > LARGEST_FILE + ROOM_FOR_THE_FORM:
        return answer(request, verdict_of(Means.FILE, Outcome.TOO_LARGE))
    request.upload_handlers = [InMemory(request)]
    try:
        return asked(request, now)
    except TooManyAtOnce:
        return wait(request, BUSY, status=503)


def asked(request: HttpRequest, now: datetime) -> HttpResponse:
    """One of the three forms of the page."""
    if CODE in request.POST:
        return by_code(request, request.POST[CODE], now)
    if REFERENCE in request.POST:
        return by_typed_reference(request, request.POST[REFERENCE])
    given = request.FILES.get(FILE)
    if not isinstance(given, UploadedFile) or not given.size:
        return form(request, Problem(field=FILE, sentence=NO_FILE))
    return answer(request, verify_pdf(given.read(), trust(), IssuedPapers(), now))


def by_code(request: HttpRequest, code: str, now: datetime) -> HttpResponse:
    if not code.strip(" \t\r\n"):
        return form(request, Problem(field=CODE, sentence=NO_CODE))
    verdict = verify_code(code, trust(), IssuedPapers(), now)
    if verdict.outcome is Outcome.NOT_A_CODE:
        return form(request, Problem(field=CODE, sentence=" ".join(verdict.remarks), typed=code))
    return answer(request, verdict)


def by_typed_reference(request: HttpRequest, typed: str) -> HttpResponse:
    reference = typed_reference(typed)
    if reference is not None:
        return redirect("portal:verify_reference", reference=reference)
    sentence = verdict_of(Means.REFERENCE, Outcome.NOT_A_REFERENCE).sentence if typed.strip() else NO_REFERENCE
    return form(request, Problem(field=REFERENCE, sentence=sentence, typed=typed[:100]))


@require_safe
def by_reference(request: HttpRequest, reference: str) -> HttpResponse:
    """Where the QR code of a paper leads."""
    now = timezone.now()
    if not may_ask(request, now):
        return wait(request, TOO_MANY, status=429)
    verdict = verify_reference(reference, IssuedPapers(), now, invented=settings.INVENTED_DATA)
    return answer(request, verdict, status=200 if verdict.outcome is Outcome.KNOWN_REFERENCE else 404)


def may_ask(request: HttpRequest, now: datetime) -> bool:
    return spend(LIMIT, address_of(request.META, settings.TRUSTED_PROXIES), now)


def announced(request: HttpRequest) -> int:
    """Length of the request, in bytes."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    # Longer than any number that fits: not even converted.
    return int(length) if length.isascii() and length.isdigit() and len(length) < len("1000000000000") else LARGEST_FILE * 2


def trust() -> PaperTrust:
    return own_trust(settings.PAPER_TRUST)


def form(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    page = verification_page(frame_of(request, TITLE, Place.VERIFY), problem)
    return render(request, "portal/verification.html", {"page": page})


def answer(request: HttpRequest, verdict: Verdict, *, status: int = 200) -> HttpResponse:
    page = answer_page(frame_of(request, f"{verdict.word} – {TITLE}", Place.VERIFY), verdict)
    return render(request, "portal/verification_answer.html", {"page": page}, status=status)


def wait(request: HttpRequest, sentence: str, *, status: int) -> HttpResponse:
    page = WaitPage(frame=frame_of(request, TITLE, Place.VERIFY), sentence=typeset(sentence))
    return render(request, "portal/verification_wait.html", {"page": page}, status=status)
