import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_verification"),
        ("register", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentCopy",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="copy",
                        serialize=False,
                        to="documents.issueddocument",
                    ),
                ),
                ("key_id", models.CharField(max_length=32)),
                ("ciphertext", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="StatusList",
            fields=[
                ("number", models.IntegerField(primary_key=True, serialize=False)),
                ("given", models.IntegerField(default=0)),
                ("version", models.UUIDField(default=uuid.uuid4)),
            ],
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="ended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="kept_until",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="state",
            field=models.CharField(
                choices=[("current", "En cours"), ("replaced", "Remplacé"), ("withdrawn", "Retiré")],
                default="current",
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="status_index",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="substance_sha256",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("account_id", models.BigIntegerField()),
                ("code_digest", models.CharField(max_length=64, unique=True)),
                ("name_digest", models.CharField(max_length=64)),
                ("audience", models.CharField(max_length=60)),
                ("categories", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                ("expires_on", models.DateField()),
                ("views_allowed", models.IntegerField()),
                ("views_used", models.IntegerField(default=0)),
                ("wrong_names", models.IntegerField(default=0)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "holder",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="register.holder"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ShareView",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "share",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="views", to="documents.share"),
                ),
            ],
        ),
        migrations.AddField(
            model_name="issueddocument",
            name="status_list",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="documents.statuslist"
            ),
        ),
        migrations.AddIndex(
            model_name="issueddocument",
            index=models.Index(fields=["holder", "-issued_at"], name="documents_issued_by_holder"),
        ),
        migrations.AddIndex(
            model_name="issueddocument",
            index=models.Index(
                condition=models.Q(("kept_until__isnull", False)), fields=["kept_until"], name="documents_issued_by_end"
            ),
        ),
        migrations.AddIndex(
            model_name="issueddocument",
            index=models.Index(
                condition=models.Q(("state", "current"), _negated=True),
                fields=["status_list"],
                name="documents_issued_no_longer_good",
            ),
        ),
        migrations.AddConstraint(
            model_name="issueddocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("substance_sha256__regex", "^([0-9a-f]{64})?$")), name="documents_issued_substance"
            ),
        ),
        migrations.AddConstraint(
            model_name="issueddocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("state", "current")),
                    models.Q(("ended_at__isnull", False), ("state__in", ["replaced", "withdrawn"])),
                    _connector="OR",
                ),
                name="documents_issued_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="issueddocument",
            constraint=models.UniqueConstraint(fields=("status_list", "status_index"), name="documents_one_paper_per_status"),
        ),
        migrations.AddIndex(
            model_name="share",
            index=models.Index(fields=["holder", "-created_at"], name="documents_share_by_holder"),
        ),
        migrations.AddIndex(
            model_name="share",
            index=models.Index(fields=["expires_on"], name="documents_share_by_end"),
        ),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(("views_used__gte", 0), ("views_used__lte", models.F("views_allowed"))),
                name="documents_share_views",
            ),
        ),
    ]
