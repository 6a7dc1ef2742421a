import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("sequence", models.BigIntegerField(null=True, unique=True)),
                ("sha256", models.CharField(max_length=64)),
                ("data_day", models.DateField()),
                ("received_at", models.DateTimeField()),
                ("rows_read", models.BigIntegerField(default=0)),
                ("rows_entered", models.BigIntegerField(default=0)),
                ("rows_known", models.BigIntegerField(default=0)),
                ("rows_refused", models.BigIntegerField(default=0)),
                ("last_entry", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Holder",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("file_number", models.CharField(max_length=19)),
                ("birth_name", models.TextField()),
                ("usage_name", models.TextField(null=True)),
                ("given_names", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("sex", models.CharField(max_length=1)),
                ("birth_year", models.SmallIntegerField()),
                ("birth_month", models.SmallIntegerField(null=True)),
                ("birth_day", models.SmallIntegerField(null=True)),
                ("birth_commune", models.CharField(max_length=5, null=True)),
                ("birth_country", models.CharField(max_length=5)),
                ("birth_name_key", models.TextField()),
                ("given_names_key", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["birth_name_key", "birth_year", "given_names_key"], name="register_holder_identity")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("file_number",), name="register_holder_once"),
                    models.CheckConstraint(
                        condition=models.Q(("file_number__regex", "^[A-Z0-9]{5,19}$")), name="register_holder_file_number"
                    ),
                    models.CheckConstraint(condition=models.Q(("sex__in", ["M", "F", "X"])), name="register_holder_sex"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("fact_id", models.CharField(max_length=64)),
                ("version", models.SmallIntegerField(default=1)),
                ("kind", models.CharField(max_length=32)),
                ("body", models.JSONField()),
                ("recorded_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                (
                    "batch",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="register.batch"),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="register.holder"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("holder", "fact_id", "version"), name="register_entry_once")],
            },
        ),
        migrations.CreateModel(
            name="Licence",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("fact_id", models.CharField(max_length=64)),
                ("title_number", models.CharField(max_length=32)),
                ("categories", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), size=None)),
                ("obtained_on", models.DateField()),
                (
                    "holder",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="licences", to="register.holder"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("holder", "fact_id"), name="register_licence_once")],
            },
        ),
    ]
