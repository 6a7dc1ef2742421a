import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("register", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Quarantine",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("line", models.BigIntegerField()),
                ("code", models.CharField(max_length=32)),
                ("field", models.TextField(null=True)),
                ("found", models.TextField()),
                ("what_to_do", models.TextField()),
                ("raw", models.TextField()),
                (
                    "batch",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.batch"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("batch", "line"), name="feed_quarantine_once")],
            },
        ),
    ]
