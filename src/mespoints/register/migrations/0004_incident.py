"""Incidents stand beside the entries, for whoever reads a record: their table changes its name and keeps its rows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0003_projection"), ("feed", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    """
                    alter table feed_incident rename to register_incident;
                    alter index feed_incident_pkey rename to register_incident_pkey;
                    alter index feed_incident_until rename to register_incident_until;
                    alter sequence feed_incident_id_seq rename to register_incident_id_seq;
                    """,
                    """
                    alter table register_incident rename to feed_incident;
                    alter index register_incident_pkey rename to feed_incident_pkey;
                    alter index register_incident_until rename to feed_incident_until;
                    alter sequence register_incident_id_seq rename to feed_incident_id_seq;
                    """,
                )
            ],
            state_operations=[
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
                    options={"indexes": [models.Index(fields=["until"], name="register_incident_until")]},
                ),
            ],
        )
    ]
