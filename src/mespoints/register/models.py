"""Holders, their licences, and the entries: dated legal facts in order of arrival, never changed.

Nothing outside this package touches these tables: ``registration`` writes them, ``consultation`` and ``search`` read them.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mespoints.register.projection_tables import Projection, ProjectionMark  # noqa: F401 - Django looks for tables here


class Batch(models.Model):
    """One daily file entered whole, in one transaction; or rows of the quarantine put right since, entered together."""

    id = models.BigAutoField(primary_key=True)
    sequence = models.BigIntegerField(unique=True, null=True)
    """Number of the daily file; None for rows that come back from the quarantine."""
    sha256 = models.CharField(max_length=64)
    data_day = models.DateField()
    received_at = models.DateTimeField()
    rows_read = models.BigIntegerField(default=0)
    rows_entered = models.BigIntegerField(default=0)
    rows_known = models.BigIntegerField(default=0)
    rows_refused = models.BigIntegerField(default=0)
    first_entry = models.BigIntegerField()
    """The number drawn when the batch opened: its entries carry the numbers between it and ``last_entry``, without a hole."""
    last_entry = models.BigIntegerField(default=0)
    """The number drawn from the sequence of entries when the batch closed: "known at" this number is the register right after it.

    Every batch draws its own, so that even a batch without a new fact can be told from the one before it.
    """


class Identity(models.Model):
    """What a source says of a person, in both calendars."""

    birth_name = models.TextField()
    usage_name = models.TextField(null=True)
    given_names = ArrayField(models.TextField())
    sex = models.CharField(max_length=1)
    birth_year = models.SmallIntegerField()
    birth_month = models.SmallIntegerField(null=True)
    birth_day = models.SmallIntegerField(null=True)
    birth_commune = models.CharField(max_length=5, null=True)
    birth_country = models.CharField(max_length=5)
    known_from = models.BigIntegerField()
    """``first_entry`` of the batch that brought it."""
    stated_on = models.DateField()
    """Day that the file describes: the source says so since then at the latest."""

    class Meta:
        abstract = True


class Holder(Identity):
    """Titulaire, as the source last described him; what it said before is in ``FormerIdentity``."""

    id = models.BigAutoField(primary_key=True)
    file_number = models.CharField(max_length=19)
    birth_name_key = models.TextField()
    given_names_key = models.TextField()
    usage_name_key = models.TextField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["birth_name_key", "birth_year", "given_names_key"], name="register_holder_identity"),
            models.Index(
                fields=["usage_name_key", "birth_year", "given_names_key"],
                name="register_holder_usage_name",
                condition=models.Q(usage_name_key__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            # Not unique=True, which adds a second index for LIKE.
            models.UniqueConstraint(fields=["file_number"], name="register_holder_once"),
            models.CheckConstraint(condition=models.Q(file_number__regex="^[A-Z0-9]{5,19}$"), name="register_holder_file_number"),
            models.CheckConstraint(condition=models.Q(sex__in=["M", "F", "X"]), name="register_holder_sex"),
        ]


class FormerIdentity(Identity):
    """What the source said of a holder from entry ``known_from`` until entry ``known_until`` (excluded). Append-only."""

    id = models.BigAutoField(primary_key=True)
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="+")
    known_until = models.BigIntegerField()


class Title(models.Model):
    """The card that goes with a ``licence_obtained`` entry of the same holder, and its categories."""

    fact_id = models.CharField(max_length=64)
    title_number = models.CharField(max_length=32)
    categories = ArrayField(models.CharField(max_length=8))
    obtained_on = models.DateField()
    known_from = models.BigIntegerField()
    """``first_entry`` of the batch that brought it."""

    class Meta:
        abstract = True


class Licence(Title):
    """One title of a holder, as last described. The legal fact of having obtained it is an entry."""

    id = models.BigAutoField(primary_key=True)
    # No index of its own: the unique key below begins with the holder.
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="licences", db_index=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["holder", "fact_id"], name="register_licence_once")]


class FormerTitle(Title):
    """A card replaced since: known from entry ``known_from`` until entry ``known_until`` (excluded). Append-only."""

    id = models.BigAutoField(primary_key=True)
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="+")
    known_until = models.BigIntegerField()


class StatedLicenceState(models.Model):
    """A state of the licence as the source said it; the latest stands. Append-only."""

    id = models.BigAutoField(primary_key=True)
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=2)
    """A code of ``licence_state.LicenceState``."""
    since = models.DateField()
    known_from = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["holder", "-id"], name="register_licence_state")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__regex="^(0[1-9]|[1-4][0-9]|50)$"), name="register_licence_state_code"
            ),
        ]


class Contact(models.Model):
    """Where the administration writes to a holder. The former address is not kept: no law asks for it."""

    id = models.BigAutoField(primary_key=True)
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=8)
    address = models.TextField(null=True)
    since = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "kind"], name="register_contact_once"),
            models.CheckConstraint(condition=models.Q(kind__in=["email", "mobile", "postal"]), name="register_contact_kind"),
        ]


class Entry(models.Model):
    """Écriture: one version of one legal fact. Its ``id`` is the global entry number, the second calendar of the register.

    Triggers refuse UPDATE, DELETE and TRUNCATE (migration 0002): a mistake is corrected by a new entry. Only the erasure ordered
    by law replaces a body by a tombstone, under the retention role.
    """

    id = models.BigAutoField(primary_key=True)
    # No index of its own: the unique key below begins with the holder.
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="entries", db_index=False)
    # No index: the entries of a batch are a range of numbers.
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="entries", db_index=False)
    fact_id = models.CharField(max_length=64)
    version = models.SmallIntegerField(default=1)
    """1 when the fact arrived; one more for each establishment, correction or retraction since."""
    kind = models.CharField(max_length=32)
    body = models.JSONField()
    recorded_on = models.DateField()
    entered_at = models.DateTimeField()
    position = models.IntegerField()
    """Rank in the chain of the holder, from 1."""
    salt = models.UUIDField(null=True)
    """Drawn at random, part of what is fingerprinted, erased with the body: what is left confirms no guess of what it said."""
    fingerprint = models.BinaryField()
    """See ``chain``."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "fact_id", "version"], name="register_entry_once"),
        ]


class ChainHead(models.Model):
    """The end of the chain of a holder, so that even its last entry cannot go missing unnoticed."""

    holder = models.OneToOneField(Holder, on_delete=models.PROTECT, primary_key=True, related_name="+")
    entries = models.IntegerField()
    last_entry = models.BigIntegerField()
    fingerprint = models.BinaryField()


class Anchor(models.Model):
    """What all the entries up to a number say, in 32 bytes: see ``anchors``. Append-only."""

    entry_number = models.BigIntegerField(primary_key=True)
    digest = models.BinaryField()
    anchored_at = models.DateTimeField()


class Erasure(models.Model):
    """One transaction of the retention: tombstones name it. Append-only."""

    id = models.BigAutoField(primary_key=True)
    run_on = models.DateField()
    ran_at = models.DateTimeField()
    holders = models.BigIntegerField()
    entries = models.BigIntegerField()


class Incident(models.Model):
    """Days of which the data are late, missing or wrong, declared by the operator, with the sentence people read."""

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=16, null=True)
    """None: all of them."""
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    """Included; None as long as nobody knows."""
    sentence = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    """None: still shown."""
    declared_by = models.BigIntegerField(null=True)
    closed_by = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["until"], name="register_incident_until")]
