"""What linking leaves: attempts, the agents' queue, disputes. No name, no birth date in clear here."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mespoints.identity.words import Provider, ReviewState


class LinkingAttempt(models.Model):
    """One identity compared with the register: what was decided, by which rules, and what came of it. Kept a year."""

    provider = models.CharField(max_length=32, choices=Provider.choices)
    subject_digest = models.CharField(max_length=64)
    """Keyed, as all digests here: a civil status can be guessed, a bare digest of it too."""
    inputs_digest = models.CharField(max_length=64)
    verdict = models.CharField(max_length=16)
    doubt = models.CharField(max_length=32, null=True)
    codes = models.JSONField()
    """Holder → codes of its fields (``matching.reasons``)."""
    rules = models.CharField(max_length=32)
    outcome = models.CharField(max_length=32)
    """``linked``, or the code of the failure the person saw."""
    at = models.DateTimeField(db_index=True)


class LinkingReview(models.Model):
    """A doubtful link that waits for an agent, then what he decided. It links nothing: the person's next sign-in reads it."""

    provider = models.CharField(max_length=32, choices=Provider.choices)
    subject_digest = models.CharField(max_length=64)
    inputs_digest = models.CharField(max_length=64)
    doubt = models.CharField(max_length=32)
    codes = models.JSONField()
    rules = models.CharField(max_length=32)
    holder_ids = ArrayField(models.BigIntegerField())
    sealed_words = models.BinaryField(null=True)
    """The identity itself, encrypted (``sealed_words``): an agent must be able to compare. Gone with the decision."""
    words_until = models.DateTimeField()
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=ReviewState.choices, default=ReviewState.WAITING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    chosen_holder = models.ForeignKey("register.Holder", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "opened_at"], name="identity_review_oldest")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "subject_digest"], condition=Q(state="waiting"), name="one_waiting_review_per_subject"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(decided_at__isnull=False, sealed_words__isnull=True), name="review_decided_whole"
            ),
            models.CheckConstraint(condition=Q(state="linked") ^ Q(chosen_holder__isnull=True), name="review_linked_to_someone"),
        ]


class Dispute(models.Model):
    """Two people claim one record: nobody is linked to it until an agent settles."""

    holder = models.ForeignKey("register.Holder", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, default=None)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder"], condition=Q(settled_at__isnull=True), name="one_open_dispute_per_holder")
        ]
