"""HTTP to a provider, bounded in time and size, every trouble named."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from time import monotonic
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.models import PreparedRequest, Response
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.response import BaseHTTPResponse

from mespoints.identity.failures import AnswerTooLarge, ProviderDown, ProviderSlow, ProviderUnreadable
from mespoints.identity.oidc.profile import ProviderProfile

_PIECE = 16 * 1024


class BoundedAdapter(HTTPAdapter):
    """Reads an answer at once, and stops when it is too long or too slow in coming."""

    def __init__(self, profile: ProviderProfile) -> None:
        self._profile = profile
        super().__init__(max_retries=0)

    def send(self, request: PreparedRequest, *args: Any, **options: Any) -> Response:
        times = (self._profile.connect_seconds, self._profile.read_seconds)
        response = super().send(request, *args, **(options | {"stream": True, "timeout": times}))
        wire = response.raw
        try:
            response.raw = BytesIO(self._read(wire))
        finally:
            wire.close()
        return response

    def _read(self, wire: BaseHTTPResponse) -> bytes:
        deadline = monotonic() + self._profile.total_seconds
        body = bytearray()
        # read1, not read: read waits for a whole piece, and a drop every second would never end.
        while piece := wire.read1(_PIECE, decode_content=True):
            body += piece
            if len(body) > self._profile.max_answer_bytes:
                raise AnswerTooLarge
            if monotonic() > deadline:
                raise ProviderSlow
        return bytes(body)


def bounded(session: requests.Session, profile: ProviderProfile) -> requests.Session:
    """The same session, with nothing but the bounded adapter behind it."""
    session.adapters.clear()
    for scheme in ("https://", "http://"):
        session.mount(scheme, BoundedAdapter(profile))
    return session


@contextmanager
def named_troubles() -> Iterator[None]:
    """Turns what the network throws into the failure it is, and a JSON nested without end into what cannot be read."""
    try:
        yield
    except (requests.Timeout, ReadTimeoutError) as trouble:
        raise ProviderSlow from trouble
    except (requests.RequestException, HTTPError, OSError) as trouble:
        raise ProviderDown from trouble
    except RecursionError as trouble:
        raise ProviderUnreadable from trouble
