import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("register", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reconciliation",
            fields=[
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="register.batch",
                    ),
                ),
                ("agreeing", models.BigIntegerField(default=0)),
                ("differing", models.BigIntegerField(default=0)),
                ("unknown_holder", models.BigIntegerField(default=0)),
                ("known_at", models.BigIntegerField()),
                ("reconciled_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("source", models.CharField(max_length=16, null=True)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField(null=True)),
                ("sentence", models.TextField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                ("declared_by", models.BigIntegerField(null=True)),
                ("closed_by", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["until"], name="feed_incident_until")],
            },
        ),
        migrations.CreateModel(
            name="Quarantine",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("line", models.BigIntegerField()),
                ("code", models.CharField(max_length=32)),
                ("field", models.TextField(null=True)),
                ("found", models.TextField()),
                ("raw", models.TextField()),
                ("state", models.CharField(default="waiting", max_length=16)),
                ("awaited_file_number", models.CharField(max_length=19, null=True)),
                ("awaited_fact", models.CharField(max_length=64, null=True)),
                ("corrected", models.TextField(null=True)),
                ("reason", models.TextField(null=True)),
                ("decided_by", models.BigIntegerField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.batch"
                    ),
                ),
                (
                    "settled_in",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="register.batch",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("awaited_file_number__isnull", False), ("state", "waiting")),
                        fields=["awaited_file_number", "awaited_fact"],
                        name="feed_quarantine_awaited",
                    ),
                    models.Index(condition=models.Q(("state", "waiting")), fields=["id"], name="feed_quarantine_waiting"),
                    models.Index(
                        condition=models.Q(("state__in", ["corrected", "released"])), fields=["id"], name="feed_quarantine_due"
                    ),
                    models.Index(
                        condition=models.Q(
                            ("corrected__isnull", True), ("state", "replayed"), models.Q(("raw", ""), _negated=True)
                        ),
                        fields=["settled_in"],
                        name="feed_quarantine_copies",
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("batch", "line"), name="feed_quarantine_once")],
            },
        ),
        migrations.CreateModel(
            name="Reception",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=64)),
                ("file", models.TextField()),
                ("received_at", models.DateTimeField()),
                ("last_received_at", models.DateTimeField()),
                ("times", models.IntegerField(default=1)),
                ("sequence", models.BigIntegerField(null=True)),
                ("data_day", models.DateField(null=True)),
                ("key_id", models.CharField(max_length=64, null=True)),
                ("sources", models.JSONField(null=True)),
                ("fault", models.CharField(max_length=32, null=True)),
                ("sentence", models.TextField(null=True)),
                ("rows_read", models.BigIntegerField(default=0)),
                ("rows_entered", models.BigIntegerField(default=0)),
                ("rows_known", models.BigIntegerField(default=0)),
                ("rows_refused", models.BigIntegerField(default=0)),
                (
                    "batch",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.batch"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("batch__isnull", False)), fields=["data_day"], name="feed_reception_day"),
                    models.Index(
                        condition=models.Q(("batch__isnull", False)), fields=["sequence"], name="feed_reception_sequence"
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("key",), name="feed_reception_once")],
            },
        ),
        migrations.CreateModel(
            name="StatedBalance",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("line", models.BigIntegerField()),
                ("file_number", models.CharField(max_length=19)),
                ("on", models.DateField()),
                ("points", models.SmallIntegerField()),
                ("verdict", models.CharField(max_length=16, null=True)),
                ("ours", models.SmallIntegerField(null=True)),
                ("status", models.CharField(max_length=32, null=True)),
                ("agreed_until", models.DateField(null=True)),
                ("reasons", models.JSONField(null=True)),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.batch"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("verdict__isnull", True)), fields=["id"], name="feed_statedbalance_pending")
                ],
                "constraints": [models.UniqueConstraint(fields=("batch", "line"), name="feed_statedbalance_once")],
            },
        ),
    ]
