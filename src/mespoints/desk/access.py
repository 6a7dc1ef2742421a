"""Who may open the desk. Agents do not sign in yet: until they do, it is open on the machine of a demonstration only."""

import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

FORWARDING = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")
"""Behind a proxy everyone seems to be on this machine: any word of one closes the desk."""

View = Callable[..., HttpResponse]


def on_this_machine(view: View) -> View:
    """With invented data only, and from the machine itself; for anybody else the page does not exist."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, **captured: Any) -> HttpResponse:
        if not settings.INVENTED_DATA or not is_from_here(request.META):
            raise Http404
        return view(request, **captured)

    return guarded


def is_from_here(meta: dict[str, str]) -> bool:
    if any(meta.get(name) for name in FORWARDING):
        return False
    try:
        return ipaddress.ip_address(meta.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def operator_id(request: HttpRequest) -> int:  # noqa: ARG001 – who asks is in the request once operators sign in
    """The account kept with every act of the desk. 0 is the operator of a demonstration: nobody signs in there."""
    return 0
