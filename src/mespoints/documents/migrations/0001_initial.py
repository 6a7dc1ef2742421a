import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("register", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="IssuedDocument",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=14, unique=True)),
                ("kind", models.CharField(choices=[("full_statement", "Relevé intégral")], max_length=32)),
                ("content_format", models.CharField(max_length=32)),
                ("content_sha256", models.CharField(max_length=64)),
                ("stated_on", models.DateField()),
                ("known_at", models.BigIntegerField()),
                ("issued_at", models.DateTimeField()),
                (
                    "holder",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.holder"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind__in", ["full_statement"])), name="documents_issued_kind"),
                    models.CheckConstraint(
                        condition=models.Q(("content_sha256__regex", "^[0-9a-f]{64}$")), name="documents_issued_sha256"
                    ),
                ],
            },
        ),
    ]
