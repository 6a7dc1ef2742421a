import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0002_several_providers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("email", models.CharField(db_index=True, max_length=254)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("operator", "exploitant"),
                            ("supervisor", "superviseur"),
                            ("agent", "agent"),
                            ("mediator", "médiateur"),
                        ],
                        max_length=16,
                    ),
                ),
                ("expires_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Agent",
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
                ("idp_id", models.CharField(max_length=255)),
                ("subject", models.CharField(max_length=255)),
                ("email", models.CharField(max_length=254)),
                ("given_name", models.TextField()),
                ("usual_name", models.TextField()),
                ("since", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("idp_id", "subject"), name="identity_agent_once")],
            },
        ),
        migrations.CreateModel(
            name="InvitationStep",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("invited", "invitation"),
                            ("approved", "approbation"),
                            ("bound", "première entrée"),
                            ("revoked", "retrait"),
                        ],
                        max_length=16,
                    ),
                ),
                ("console", models.TextField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="identity.invitation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("invitation", "step"), name="identity_step_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("step", "revoked"), _negated=True),
                        fields=("invitation", "account"),
                        name="identity_step_four_eyes",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("step", "revoked"), _negated=True),
                        fields=("invitation", "console"),
                        name="identity_step_four_eyes_console",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("account__isnull", True), ("console__isnull", True), _connector="XOR"),
                        name="identity_step_signed_by_one",
                    ),
                ],
            },
        ),
    ]
