"""HTTP to a provider, bounded in time and size, every trouble named."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import monotonic

import requests
from requests.adapters import HTTPAdapter
from requests.models import PreparedRequest, Response
from urllib3.exceptions import HTTPError, ReadTimeoutError

from mespoints.identity.failures import AnswerTooLarge, ProviderDown, ProviderSlow
from mespoints.identity.oidc.profile import ProviderProfile

_PIECE = 16 * 1024


class BoundedAdapter(HTTPAdapter):
    """Reads an answer at once, and stops when it is too long or too slow in coming."""

    def __init__(self, profile: ProviderProfile) -> None:
        self._profile = profile
        super().__init__(max_retries=0)

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> Response:
        times = (self._profile.connect_seconds, self._profile.read_seconds)
        response = super().send(request, stream=True, timeout=times, verify=verify, cert=cert, proxies=proxies)
        try:
            body = self._read(response)
        finally:
            response.close()
        response._content = body
        response._content_consumed = True  # type: ignore[attr-defined]
        return response

    def _read(self, response: Response) -> bytes:
        deadline = monotonic() + self._profile.total_seconds
        body = bytearray()
        # read1, not read: read waits for a whole piece, and a drop every second would never end.
        while piece := response.raw.read1(_PIECE, decode_content=True):
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
    """Turns what the network throws into the failure it is."""
    try:
        yield
    except (requests.Timeout, ReadTimeoutError) as trouble:
        raise ProviderSlow from trouble
    except (requests.RequestException, HTTPError, OSError) as trouble:
        raise ProviderDown from trouble
