"""A moment vouched for by a time-stamping authority (RFC 3161), asked over HTTP; bounded in time and in size.

``simulators/timestamp`` stands for the authority in tests and demonstrations.
"""

import asyncio
from time import monotonic

import requests
from asn1crypto import cms, tsp
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
LARGEST_REPLY = 64 * 1024
"""Bytes; a token with its chain has about six thousand."""
PIECE = 4096
GRANTED = frozenset({"granted", "granted_with_mods"})


class HttpTimestamper(TimeStamper):
    """Asks for a nonce and checks it, as pyHanko does, and checks too that the token is about what was asked."""

    def __init__(self, url: str, seconds: float) -> None:
        super().__init__(include_nonce=True)  # type: ignore[no-untyped-call]
        self.url = url
        self.seconds = seconds

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        return await asyncio.to_thread(self._ask, req)

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Raises ``TimestampRequestError``, whatever the authority answers."""
        nonce, request = self.request_cms(message_digest, md_algorithm)  # type: ignore[no-untyped-call]
        try:
            token = self._token(await self.async_request_tsa_response(request))
            said = token["content"]["encap_content_info"]["content"].parsed
            is_ours = said["nonce"].native == nonce and said["message_imprint"].dump() == request["message_imprint"].dump()
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise TimestampRequestError("réponse illisible") from error
        if not is_ours:
            raise TimestampRequestError("horodatage d’autre chose que ce qui était demandé")
        return token

    def _token(self, response: tsp.TimeStampResp) -> cms.ContentInfo:
        status = response["status"]["status"].native
        if status not in GRANTED:
            raise TimestampRequestError(f"demande refusée ({status})")
        return response["time_stamp_token"]

    def _ask(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        deadline = monotonic() + self.seconds
        headers = {"Content-Type": QUERY, "Accept": REPLY, "Accept-Encoding": "identity"}
        try:
            with requests.post(
                self.url, req.dump(), headers=headers, timeout=self.seconds, stream=True, allow_redirects=False
            ) as answer:
                if answer.status_code != requests.codes.ok or answer.headers.get("Content-Type") != REPLY:
                    raise TimestampRequestError(f"statut {answer.status_code}, ou autre chose qu’un horodatage")
                body = self._read(answer, deadline)
        except requests.RequestException as error:
            # Its own message would hold the address, which may carry a password.
            raise TimestampRequestError(f"pas de réponse ({type(error).__name__})") from None
        return tsp.TimeStampResp.load(body)

    def _read(self, answer: requests.Response, deadline: float) -> bytes:
        body = bytearray()
        # read1, not read: read waits for a whole piece, and a drop every second would never end.
        while piece := answer.raw.read1(PIECE):
            body += piece
            if len(body) > LARGEST_REPLY or monotonic() > deadline:
                raise TimestampRequestError("réponse trop longue, ou trop lente")
        return bytes(body)
