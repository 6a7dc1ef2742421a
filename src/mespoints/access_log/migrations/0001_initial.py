from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AccessTrace",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("account_id", models.BigIntegerField(null=True)),
                ("role", models.CharField(max_length=16)),
                ("holder_id", models.BigIntegerField()),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["holder_id", "at"], name="access_log_by_holder")],
            },
        ),
        migrations.CreateModel(
            name="Segment",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("first_trace", models.BigIntegerField()),
                ("last_trace", models.BigIntegerField()),
                ("traces", models.IntegerField()),
                ("fingerprint", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
            ],
        ),
    ]
