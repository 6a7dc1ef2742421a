"""A round trip says with which provider it was begun. Those under way live ten minutes: all were FranceConnect's."""

from django.db import migrations, models

PROVIDERS = [("franceconnect", "FranceConnect"), ("franceconnect_plus", "FranceConnect+"), ("proconnect", "ProConnect")]


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="signinattempt",
            name="provider",
            field=models.CharField(choices=PROVIDERS, default="franceconnect", max_length=32),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="link",
            name="provider",
            field=models.CharField(choices=PROVIDERS, max_length=32),
        ),
        migrations.AlterField(
            model_name="signinattempt",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("sign_in", "Sign In"),
                    ("sign_out", "Sign Out"),
                    ("agent_sign_in", "Agent Sign In"),
                    ("agent_sign_out", "Agent Sign Out"),
                ],
                max_length=16,
            ),
        ),
    ]
