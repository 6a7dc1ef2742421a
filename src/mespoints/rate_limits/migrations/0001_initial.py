from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("until", models.DateTimeField()),
                ("spent", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["until"], name="rate_limits_by_end")],
            },
        ),
        # Counters of an hour or a day are not worth the journal that protects the register.
        migrations.RunSQL("alter table rate_limits_counter set unlogged", "alter table rate_limits_counter set logged"),
    ]
