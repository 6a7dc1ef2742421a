from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0006_linking")]

    operations = [
        migrations.AddField(
            model_name="signinattempt",
            name="destination",
            field=models.CharField(default="", max_length=32),
        ),
    ]
