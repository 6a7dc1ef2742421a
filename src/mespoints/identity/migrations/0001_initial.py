import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import mespoints.identity.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("register", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "public_id",
                    models.CharField(default=mespoints.identity.models.new_public_id, editable=False, max_length=32, unique=True),
                ),
                ("email", models.EmailField(blank=True, default=None, max_length=254, null=True)),
                ("is_active", models.BooleanField(default=True)),
                ("opened_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SignInAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state_digest", models.CharField(max_length=64, unique=True)),
                ("nonce_digest", models.CharField(max_length=64)),
                ("browser_digest", models.CharField(max_length=64)),
                ("purpose", models.CharField(choices=[("sign_in", "Sign In"), ("sign_out", "Sign Out")], max_length=16)),
                ("started_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("consumed_at", models.DateTimeField(default=None, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provider", models.CharField(choices=[("franceconnect", "Franceconnect")], max_length=32)),
                ("subject", models.CharField(max_length=255)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(default=None, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.holder"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("provider", "subject"),
                        name="one_current_link_per_subject",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)), fields=("account",), name="one_current_link_per_account"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("provider", "holder"),
                        name="one_current_link_per_holder_and_provider",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"),
                        name="link_ends_after_it_began",
                    ),
                ],
            },
        ),
    ]
