"""The projection's tables: what ``projection`` writes, and nothing that could not be written again from the entries."""

from typing import ClassVar

from django.db import models


class Projection(models.Model):
    """Where one record stood on ``computed_on``, as known at entry ``known_at``: it says whom to look at, never what to show."""

    # No constraint in the database: the table is rebuilt from the entries, and the check would cost more than the row.
    holder = models.OneToOneField(
        "register.Holder", primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    account = models.SmallIntegerField()
    balance = models.SmallIntegerField()
    ceiling = models.SmallIntegerField(null=True)
    status = models.CharField(max_length=32)
    probation_ends_on = models.DateField(null=True)
    next_change_on = models.DateField(null=True)
    """The first day, after ``computed_on``, on which any of the above changes if nothing new is entered."""
    known_at = models.BigIntegerField()
    computed_on = models.DateField()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["next_change_on"], condition=models.Q(next_change_on__isnull=False), name="register_projection_due"
            )
        ]


class ProjectionMark(models.Model):
    """One row: every entry up to ``entry_number`` (included), and every change due by ``computed_on`` (included), is counted."""

    id = models.SmallIntegerField(primary_key=True)
    entry_number = models.BigIntegerField()
    computed_on = models.DateField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="register_projection_one_mark")]
