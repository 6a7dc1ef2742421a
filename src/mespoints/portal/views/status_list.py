"""The lists of statuses, for programs: public, the same for everybody, kept a few minutes by whoever likes."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from mespoints.documents.status_list import CONTENT_TYPE, TTL, load_status_key, public_keys, token

PUBLIC = {"Cache-Control": f"public, max-age={int(TTL.total_seconds())}", "Access-Control-Allow-Origin": "*"}


@require_safe
def status_list(request: HttpRequest, number: int) -> HttpResponse:  # noqa: ARG001 – Django's form
    if settings.STATUS_KEY is None:
        raise Http404
    signed = token(number, timezone.now(), base_url=settings.BASE_URL, key_file=settings.STATUS_KEY)
    if signed is None:
        raise Http404
    return HttpResponse(signed, content_type=CONTENT_TYPE, headers=PUBLIC)


@require_safe
def status_keys(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 – same
    if settings.STATUS_KEY is None:
        raise Http404
    return JsonResponse(public_keys(load_status_key(settings.STATUS_KEY)), headers=PUBLIC)
