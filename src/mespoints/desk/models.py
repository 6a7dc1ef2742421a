"""The journal of the nights."""

from typing import ClassVar

from django.db import models


class Night(models.Model):
    """One run of the nightly chain. ``report`` is the ``NightReport`` as ``journal`` writes it."""

    id = models.BigAutoField(primary_key=True)
    started_at = models.DateTimeField()
    outcome = models.CharField(max_length=16)
    """A word of ``night_report.NightOutcome``."""
    report = models.JSONField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-started_at"], name="desk_night_latest")]
