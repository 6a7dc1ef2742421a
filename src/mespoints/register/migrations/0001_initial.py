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
                ("first_entry", models.BigIntegerField()),
                ("last_entry", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Holder",
            fields=[
                ("birth_name", models.TextField()),
                ("usage_name", models.TextField(null=True)),
                ("given_names", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("sex", models.CharField(max_length=1)),
                ("birth_year", models.SmallIntegerField()),
                ("birth_month", models.SmallIntegerField(null=True)),
                ("birth_day", models.SmallIntegerField(null=True)),
                ("birth_commune", models.CharField(max_length=5, null=True)),
                ("birth_country", models.CharField(max_length=5)),
                ("known_from", models.BigIntegerField()),
                ("stated_on", models.DateField()),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("file_number", models.CharField(max_length=19)),
                ("birth_name_key", models.TextField()),
                ("given_names_key", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=8)),
                ("address", models.TextField(null=True)),
                ("since", models.DateField()),
            ],
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
                ("position", models.IntegerField()),
                ("salt", models.UUIDField(null=True)),
                ("fingerprint", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("run_on", models.DateField()),
                ("ran_at", models.DateTimeField()),
                ("holders", models.BigIntegerField()),
                ("entries", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="FormerIdentity",
            fields=[
                ("birth_name", models.TextField()),
                ("usage_name", models.TextField(null=True)),
                ("given_names", django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ("sex", models.CharField(max_length=1)),
                ("birth_year", models.SmallIntegerField()),
                ("birth_month", models.SmallIntegerField(null=True)),
                ("birth_day", models.SmallIntegerField(null=True)),
                ("birth_commune", models.CharField(max_length=5, null=True)),
                ("birth_country", models.CharField(max_length=5)),
                ("known_from", models.BigIntegerField()),
                ("stated_on", models.DateField()),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("known_until", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="FormerTitle",
            fields=[
                ("fact_id", models.CharField(max_length=64)),
                ("title_number", models.CharField(max_length=32)),
                ("categories", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), size=None)),
                ("obtained_on", models.DateField()),
                ("known_from", models.BigIntegerField()),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("known_until", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Licence",
            fields=[
                ("fact_id", models.CharField(max_length=64)),
                ("title_number", models.CharField(max_length=32)),
                ("categories", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), size=None)),
                ("obtained_on", models.DateField()),
                ("known_from", models.BigIntegerField()),
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="StatedLicenceState",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("state", models.CharField(max_length=2)),
                ("since", models.DateField()),
                ("known_from", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="ChainHead",
            fields=[
                (
                    "holder",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="register.holder",
                    ),
                ),
                ("entries", models.IntegerField()),
                ("last_entry", models.BigIntegerField()),
                ("fingerprint", models.BinaryField()),
            ],
        ),
        migrations.AddIndex(
            model_name="holder",
            index=models.Index(fields=["birth_name_key", "birth_year", "given_names_key"], name="register_holder_identity"),
        ),
        migrations.AddConstraint(
            model_name="holder",
            constraint=models.UniqueConstraint(fields=("file_number",), name="register_holder_once"),
        ),
        migrations.AddConstraint(
            model_name="holder",
            constraint=models.CheckConstraint(
                condition=models.Q(("file_number__regex", "^[A-Z0-9]{5,19}$")), name="register_holder_file_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="holder",
            constraint=models.CheckConstraint(condition=models.Q(("sex__in", ["M", "F", "X"])), name="register_holder_sex"),
        ),
        migrations.AddField(
            model_name="contact",
            name="holder",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.holder"
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="batch",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="register.batch"
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="holder",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="register.holder"
            ),
        ),
        migrations.AddField(
            model_name="formeridentity",
            name="holder",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.holder"),
        ),
        migrations.AddField(
            model_name="formertitle",
            name="holder",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.holder"),
        ),
        migrations.AddField(
            model_name="licence",
            name="holder",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="licences", to="register.holder"
            ),
        ),
        migrations.AddField(
            model_name="statedlicencestate",
            name="holder",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.holder"
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(fields=("holder", "kind"), name="register_contact_once"),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["email", "mobile", "postal"])), name="register_contact_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("holder", "fact_id", "version"), name="register_entry_once"),
        ),
        migrations.AddConstraint(
            model_name="licence",
            constraint=models.UniqueConstraint(fields=("holder", "fact_id"), name="register_licence_once"),
        ),
        migrations.AddIndex(
            model_name="statedlicencestate",
            index=models.Index(fields=["holder", "-id"], name="register_licence_state"),
        ),
        migrations.AddConstraint(
            model_name="statedlicencestate",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__regex", "^(0[1-9]|[1-4][0-9]|50)$")), name="register_licence_state_code"
            ),
        ),
    ]
