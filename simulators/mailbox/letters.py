"""What was received, in memory only."""

from collections import deque
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from threading import Lock

MOST_LETTERS = 500
"""Older ones are forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    sender: str
    recipients: tuple[str, ...]
    subject: str
    received: str
    """Moment written in the message by its sender."""
    body: str


class Letters:
    def __init__(self) -> None:
        self._letters: deque[Letter] = deque(maxlen=MOST_LETTERS)
        self._lock = Lock()

    def keep(self, letter: Letter) -> None:
        with self._lock:
            self._letters.appendleft(letter)

    def latest_first(self) -> tuple[Letter, ...]:
        with self._lock:
            return tuple(self._letters)


def letter_of(sender: str, recipients: tuple[str, ...], content: bytes) -> Letter:
    message = BytesParser(policy=policy.default).parsebytes(content)
    body = message.get_body(("plain", "html"))
    return Letter(
        sender=sender,
        recipients=recipients,
        subject=str(message["Subject"] or ""),
        received=str(message["Date"] or ""),
        body=body.get_content().replace("\r\n", "\n") if body is not None else "",
    )
