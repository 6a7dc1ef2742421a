"""The headers every answer carries: the pages need no script, so none is allowed; and no page is kept by anyone.

The few pages where a passkey is used are the exception: browsers speak to it by a script only.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

ONE_YEAR = 365 * 24 * 3600
"""Seconds."""

Answer = Callable[[HttpRequest], HttpResponse]


def content_security_policy(form_origins: tuple[str, ...], *, runs_scripts: bool = False) -> str:
    """``form_origins``: where a form of ours may end beside ourselves. Browsers apply it to the redirections that follow too.

    ``runs_scripts``: files of ours, which may ask ourselves; still nothing written in the page.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            *(("script-src 'self'", "connect-src 'self'") if runs_scripts else ()),
            " ".join(("form-action 'self'", *form_origins)),
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def security_headers(next_answer: Answer) -> Answer:
    """Django middleware."""
    headers = {
        "Content-Security-Policy": content_security_policy(settings.CSP_FORM_ORIGINS),
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        # A library computer must not show somebody's points to the next person who presses "back".
        "Cache-Control": "no-store",
    }
    if settings.SESSION_COOKIE_SECURE:
        # Django sends it only when it sees HTTPS itself; behind a proxy that ends TLS it never does.
        headers["Strict-Transport-Security"] = f"max-age={ONE_YEAR}; includeSubDomains"

    def answer(request: HttpRequest) -> HttpResponse:
        response = next_answer(request)
        if getattr(response, "runs_scripts", False):
            response.headers.setdefault(
                "Content-Security-Policy", content_security_policy(settings.CSP_FORM_ORIGINS, runs_scripts=True)
            )
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    return answer
