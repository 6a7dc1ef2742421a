"""Log lines that say where a failure happened and never on whose data."""

import logging
import traceback
from copy import copy
from types import TracebackType

from django.http import HttpRequest

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class DiscreetFormatter(logging.Formatter):
    """Writes an exception as its type and the places it went through, without its message.

    The message of a database error quotes the row it refused: a name, a birth date, a file number. And an address as its route
    (``verifier/<str:reference>/``): people type into addresses what they would type into a form.
    """

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            record = copy(record)
            record.args = tuple(_route(request) if _is_address(given) else given for given in record.args or ())
        return super().format(record)

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 – the name is the standard library's
        kind, _, trace = ei
        places = [f"  {place.filename}:{place.lineno} in {place.name}" for place in traceback.extract_tb(trace)]
        return "\n".join([kind.__name__ if kind else "no exception", *places])


def _is_address(given: object) -> bool:
    return isinstance(given, str) and given.startswith("/")


def _route(request: HttpRequest) -> str:
    return request.resolver_match.route if request.resolver_match is not None else "an address that is none of ours"
