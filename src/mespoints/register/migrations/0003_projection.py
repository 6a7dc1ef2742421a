"""The projection: rebuilt from the entries whenever one likes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name="Projection",
            fields=[
                (
                    "holder",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="register.holder",
                    ),
                ),
                ("account", models.SmallIntegerField()),
                ("balance", models.SmallIntegerField()),
                ("ceiling", models.SmallIntegerField(null=True)),
                ("status", models.CharField(max_length=32)),
                ("probation_ends_on", models.DateField(null=True)),
                ("next_change_on", models.DateField(null=True)),
                ("known_at", models.BigIntegerField()),
                ("computed_on", models.DateField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_change_on__isnull", False)),
                        fields=["next_change_on"],
                        name="register_projection_due",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectionMark",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("entry_number", models.BigIntegerField()),
                ("computed_on", models.DateField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="register_projection_one_mark")],
            },
        ),
    ]
