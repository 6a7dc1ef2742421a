from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_three_kinds"),
    ]

    operations = [
        migrations.AddField(
            model_name="issueddocument",
            name="categories",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="initials",
            field=models.CharField(blank=True, default="", max_length=16),
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="licence_state",
            field=models.CharField(blank=True, default="", max_length=2),
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="pdf_sha256",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="seal_level",
            field=models.CharField(
                choices=[("B-B", "B-B"), ("B-T", "B-T"), ("B-LT", "B-LT"), ("B-LTA", "B-LTA")], default="B-B", max_length=5
            ),
        ),
        migrations.AddConstraint(
            model_name="issueddocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("seal_level__in", ["B-B", "B-T", "B-LT", "B-LTA"])), name="documents_issued_seal_level"
            ),
        ),
        migrations.AddConstraint(
            model_name="issueddocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "entitlement_attestation"), models.Q(("categories", ""), ("licence_state", "")), _connector="OR"
                ),
                name="documents_issued_rights",
            ),
        ),
        migrations.AddConstraint(
            model_name="issueddocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("pdf_sha256__regex", "^([0-9a-f]{64})?$")), name="documents_issued_pdf_sha256"
            ),
        ),
    ]
