"""Rows that did not enter: kept with their reason, so that the source or the operator can put them right."""

from typing import ClassVar

from django.db import models


class Quarantine(models.Model):
    r"""One refused row of one file. ``raw`` is what stood on the line, shortened, its unreadable bytes written ``\xNN``."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey("register.Batch", on_delete=models.PROTECT, related_name="+", db_index=False)
    line = models.BigIntegerField()
    code = models.CharField(max_length=32)
    field = models.TextField(null=True)
    found = models.TextField()
    what_to_do = models.TextField()
    raw = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "line"], name="feed_quarantine_once")]
