from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Night",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("started_at", models.DateTimeField()),
                ("outcome", models.CharField(max_length=16)),
                ("report", models.JSONField()),
            ],
            options={"indexes": [models.Index(fields=["-started_at"], name="desk_night_latest")]},
        ),
    ]
