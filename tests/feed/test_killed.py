"""An importer killed at any moment leaves nothing behind, and the next one does all its work."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from mespoints.feed.import_ import ImportOutcome, import_file
from mespoints.feed.signing import declaration
from mespoints.feed.writing import Drop
from tests.feed.samples import KEYS, SIGNER, Fields, enter, fact, holder, licence, offence, write

CHECKOUT = Path(__file__).resolve().parents[2]
KILLS = 4
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
IMPORT = """
import sys
from datetime import datetime
from pathlib import Path
import django
django.setup()
from mespoints.feed.import_ import import_file
from mespoints.feed.signing import trusted_keys
keys = trusted_keys(Path(sys.argv[3]))
print("ready", flush=True)
import_file(Path(sys.argv[1]), Path(sys.argv[2]), datetime.fromisoformat(sys.argv[4]), keys)
"""
# Numbers drawn by an importer that was killed are not drawn again: rows are compared without them.
NUMBERS = {
    "id",
    "batch_id",
    "first_entry",
    "last_entry",
    "known_from",
    "known_until",
    "holder_id",
    "settled_in_id",
    "salt",
    "fingerprint",
}
TABLES = (
    "register_batch",
    "register_holder",
    "register_licence",
    "register_entry",
    "feed_quarantine",
    "feed_reception",
    "feed_statedbalance",
)


def rows() -> Iterator[Fields | bytes]:
    """Good ones, bad ones, and one that lets in what an earlier file left waiting."""
    yield holder()
    yield licence()
    for number in range(1_500):
        person = {"file_number": f"150399{number:06d}"}
        yield holder(**person)
        yield offence(**person)
        yield fact("stated_balance", on="2026-11-22", points=12, **person)
        yield fact("course", fact_id="C1", on="2025-02-30" if number % 7 else "2025-02-20", **person)
        yield fact("decision_cancelled", fact_id="A1", on="2025-12-01", target="O1" if number % 5 else "O9", **person)


def everything() -> dict[str, list[tuple[Any, ...]]]:
    told = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"select * from {table}")  # noqa: S608 - names of this file
            kept = [rank for rank, column in enumerate(cursor.description) if column.name not in NUMBERS]
            told[table] = sorted((tuple(row[rank] for rank in kept) for row in cursor.fetchall()), key=repr)
    return told


def start(drop: Drop, keys: Path) -> "subprocess.Popen[str]":
    url = connection.settings_dict
    variables = os.environ | {
        "DATABASE_URL": f"postgresql://{url['USER']}@/{url['NAME']}?host={url['HOST']}",
        "PYTHONPATH": str(CHECKOUT / "src"),
    }
    command = [sys.executable, "-c", IMPORT, str(drop.data_path), str(drop.manifest_path), str(keys), NOW.isoformat()]
    process = subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.mark.django_db(transaction=True)
def test_killed_at_random_moments_it_ends_as_if_undisturbed(tmp_path: Path) -> None:
    keys = tmp_path / "keys.toml"
    keys.write_bytes(declaration(SIGNER))
    enter(tmp_path, [offence(), offence(fact_id="O2", points="X")])
    drop = write(tmp_path, rows(), sequence=2)
    before = everything()
    with transaction.atomic():
        started = time.monotonic()
        import_file(drop.data_path, drop.manifest_path, NOW, KEYS)
        duration = time.monotonic() - started
        undisturbed = everything()
        transaction.set_rollback(True)
    assert everything() == before

    for moment in [random.uniform(0.0, 0.9) * duration for _ in range(KILLS)]:  # noqa: S311 - guards no secret
        process = start(drop, keys)
        time.sleep(moment)
        process.kill()
        process.communicate()
        assert everything() in (before, undisturbed), f"killed after {moment:.3f} s of {duration:.3f}"
    report = import_file(drop.data_path, drop.manifest_path, NOW, KEYS)
    assert report.outcome in {ImportOutcome.ENTERED, ImportOutcome.ALREADY_ENTERED}
    assert everything() == undisturbed
