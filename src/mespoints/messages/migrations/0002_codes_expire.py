from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("messages", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="outbox",
            name="expires_at",
            field=models.DateTimeField(default=None, null=True),
        ),
    ]
