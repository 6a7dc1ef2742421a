"""Anchors: append-only, as what they cover."""

from django.db import migrations, models

_GUARD = """
create trigger register_anchor_rows before update or delete on register_anchor
    for each row execute function register_refuse_change();
create trigger register_anchor_statements before update or delete or truncate on register_anchor
    for each statement execute function register_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("register", "0004_incident")]

    operations = [
        migrations.CreateModel(
            name="Anchor",
            fields=[
                ("entry_number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("digest", models.BinaryField()),
                ("anchored_at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(_GUARD, migrations.RunSQL.noop),
    ]
