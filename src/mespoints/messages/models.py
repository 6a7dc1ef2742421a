"""What is to be sent: written in the caller's transaction, delivered later, whatever happens to the channel."""

import uuid
from typing import ClassVar

from django.db import models


class OutboxState(models.TextChoices):
    PENDING = "pending"
    SENT = "sent"
    ABANDONED = "abandoned"
    """Refused for good, or tried too often."""


class Outbox(models.Model):
    """One message to one address. The address is erased once the message is sent or abandoned: it has served."""

    id = models.BigAutoField(primary_key=True)
    reference = models.UUIDField(unique=True, default=uuid.uuid4)
    channel = models.CharField(max_length=16)
    recipient = models.TextField()
    template = models.CharField(max_length=64)
    subject = models.TextField()
    body = models.TextField()
    state = models.CharField(max_length=16, choices=OutboxState.choices, default=OutboxState.PENDING)
    attempts = models.SmallIntegerField(default=0)
    enqueued_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True, default=None)
    """For a message that carries a one-time code: past it, it is not sent. Its words are wiped once it has served."""
    failure = models.CharField(max_length=64, default="")
    """Code of the last failure, never the words of the server: they often repeat the address."""

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["channel", "next_attempt_at"],
                condition=models.Q(state=OutboxState.PENDING),
                name="messages_outbox_due",
            ),
        ]
