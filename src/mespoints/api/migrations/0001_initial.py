from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Usage",
            fields=[
                ("caller", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("minute", models.DateTimeField()),
                ("requests", models.IntegerField()),
                ("cases", models.IntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["minute"], name="api_usage_by_minute")],
            },
        ),
        # Counters of a minute are not worth the journal that protects the register.
        migrations.RunSQL("alter table api_usage set unlogged", "alter table api_usage set logged"),
    ]
