"""The only thing the open API keeps, for some minutes: how much a caller has asked. Neither what was asked, nor by whom."""

from typing import ClassVar

from django.db import models


class Usage(models.Model):
    """What one caller asked in one civil minute. The table is UNLOGGED (migration 0001): a crash of the database empties it."""

    caller = models.CharField(max_length=64, primary_key=True)
    """Keyed digest of the address and of the minute: two minutes of one address cannot be linked, nor the address found."""
    minute = models.DateTimeField()
    requests = models.IntegerField()
    cases = models.IntegerField()
    """Counted by weight (``limits.weight``)."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["minute"], name="api_usage_by_minute")]
