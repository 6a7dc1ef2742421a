"""The two doors of the mailbox, SMTP and HTTP, open together and closed together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from simulators.mailbox.letters import Letters, letter_of
from simulators.mailbox.page import PageServer


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    letters: Letters
    smtp_port: int
    http_port: int


class _Slot:
    """Takes every message; an address that begins with ``refuse@`` is refused for good, ``later@`` for the moment."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters

    async def handle_RCPT(  # noqa: N802 - the name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if address.startswith("refuse@"):
            return "550 5.1.1 Unknown mailbox"
        if address.startswith("later@"):
            return "451 4.3.0 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - same
        del server, session
        content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        self._letters.keep(letter_of(envelope.mail_from or "", tuple(envelope.rcpt_tos), content))
        return "250 2.0.0 OK"


@contextmanager
def mailbox(host: str, smtp_port: int, http_port: int) -> Iterator[Mailbox]:
    """Listens until the block ends; port 0 for the page lets the system choose. Raises OSError when a port is taken."""
    letters = Letters()
    page_server = PageServer((host, http_port), letters)
    controller = Controller(_Slot(letters), hostname=host, port=smtp_port)
    try:
        controller.start()
    except BaseException:
        page_server.server_close()
        raise
    thread = Thread(target=page_server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Mailbox(letters=letters, smtp_port=smtp_port, http_port=page_server.server_address[1])
    finally:
        page_server.shutdown()
        thread.join()
        page_server.server_close()
        controller.stop()
