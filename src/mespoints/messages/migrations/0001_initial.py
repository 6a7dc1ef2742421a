import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Outbox",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("reference", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("channel", models.CharField(max_length=16)),
                ("recipient", models.TextField()),
                ("template", models.CharField(max_length=64)),
                ("subject", models.TextField()),
                ("body", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "Pending"), ("sent", "Sent"), ("abandoned", "Abandoned")],
                        default="pending",
                        max_length=16,
                    ),
                ),
                ("attempts", models.SmallIntegerField(default=0)),
                ("enqueued_at", models.DateTimeField()),
                ("next_attempt_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("failure", models.CharField(default="", max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "pending")),
                        fields=["channel", "next_attempt_at"],
                        name="messages_outbox_due",
                    )
                ],
            },
        ),
    ]
