"""The worker: it starts again when its database went away, and leaves when it is asked to."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from mespoints.cli import worker

CHECKOUT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60.0


def test_each_time_the_database_goes_it_starts_again(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    started: list[int] = []
    ended: list[str] = []

    async def work(_: Any) -> None:
        started.append(1)
        if len(started) < 3:
            return
        asyncio.get_running_loop().call_later(0.1, os.kill, os.getpid(), signal.SIGTERM)
        try:
            await asyncio.sleep(PATIENCE_SECONDS)
        except asyncio.CancelledError:
            await asyncio.sleep(0)
            ended.append("what was under way")
            raise

    monkeypatch.setattr(worker, "until_the_database_goes", work)
    monkeypatch.setattr(worker, "PAUSE_SECONDS", 0.0)
    asyncio.run(worker.stay(None))  # type: ignore[arg-type]
    assert (len(started), ended) == (3, ["what was under way"])
    assert capsys.readouterr().err.count("La base de données ne répond plus") == 2


def is_listening() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from pg_stat_activity where datname = current_database() and query ilike 'listen%')"
        )
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_asked_to_stop_it_leaves_at_once_and_all_is_well(tmp_path: Path) -> None:
    url = connection.settings_dict
    variables = {
        "PYTHONPATH": str(CHECKOUT / "src"),
        "PATH": os.defpath,
        "DATABASE_URL": f"postgresql://{url['USER']}@/{url['NAME']}?host={url['HOST']}",
        "MESPOINTS_SECRET_KEY": "for tests only, it protects nothing at all",
        "MESPOINTS_BASE_URL": "http://testserver",
        "MESPOINTS_DATA_DIR": str(tmp_path),
    }
    command = [sys.executable, "-c", "from mespoints.cli import main; raise SystemExit(main(['worker']))"]
    process = subprocess.Popen(command, env=variables)
    try:
        limit = time.monotonic() + PATIENCE_SECONDS
        while not is_listening():
            assert time.monotonic() < limit
            assert process.poll() is None
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_SECONDS) == 0
    finally:
        process.kill()
        process.wait()
