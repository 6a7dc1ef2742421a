import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0005_licence_claim"),
        ("register", "0006_usage_name_key"),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkingAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "provider",
                    models.CharField(
                        choices=[
                            ("franceconnect", "FranceConnect"),
                            ("franceconnect_plus", "FranceConnect+"),
                            ("proconnect", "ProConnect"),
                            ("licence_number", "Numéro de dossier"),
                        ],
                        max_length=32,
                    ),
                ),
                ("subject_digest", models.CharField(max_length=64)),
                ("inputs_digest", models.CharField(max_length=64)),
                ("verdict", models.CharField(max_length=16)),
                ("doubt", models.CharField(max_length=32, null=True)),
                ("codes", models.JSONField()),
                ("rules", models.CharField(max_length=32)),
                ("outcome", models.CharField(max_length=32)),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Dispute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField()),
                ("opened_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(default=None, null=True)),
                (
                    "holder",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.holder"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at__isnull", True)), fields=("holder",), name="one_open_dispute_per_holder"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkingReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "provider",
                    models.CharField(
                        choices=[
                            ("franceconnect", "FranceConnect"),
                            ("franceconnect_plus", "FranceConnect+"),
                            ("proconnect", "ProConnect"),
                            ("licence_number", "Numéro de dossier"),
                        ],
                        max_length=32,
                    ),
                ),
                ("subject_digest", models.CharField(max_length=64)),
                ("inputs_digest", models.CharField(max_length=64)),
                ("doubt", models.CharField(max_length=32)),
                ("codes", models.JSONField()),
                ("rules", models.CharField(max_length=32)),
                ("holder_ids", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("sealed_words", models.BinaryField(null=True)),
                ("words_until", models.DateTimeField()),
                ("opened_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("linked", "Linked"), ("refused", "Refused")],
                        default="waiting",
                        max_length=16,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("reason", models.TextField(null=True)),
                (
                    "chosen_holder",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.holder"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "opened_at"], name="identity_review_oldest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("provider", "subject_digest"),
                        name="one_waiting_review_per_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "waiting"),
                            models.Q(("decided_at__isnull", False), ("sealed_words__isnull", True)),
                            _connector="OR",
                        ),
                        name="review_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "linked"), ("chosen_holder__isnull", True), _connector="XOR"),
                        name="review_linked_to_someone",
                    ),
                ],
            },
        ),
    ]
