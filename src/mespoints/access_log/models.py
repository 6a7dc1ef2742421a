"""Who looked at which file, when and why. Append-only: triggers refuse UPDATE, DELETE and TRUNCATE (migration 0002)."""

from typing import ClassVar

from django.db import models


class AccessTrace(models.Model):
    """One consultation.

    Accounts and holders are numbers here, not foreign keys: this package lies below theirs, and a trace outlives both.
    """

    id = models.BigAutoField(primary_key=True)
    account_id = models.BigIntegerField(null=True)
    """None: the system itself."""
    role = models.CharField(max_length=16)
    holder_id = models.BigIntegerField()
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["holder_id", "at"], name="access_log_by_holder")]


class Segment(models.Model):
    """Traces ``first_trace`` to ``last_trace`` as they were when sealed; chained to the segment before it. Append-only."""

    id = models.BigAutoField(primary_key=True)
    first_trace = models.BigIntegerField()
    last_trace = models.BigIntegerField()
    traces = models.IntegerField()
    fingerprint = models.BinaryField()
    sealed_at = models.DateTimeField()
