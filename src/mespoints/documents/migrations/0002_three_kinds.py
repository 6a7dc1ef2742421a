from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="issueddocument",
            name="documents_issued_kind",
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="expires_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="first_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="last_on",
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name="issueddocument",
            name="kind",
            field=models.CharField(
                choices=[
                    ("full_statement", "Relevé intégral"),
                    ("period_statement", "Relevé partiel"),
                    ("entitlement_attestation", "Attestation de droits à conduire"),
                ],
                max_length=32,
            ),
        ),
        migrations.AddConstraint(
            model_name="issueddocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["full_statement", "period_statement", "entitlement_attestation"])),
                name="documents_issued_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="issueddocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("first_on__isnull", False),
                        ("first_on__lte", models.F("last_on")),
                        ("kind", "period_statement"),
                        ("last_on__isnull", False),
                    ),
                    models.Q(models.Q(("kind", "period_statement"), _negated=True), ("first_on", None), ("last_on", None)),
                    _connector="OR",
                ),
                name="documents_issued_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="issueddocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("expires_on__isnull", False), ("kind", "entitlement_attestation")),
                    models.Q(models.Q(("kind", "entitlement_attestation"), _negated=True), ("expires_on", None)),
                    _connector="OR",
                ),
                name="documents_issued_expiry",
            ),
        ),
    ]
