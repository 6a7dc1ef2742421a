"""What was issued, to whom, and what became of it; the copies, encrypted, for as long as a paper lives; and what is shared."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from mespoints.documents.seal_source import Level


class Kind(models.TextChoices):
    FULL_STATEMENT = "full_statement", "Relevé intégral"
    PERIOD_STATEMENT = "period_statement", "Relevé partiel"
    ENTITLEMENT_ATTESTATION = "entitlement_attestation", "Attestation de droits à conduire"


class State(models.TextChoices):
    """What was done to a paper. That it has expired is read on it, and stored nowhere."""

    CURRENT = "current", "En cours"
    REPLACED = "replaced", "Remplacé"
    WITHDRAWN = "withdrawn", "Retiré"


class IssuedDocument(models.Model):
    """One paper delivered.

    With ``stated_on``, ``known_at``, ``issued_at`` and the period, its content can be stated again, and its fingerprint compared.
    """

    id = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=14, unique=True)
    kind = models.CharField(max_length=32, choices=Kind.choices)
    holder = models.ForeignKey("register.Holder", on_delete=models.PROTECT, related_name="+")
    content_format = models.CharField(max_length=32)
    content_sha256 = models.CharField(max_length=64)
    stated_on = models.DateField()
    known_at = models.BigIntegerField()
    """Last entry of the register that was read."""
    issued_at = models.DateTimeField()
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    """Both days included; of a period statement alone."""
    expires_on = models.DateField(null=True)
    """Last day included; of an attestation alone."""
    pdf_sha256 = models.CharField(max_length=64, blank=True, default="")
    """Of the file delivered, seal included: whoever brings a file can be told whether it is this very one."""
    seal_level = models.CharField(max_length=5, choices=[(each.value, each.value) for each in Level], default=Level.B_B.value)
    """Lower than what was asked when the time-stamping authority was away."""
    initials = models.CharField(max_length=16, blank=True, default="")
    licence_state = models.CharField(max_length=2, blank=True, default="")
    categories = models.CharField(max_length=200, blank=True, default="")
    """With the initials, all that a third party may be shown, as issued; these two of an attestation alone.
    The three are wiped when the paper's life is over.
    """
    substance_sha256 = models.CharField(max_length=64, blank=True, default="")
    """Of what the paper says, its moment aside (``content.substance``): two papers that say the same have the same."""
    kept_until = models.DateField(null=True)
    """Last day of its life, included; None once it is over and the rest was erased."""
    state = models.CharField(max_length=9, choices=State.choices, default=State.CURRENT)
    ended_at = models.DateTimeField(null=True)
    """When it was replaced or withdrawn."""
    status_list = models.ForeignKey("StatusList", on_delete=models.PROTECT, null=True, related_name="+")
    status_index = models.IntegerField(null=True)
    """Its place in the published list, drawn at random."""

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(seal_level__in=[each.value for each in Level]), name="documents_issued_seal_level"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=Kind.values), name="documents_issued_kind"),
            models.CheckConstraint(
                condition=models.Q(
                    kind=Kind.PERIOD_STATEMENT, first_on__isnull=False, last_on__isnull=False, first_on__lte=models.F("last_on")
                )
                | (~models.Q(kind=Kind.PERIOD_STATEMENT) & models.Q(first_on=None, last_on=None)),
                name="documents_issued_period",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=Kind.ENTITLEMENT_ATTESTATION, expires_on__isnull=False)
                | (~models.Q(kind=Kind.ENTITLEMENT_ATTESTATION) & models.Q(expires_on=None)),
                name="documents_issued_expiry",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=Kind.ENTITLEMENT_ATTESTATION) | models.Q(licence_state="", categories=""),
                name="documents_issued_rights",
            ),
            models.CheckConstraint(condition=models.Q(pdf_sha256__regex="^([0-9a-f]{64})?$"), name="documents_issued_pdf_sha256"),
            models.CheckConstraint(condition=models.Q(content_sha256__regex="^[0-9a-f]{64}$"), name="documents_issued_sha256"),
            models.CheckConstraint(
                condition=models.Q(substance_sha256__regex="^([0-9a-f]{64})?$"), name="documents_issued_substance"
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.CURRENT, ended_at=None)
                | models.Q(state__in=[State.REPLACED, State.WITHDRAWN], ended_at__isnull=False),
                name="documents_issued_state",
            ),
            models.UniqueConstraint(fields=["status_list", "status_index"], name="documents_one_paper_per_status"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["holder", "-issued_at"], name="documents_issued_by_holder"),
            models.Index(fields=["kept_until"], condition=models.Q(kept_until__isnull=False), name="documents_issued_by_end"),
            models.Index(
                fields=["status_list"], condition=~models.Q(state=State.CURRENT), name="documents_issued_no_longer_good"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class StatusList(models.Model):
    """One published list of statuses (``documents.status_list``); opened when the one before is half full."""

    number = models.IntegerField(primary_key=True)
    given = models.IntegerField(default=0)
    """How many of its places have a paper."""
    version = models.UUIDField(default=uuid4)
    """Another at each change of a status in it."""


class DocumentCopy(models.Model):
    """The sealed file, encrypted (``documents.copies``): gone when its paper is withdrawn or its life is over."""

    document = models.OneToOneField(IssuedDocument, on_delete=models.CASCADE, primary_key=True, related_name="copy")
    key_id = models.CharField(max_length=32)
    ciphertext = models.BinaryField()
    """Nonce first."""


class Share(models.Model):
    """What a driver lets a third party ask: may I drive this, today. Of the code and of the name, their digests alone."""

    id = models.BigAutoField(primary_key=True)
    holder = models.ForeignKey("register.Holder", on_delete=models.PROTECT, related_name="+")
    account_id = models.BigIntegerField()
    """Who is told of each view. A number: accounts belong to another package."""
    code_digest = models.CharField(max_length=64, unique=True)
    name_digest = models.CharField(max_length=64)
    audience = models.CharField(max_length=60)
    """In the driver's own words."""
    categories = models.CharField(max_length=200)
    """Separated by spaces."""
    created_at = models.DateTimeField()
    expires_on = models.DateField()
    """Last day included."""
    views_allowed = models.IntegerField()
    views_used = models.IntegerField(default=0)
    wrong_names = models.IntegerField(default=0)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(views_used__gte=0, views_used__lte=models.F("views_allowed")), name="documents_share_views"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["holder", "-created_at"], name="documents_share_by_holder"),
            models.Index(fields=["expires_on"], name="documents_share_by_end"),
        ]


class ShareView(models.Model):
    """One view of a share: the driver's receipt."""

    id = models.BigAutoField(primary_key=True)
    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="views")
    at = models.DateTimeField()
