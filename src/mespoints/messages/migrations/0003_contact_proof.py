from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messages", "0002_codes_expire")]

    operations = [
        migrations.CreateModel(
            name="ContactProof",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("account_id", models.BigIntegerField()),
                ("holder_id", models.BigIntegerField(default=None, null=True)),
                ("channel", models.CharField(default="", max_length=16)),
                ("code_digest", models.CharField(default="", max_length=64)),
                ("tries_left", models.SmallIntegerField()),
                ("begun_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("ended_at", models.DateTimeField(default=None, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("account_id",),
                        name="one_current_proof_per_account",
                    ),
                    models.CheckConstraint(condition=models.Q(("tries_left__gte", 0)), name="proof_tries_are_counted_down"),
                ],
            },
        ),
    ]
