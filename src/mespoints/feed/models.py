"""Files as they came, rows that did not enter, balances stated: what the operator looks after."""

from typing import ClassVar

from django.db import models


class Reception(models.Model):
    """A daily file that entered, or a reason why one did not. The same refusal of the same manifest is one row, counted."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=64)
    """Digest of what makes two receptions the same."""
    file = models.TextField()
    received_at = models.DateTimeField()
    last_received_at = models.DateTimeField()
    times = models.IntegerField(default=1)
    sequence = models.BigIntegerField(null=True)
    data_day = models.DateField(null=True)
    key_id = models.CharField(max_length=64, null=True)
    sources = models.JSONField(null=True)
    """Source -> day, for those that were behind the data day."""
    fault = models.CharField(max_length=32, null=True)
    """None: the file entered."""
    sentence = models.TextField(null=True)
    batch = models.OneToOneField("register.Batch", on_delete=models.PROTECT, null=True, related_name="+")
    rows_read = models.BigIntegerField(default=0)
    rows_entered = models.BigIntegerField(default=0)
    rows_known = models.BigIntegerField(default=0)
    rows_refused = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            # Not unique=True, which adds a second index for LIKE.
            models.UniqueConstraint(fields=["key"], name="feed_reception_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["data_day"], condition=models.Q(batch__isnull=False), name="feed_reception_day"),
            models.Index(fields=["sequence"], condition=models.Q(batch__isnull=False), name="feed_reception_sequence"),
        ]


class Quarantine(models.Model):
    r"""One refused row of a file. ``raw`` is what stood on the line, unreadable bytes written ``\xNN``; empty once it entered."""

    id = models.BigAutoField(primary_key=True)
    # No index of its own: the unique key below begins with the batch.
    batch = models.ForeignKey("register.Batch", on_delete=models.PROTECT, related_name="+", db_index=False)
    line = models.BigIntegerField()
    code = models.CharField(max_length=32)
    field = models.TextField(null=True)
    found = models.TextField()
    raw = models.TextField()
    state = models.CharField(max_length=16, default="waiting")
    """The words of ``quarantine.QuarantineState``."""
    awaited_file_number = models.CharField(max_length=19, null=True)
    """The holder whose arrival lets the row in; or, with ``awaited_fact``, the holder of the offence that does."""
    awaited_fact = models.CharField(max_length=64, null=True)
    corrected = models.TextField(null=True)
    """The row as the operator put it right."""
    reason = models.TextField(null=True)
    """Why the operator dismissed it."""
    decided_by = models.BigIntegerField(null=True)
    """The account that corrected or dismissed."""
    decided_at = models.DateTimeField(null=True)
    settled_in = models.ForeignKey("register.Batch", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """The batch in which it entered at last, or turned out to be known."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "line"], name="feed_quarantine_once")]
        indexes: ClassVar = [
            models.Index(
                fields=["awaited_file_number", "awaited_fact"],
                condition=models.Q(state="waiting", awaited_file_number__isnull=False),
                name="feed_quarantine_awaited",
            ),
            models.Index(fields=["id"], condition=models.Q(state="waiting"), name="feed_quarantine_waiting"),
            models.Index(fields=["id"], condition=models.Q(state__in=["corrected", "released"]), name="feed_quarantine_due"),
            models.Index(
                fields=["settled_in"],
                condition=models.Q(state="replayed", corrected__isnull=True) & ~models.Q(raw=""),
                name="feed_quarantine_copies",
            ),
        ]


class StatedBalance(models.Model):
    """A balance the source states, until it is set beside ours; those that agree are counted, not kept."""

    id = models.BigAutoField(primary_key=True)
    # No index of its own: the unique key below begins with the batch.
    batch = models.ForeignKey("register.Batch", on_delete=models.PROTECT, related_name="+", db_index=False)
    line = models.BigIntegerField()
    file_number = models.CharField(max_length=19)
    on = models.DateField()
    points = models.SmallIntegerField()
    verdict = models.CharField(max_length=16, null=True)
    """``differs`` or ``unknown_holder``; None: not yet confronted."""
    ours = models.SmallIntegerField(null=True)
    status = models.CharField(max_length=32, null=True)
    agreed_until = models.DateField(null=True)
    """The last day, not after ``on``, on which the law also gives ``points``; None when it never does."""
    reasons = models.JSONField(null=True)
    """The movements since: the words of ``reconciliation.Reason``."""

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "line"], name="feed_statedbalance_once")]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(verdict__isnull=True), name="feed_statedbalance_pending"),
        ]


class Reconciliation(models.Model):
    """What came of the stated balances of one batch."""

    batch = models.OneToOneField("register.Batch", on_delete=models.PROTECT, primary_key=True, related_name="+")
    agreeing = models.BigIntegerField(default=0)
    differing = models.BigIntegerField(default=0)
    unknown_holder = models.BigIntegerField(default=0)
    known_at = models.BigIntegerField()
    reconciled_at = models.DateTimeField()
