"""The table itself is handed over by the migration of ``register``."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("feed", "0001_initial"), ("register", "0004_incident")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="Incident")]),
    ]
