import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROVIDERS = [
    ("franceconnect", "FranceConnect"),
    ("franceconnect_plus", "FranceConnect+"),
    ("proconnect", "ProConnect"),
    ("licence_number", "Numéro de dossier"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0004_agents_append_only"),
        ("register", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="link",
            name="provider",
            field=models.CharField(choices=PROVIDERS, max_length=32),
        ),
        migrations.AlterField(
            model_name="signinattempt",
            name="provider",
            field=models.CharField(choices=PROVIDERS, max_length=32),
        ),
        migrations.CreateModel(
            name="LicenceClaim",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("proof", models.BigIntegerField()),
                ("file_number", models.CharField(default=None, max_length=19, null=True)),
                ("birth_name", models.TextField(default=None, null=True)),
                ("birth_date", models.CharField(default=None, max_length=10, null=True)),
                (
                    "holder",
                    models.ForeignKey(
                        default=None,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.holder",
                    ),
                ),
                ("awaits_code", models.BooleanField()),
                ("awaits_notice", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("awaits_code", True), ("awaits_notice", True), _connector="OR"),
                        fields=["asked_at"],
                        name="identity_claims_that_wait",
                    )
                ],
            },
        ),
    ]
