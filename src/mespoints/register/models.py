"""Holders, their licences, and the entries: dated legal facts in order of arrival, never changed.

Nothing outside this package touches these tables: ``registration`` writes them, ``consultation`` and ``search`` read them.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Batch(models.Model):
    """One daily file entered whole, in one transaction."""

    id = models.BigAutoField(primary_key=True)
    sequence = models.BigIntegerField(unique=True)
    sha256 = models.CharField(max_length=64)
    data_day = models.DateField()
    received_at = models.DateTimeField()
    rows_read = models.BigIntegerField(default=0)
    rows_entered = models.BigIntegerField(default=0)
    rows_known = models.BigIntegerField(default=0)
    rows_refused = models.BigIntegerField(default=0)
    last_entry = models.BigIntegerField(default=0)
    """The number drawn from the sequence of entries when the batch closed: "known at" this number is the register right after it.

    Every batch draws its own, so that even a batch without a new fact can be told from the one before it.
    """


class Holder(models.Model):
    """Titulaire, as the source last described him. A corrected name replaces the former one: no history of identity is kept."""

    id = models.BigAutoField(primary_key=True)
    file_number = models.CharField(max_length=19)
    birth_name = models.TextField()
    usage_name = models.TextField(null=True)
    given_names = ArrayField(models.TextField())
    sex = models.CharField(max_length=1)
    birth_year = models.SmallIntegerField()
    birth_month = models.SmallIntegerField(null=True)
    birth_day = models.SmallIntegerField(null=True)
    birth_commune = models.CharField(max_length=5, null=True)
    birth_country = models.CharField(max_length=5)
    birth_name_key = models.TextField()
    given_names_key = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["birth_name_key", "birth_year", "given_names_key"], name="register_holder_identity"),
        ]
        constraints: ClassVar = [
            # Not unique=True, which adds a second index for LIKE.
            models.UniqueConstraint(fields=["file_number"], name="register_holder_once"),
            models.CheckConstraint(condition=models.Q(file_number__regex="^[A-Z0-9]{5,19}$"), name="register_holder_file_number"),
            models.CheckConstraint(condition=models.Q(sex__in=["M", "F", "X"]), name="register_holder_sex"),
        ]


class Licence(models.Model):
    """One title of a holder: the card and its categories. The legal fact of having obtained it is an entry."""

    id = models.BigAutoField(primary_key=True)
    # No index of its own: the unique key below begins with the holder.
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="licences", db_index=False)
    fact_id = models.CharField(max_length=64)
    """The ``licence_obtained`` entry of the same holder."""
    title_number = models.CharField(max_length=32)
    categories = ArrayField(models.CharField(max_length=8))
    obtained_on = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["holder", "fact_id"], name="register_licence_once")]


class Entry(models.Model):
    """Écriture: one version of one legal fact. Its ``id`` is the global entry number, the second calendar of the register.

    Triggers refuse UPDATE, DELETE and TRUNCATE (migration 0002): a mistake is corrected by a new entry.
    """

    id = models.BigAutoField(primary_key=True)
    # No index of its own: the unique key below begins with the holder.
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="entries", db_index=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="entries")
    fact_id = models.CharField(max_length=64)
    version = models.SmallIntegerField(default=1)
    """1 when the fact arrived; 2 when an offence entered un-established has been established since."""
    kind = models.CharField(max_length=32)
    body = models.JSONField()
    recorded_on = models.DateField()
    entered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "fact_id", "version"], name="register_entry_once"),
        ]
