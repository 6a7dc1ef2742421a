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
    """One message to one address. The address is erased once the message is sent or abandoned: it has served.

    So are the words of a message that carries a one-time code.
    """

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


class ContactProof(models.Model):
    """One attempt of an account to prove that it reads what is sent to a holder: one code, good once, for a while, for few tries.

    Account and holder are numbers here, not foreign keys: this package lies below theirs. A row without a code answers like any
    other and accepts nothing: whoever asks cannot tell whether a code left.
    """

    id = models.BigAutoField(primary_key=True)
    account_id = models.BigIntegerField()
    holder_id = models.BigIntegerField(null=True, default=None)
    channel = models.CharField(max_length=16, default="")
    code_digest = models.CharField(max_length=64, default="")
    """Keyed, and bound to the row, the account, the holder and the channel. Empty: no code was sent."""
    tries_left = models.SmallIntegerField()
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    """Excluded."""
    ended_at = models.DateTimeField(null=True, default=None)
    """When it served, or when another took its place."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account_id"], condition=models.Q(ended_at__isnull=True), name="one_current_proof_per_account"
            ),
            models.CheckConstraint(condition=models.Q(tries_left__gte=0), name="proof_tries_are_counted_down"),
        ]
