"""Messages wait here: enqueued with the caller's transaction, delivered by whoever calls ``deliver_pending``."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from uuid import UUID, uuid4

from django.db import transaction

from mespoints.messages.channels import Channel, ChannelName, DeliveryFailed, is_usable
from mespoints.messages.models import Outbox, OutboxState
from mespoints.messages.parcel import Parcel
from mespoints.messages.templates import TemplateCode, words

DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
"""After each failed attempt, the wait before the next; after the last, the message is abandoned."""

CODE_LIFE = timedelta(minutes=15)
"""How long a one-time code is good: later, the message that carries it would only mislead."""


class UnusableRecipient(ValueError):
    """The address is no address of this channel: it would be refused at each attempt, or worse, add headers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    sent: int = 0
    postponed: int = 0
    abandoned: int = 0


class _Fate(Enum):
    SENT = auto()
    POSTPONED = auto()
    ABANDONED = auto()


def enqueue(
    *,
    template: TemplateCode,
    recipient: str,
    now: datetime,
    channel: ChannelName = ChannelName.EMAIL,
    code: str | None = None,
    expires_at: datetime | None = None,
) -> UUID:
    """Writes the message in the caller's transaction: undone with it. Returns its reference.

    ``now`` (aware) is the moment the message tells. ``code``: the one-time code of a template that carries one; the words
    that hold it are wiped as soon as they have served. ``expires_at`` (excluded): when that code is good no more, if it does not
    have the ordinary life. Raises ``UnusableRecipient``.
    """
    if not is_usable(channel, recipient):
        raise UnusableRecipient("l’adresse du destinataire n’a pas la forme attendue, par exemple nom@domaine.fr")
    text = words(template, now, code)
    reference = uuid4()
    Outbox.objects.create(
        reference=reference,
        channel=channel,
        recipient=recipient,
        template=template,
        subject=text.subject,
        body=text.body,
        enqueued_at=now,
        next_attempt_at=now,
        expires_at=(expires_at or now + CODE_LIFE) if template.carries_code else None,
    )
    return reference


def deliver_pending(channel: Channel, now: datetime, at_most: int = 1_000) -> DeliveryReport:
    """Tries each message due at ``now`` once. Several processes may call it together: none takes another's message.

    A crash between the sending and the note of it sends a message twice, never zero times.
    """
    fates: list[_Fate] = []
    while len(fates) < at_most:
        fate = _deliver_next(channel, now)
        if fate is None:
            break
        fates.append(fate)
    return DeliveryReport(
        sent=fates.count(_Fate.SENT),
        postponed=fates.count(_Fate.POSTPONED),
        abandoned=fates.count(_Fate.ABANDONED),
    )


def _deliver_next(channel: Channel, now: datetime) -> _Fate | None:
    with transaction.atomic():
        message = (
            Outbox.objects.select_for_update(skip_locked=True)
            .filter(channel=channel.name, state=OutboxState.PENDING, next_attempt_at__lte=now)
            .order_by("next_attempt_at", "id")
            .first()
        )
        if message is None:
            return None
        fate = _attempt(channel, message, now)
        message.save()
    return fate


def _attempt(channel: Channel, message: Outbox, now: datetime) -> _Fate:
    if message.expires_at is not None and now >= message.expires_at:
        return _abandoned(message, "too_late")
    message.attempts += 1
    try:
        channel.send(_parcel(message))
    except DeliveryFailed as failure:
        if failure.is_final or message.attempts > len(DELAYS):
            return _abandoned(message, failure.code)
        message.failure = failure.code
        message.next_attempt_at = now + DELAYS[message.attempts - 1]
        return _Fate.POSTPONED
    message.state = OutboxState.SENT
    message.sent_at = now
    message.failure = ""
    _forget(message)
    return _Fate.SENT


def _abandoned(message: Outbox, failure: str) -> _Fate:
    message.state = OutboxState.ABANDONED
    message.failure = failure
    _forget(message)
    return _Fate.ABANDONED


def _forget(message: Outbox) -> None:
    """What has served: the address; and the words, when they hold a code."""
    message.recipient = ""
    if message.expires_at is not None:
        message.body = ""


def _parcel(message: Outbox) -> Parcel:
    return Parcel(
        reference=message.reference,
        recipient=message.recipient,
        subject=message.subject,
        body=message.body,
        enqueued_at=message.enqueued_at,
    )
