"""How a message leaves. One channel now: e-mail by SMTP."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from enum import StrEnum
from typing import Protocol, assert_never
from urllib.parse import unquote, urlsplit
from uuid import UUID

from mespoints.messages.parcel import Parcel

SMTP_TIMEOUT = 10.0
"""Seconds for each exchange with the server."""

_PERMANENT = 500
_LONGEST_EMAIL = 254
# The form browsers accept in an e-mail field; an address with accents before the @ is not taken.
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_DEFAULT_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


class ChannelName(StrEnum):
    EMAIL = "email"


def is_usable(channel: ChannelName, recipient: str) -> bool:
    match channel:
        case ChannelName.EMAIL:
            return len(recipient) <= _LONGEST_EMAIL and _EMAIL.fullmatch(recipient) is not None
        case _:
            assert_never(channel)


class DeliveryFailed(Exception):
    """``code`` is stable and tells nothing of the recipient; ``is_final``: trying again would change nothing."""

    def __init__(self, code: str, *, is_final: bool) -> None:
        super().__init__(code)
        self.code = code
        self.is_final = is_final


class Channel(Protocol):
    @property
    def name(self) -> ChannelName: ...

    def send(self, parcel: Parcel) -> None:
        """Raises ``DeliveryFailed``."""


class UnusableSmtpAddress(ValueError):
    """The address of the SMTP server cannot be used; the message says what is expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpChannel:
    host: str
    port: int
    sender: str
    """Address of the sender, as people see it."""
    security: str = "smtp"
    """``smtp`` in clear (same machine), ``smtp+starttls``, or ``smtps``."""
    user: str | None = None
    password: str | None = None
    timeout: float = SMTP_TIMEOUT

    @classmethod
    def at(cls, url: str, sender: str) -> "SmtpChannel":
        """``smtp://host:port``, ``smtp+starttls://user:secret@host`` or ``smtps://…``. Raises ``UnusableSmtpAddress``."""
        parts = urlsplit(url)
        if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
            raise UnusableSmtpAddress(
                "l’adresse du serveur de messages doit être de la forme smtp://machine:port, smtp+starttls://… ou smtps://…"
            )
        return cls(
            host=parts.hostname,
            port=parts.port or _DEFAULT_PORTS[parts.scheme],
            sender=sender,
            security=parts.scheme,
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )

    @property
    def name(self) -> ChannelName:
        return ChannelName.EMAIL

    def send(self, parcel: Parcel) -> None:
        try:
            with self._session() as session:
                session.send_message(_email(parcel, self.sender))
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise DeliveryFailed("recipient_refused", is_final=all(code >= _PERMANENT for code in codes)) from None
        except smtplib.SMTPAuthenticationError:
            raise DeliveryFailed("authentication_refused", is_final=False) from None
        except smtplib.SMTPResponseException as error:
            raise DeliveryFailed(f"smtp_{error.smtp_code}", is_final=error.smtp_code >= _PERMANENT) from None
        except (smtplib.SMTPException, OSError):
            raise DeliveryFailed("unreachable", is_final=False) from None

    @contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        context = ssl.create_default_context()
        session = (
            smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=context)
            if self.security == "smtps"
            else smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        )
        with session:
            if self.security == "smtp+starttls":
                session.starttls(context=context)
            if self.user is not None:
                session.login(self.user, self.password or "")
            yield session


def _email(parcel: Parcel, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = parcel.recipient
    message["Subject"] = parcel.subject
    message["Date"] = format_datetime(parcel.enqueued_at)
    message["Message-ID"] = _message_id(parcel.reference, sender)
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "fr"
    message.set_content(parcel.body)
    return message


def _message_id(reference: UUID, sender: str) -> str:
    """The same at each attempt: a message sent twice by a crash is shown once."""
    return f"<{reference}@{sender.rpartition('@')[2].rstrip('>')}>"
