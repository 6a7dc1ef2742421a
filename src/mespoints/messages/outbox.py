"""Messages wait here: enqueued with the caller's transaction, delivered by whoever calls ``deliver_pending``."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from uuid import UUID, uuid4

from django.db import transaction

from mespoints.messages.channels import Channel, ChannelName, DeliveryFailed, is_usable
from mespoints.messages.models import Outbox, OutboxState
from mespoints.messages.parcel import Parcel
from mespoints.messages.templates import TemplateCode, template, words

DELAYS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
"""After each failed attempt, the wait before the next; after the last, the message is abandoned."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeToSend:
    """A one-time code, and the moment from which it serves no more (excluded): it is not sent after."""

    code: str
    good_until: datetime


def enqueue(
    *,
    template: TemplateCode,
    recipient: str,
    now: datetime,
    channel: ChannelName = ChannelName.EMAIL,
    code: CodeToSend | None = None,
) -> UUID:
    """Writes the message in the caller's transaction: undone with it. Returns its reference.

    ``now`` (aware) is the moment the message tells. Raises ``UnusableRecipient``.
    """
    if not is_usable(channel, recipient):
        raise UnusableRecipient("l’adresse du destinataire n’a pas la forme attendue, par exemple nom@domaine.fr")
    text = words(template, now, code.code if code is not None else None)
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
        good_until=code.good_until if code is not None else None,
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
    if message.good_until is not None and now >= message.good_until:
        message.failure = "out_of_date"
        return _ended(message, OutboxState.ABANDONED)
    message.attempts += 1
    try:
        channel.send(_parcel(message))
    except DeliveryFailed as failure:
        message.failure = failure.code
        if failure.is_final or message.attempts > len(DELAYS):
            return _ended(message, OutboxState.ABANDONED)
        message.next_attempt_at = now + DELAYS[message.attempts - 1]
        return _Fate.POSTPONED
    message.sent_at = now
    message.failure = ""
    return _ended(message, OutboxState.SENT)


def _ended(message: Outbox, state: OutboxState) -> _Fate:
    """What has served is erased."""
    message.state = state
    message.recipient = ""
    if template(TemplateCode(message.template)).carries_a_code:
        message.body = ""
    return _Fate.SENT if state is OutboxState.SENT else _Fate.ABANDONED


def _parcel(message: Outbox) -> Parcel:
    return Parcel(
        reference=message.reference,
        recipient=message.recipient,
        subject=message.subject,
        body=message.body,
        enqueued_at=message.enqueued_at,
    )
