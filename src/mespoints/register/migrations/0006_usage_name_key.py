from typing import Any

from django.db import migrations, models

from mespoints.register.names import name_key

AT_ONCE = 5_000


def fill(apps: Any, _schema_editor: Any) -> None:
    holders = apps.get_model("register", "Holder").objects.filter(usage_name__isnull=False)
    chunk = []
    for holder in holders.only("pk", "usage_name").iterator(AT_ONCE):
        holder.usage_name_key = name_key(holder.usage_name)
        chunk.append(holder)
        if len(chunk) == AT_ONCE:
            holders.bulk_update(chunk, ["usage_name_key"])
            chunk = []
    holders.bulk_update(chunk, ["usage_name_key"])


class Migration(migrations.Migration):
    dependencies = [
        ("register", "0005_anchors"),
    ]

    operations = [
        migrations.AddField(model_name="holder", name="usage_name_key", field=models.TextField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="holder",
            index=models.Index(
                condition=models.Q(("usage_name_key__isnull", False)),
                fields=["usage_name_key", "birth_year", "given_names_key"],
                name="register_holder_usage_name",
            ),
        ),
    ]
