"""How a process started for a part of the work begins: with nothing, so this module imports nothing that wants Django."""

import gc


def start_django(database: str) -> None:
    """On the same database as its parent: a test gives it another name than the settings do."""
    import django  # noqa: PLC0415 – see above

    django.setup()
    from django.db import connection  # noqa: PLC0415 – once Django is set up

    connection.settings_dict["NAME"] = database
    # What is loaded by now stays to the end: the collector need not look at it again and again.
    gc.freeze()
