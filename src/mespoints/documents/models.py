"""What was issued, to whom, and the fingerprint of what it said. The papers themselves are not kept."""

from typing import ClassVar

from django.db import models

from mespoints.documents.seal_source import Level


class Kind(models.TextChoices):
    FULL_STATEMENT = "full_statement", "Relevé intégral"
    PERIOD_STATEMENT = "period_statement", "Relevé partiel"
    ENTITLEMENT_ATTESTATION = "entitlement_attestation", "Attestation de droits à conduire"


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
    """With the initials, all that a third party may be shown, as issued; these two of an attestation alone."""

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
        ]

    def __str__(self) -> str:
        return self.reference
