"""The addresses of the open API and what each answers. No session is read, no cookie set, nothing of a case is kept."""

import json
import logging
from functools import cache
from typing import Any, NoReturn

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import NinjaAPI, P, QueryEx
from ninja.renderers import BaseRenderer

from mespoints.api import description, verification
from mespoints.api.evaluation import Answer, answer
from mespoints.api.limits import MinuteLimits
from mespoints.api.offences import OffencesFound, offences_found
from mespoints.api.reading import Asked, read
from mespoints.api.refusals import Refusal, status_of
from mespoints.api.usage import Meter
from mespoints.law.case_fields import CaseError, refuse
from mespoints.law.case_json import to_json
from mespoints.rate_limits.address import address_of

log = logging.getLogger(__name__)
meter = Meter()

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE")
READING = ("GET", "HEAD")
OPEN_TO_ALL_SITES = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}
"""A page of any site may call: there is no session to abuse, and the answer says nothing that the question did not hold."""


class ContractJson(BaseRenderer):
    """The bytes of the command: a lone surrogate is a letter of JSON and of no encoding, written as JSON escapes it."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002 – Ninja's door
        return to_json(data).encode("utf-8", "backslashreplace")


class OpenApi(NinjaAPI):
    def create_response(self, *args: Any, **options: Any) -> HttpResponse:
        response = super().create_response(*args, **options)
        for name, value in OPEN_TO_ALL_SITES.items():
            response[name] = value
        return response


# Ninja's own page of documentation loads scripts from another site: ours is views.docs.
doors = OpenApi(
    title=description.TITLE,
    version=description.VERSION,
    description=description.SUMMARY,
    openapi_url=None,
    docs_url=None,
    urls_namespace="v1",
    renderer=ContractJson(),
)


@doors.post("/evaluate", url_name="evaluate", **description.EVALUATE)
def evaluate(request: HttpRequest) -> Answer | list[Answer]:
    asked = read(request)
    match asked:
        case Asked():
            admit(request, cases=asked.weight)
            return answer(asked)
        case CaseError():
            admit(request, cases=0)
            raise asked


@doors.api_operation(["HEAD"], "/offences", include_in_schema=False, response=OffencesFound)
@doors.get("/offences", url_name="offences", response=OffencesFound, **description.OFFENCES)
def offences(
    request: HttpRequest,
    search: QueryEx[str, P(description="mots cherchés dans le code, l’article et le libellé")] = "",
    on: QueryEx[str | None, P(description="jour de l’infraction : seules celles en vigueur ce jour-là")] = None,
) -> OffencesFound:
    admit(request, cases=0)
    for name in request.GET:
        if name not in ("search", "on"):
            refuse("unknown_field", name[:80], "paramètre inconnu ; attendu « search » ou « on ».")
    return offences_found(search, on)


@doors.post("/verify", url_name="verify", response=verification.PaperVerdict, **description.VERIFY)
def verify(request: HttpRequest) -> verification.PaperVerdict:
    asked = verification.question(request)
    if isinstance(asked, CaseError):
        admit(request, cases=0)
        raise asked
    admit(request, cases=verification.weight(asked))
    return verification.verdict(asked, timezone.now())


@doors.api_operation(["HEAD"], "/verify/trust", include_in_schema=False)
@doors.get("/verify/trust", url_name="verify_trust", **description.VERIFY_TRUST)
def verify_trust(request: HttpRequest) -> HttpResponse:
    admit(request, cases=0)
    return HttpResponse(verification.trust_file(), content_type="application/json", headers=OPEN_TO_ALL_SITES)


@doors.api_operation(["GET", "HEAD"], "/openapi.json", url_name="openapi", include_in_schema=False)
def openapi(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 – Ninja gives it by this name
    return described()


@cache
def described() -> dict[str, Any]:
    return description.whole(json.loads(json.dumps(doors.get_openapi_schema(path_prefix=description.ROOT))))


def admit(request: HttpRequest, *, cases: int) -> None:
    """Raises Refusal when this address asks too much."""
    now = timezone.now()
    limits = MinuteLimits(requests=settings.API_REQUESTS_PER_MINUTE, cases=settings.API_CASES_PER_MINUTE)
    meter.admit(address_of(request.META, settings.TRUSTED_PROXIES), cases=cases, limits=limits, now=now)


# What is asked otherwise than it should be


def close_other_doors(path: str, *methods: str) -> None:
    """Browsers ask leave by OPTIONS before sending JSON from another site; the other methods are refused in our form."""
    allowed = ", ".join((*methods, "OPTIONS"))

    def leave(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 – same
        asked = {"Access-Control-Allow-Methods": allowed, "Access-Control-Allow-Headers": "Content-Type"}
        return HttpResponse(
            status=204, headers={**OPEN_TO_ALL_SITES, **asked, "Access-Control-Max-Age": "86400", "Allow": allowed}
        )

    def wrong_method(request: HttpRequest) -> NoReturn:
        message = f"méthode {request.method} refusée ; attendu {' ou '.join(methods)}."
        raise Refusal("method_not_allowed", message, headers={"Allow": allowed})

    others = [name for name in METHODS if name not in methods]
    doors.api_operation(["OPTIONS"], path, include_in_schema=False)(leave)
    doors.api_operation(others, path, include_in_schema=False)(wrong_method)


close_other_doors("/evaluate", "POST")
close_other_doors("/offences", *READING)
close_other_doors("/verify", "POST")
close_other_doors("/verify/trust", *READING)
close_other_doors("/openapi.json", *READING)


@doors.api_operation(list(METHODS), "/{path:rest}", url_name="elsewhere", include_in_schema=False)
def elsewhere(request: HttpRequest, rest: str) -> NoReturn:  # noqa: ARG001 – same
    raise Refusal("not_found", f"rien à cette adresse ; la liste des adresses est sur {description.ROOT}docs.")


@doors.exception_handler(CaseError)
def refused(request: HttpRequest, error: CaseError) -> HttpResponse:
    response = doors.create_response(request, error.as_json(), status=status_of(error))
    if isinstance(error, Refusal):
        for name, value in error.headers.items():
            response[name] = value
    return response


@doors.exception_handler(Exception)
def failed(request: HttpRequest, error: Exception) -> HttpResponse:
    """The log has the places, never what was asked (``config.discreet_log``)."""
    log.error("API-INTERNAL: a request was not answered", exc_info=error)
    message = "le calcul a échoué de notre fait, pas du vôtre ; réessayez plus tard, ou signalez-le avec votre cas."
    return refused(request, Refusal("internal", message))
