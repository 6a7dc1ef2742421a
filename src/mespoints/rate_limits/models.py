"""How much was spent of each limit, for as long as its window lasts. Neither what was asked, nor by whom."""

from typing import ClassVar

from django.db import models


class Counter(models.Model):
    """What one key spent of one limit in one window.

    The table is UNLOGGED (migration 0001): a crash of the database empties it.
    """

    key = models.CharField(max_length=64, primary_key=True)
    """Keyed digest of the limit, the key and the window: two windows of one person cannot be linked, nor the person found."""
    until = models.DateTimeField()
    """End of the window (excluded)."""
    spent = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["until"], name="rate_limits_by_end")]
