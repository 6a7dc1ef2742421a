"""The portal alone: it starts on what it is given, and a polite signal ends all of it."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.ports import free_ports

CHECKOUT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60.0


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_until_it_is_told_to_stop(told: signal.Signals) -> None:
    from django.db import connection

    held = connection.settings_dict
    url = f"postgresql://{held['USER']}@/{held['NAME']}?host={held['HOST']}"
    (port,) = free_ports(1)
    command = [sys.executable, "-c", "from mespoints.cli import main; raise SystemExit(main())", "serve", f"--port={port}"]
    variables = os.environ | {"DATABASE_URL": url, "PYTHONPATH": str(CHECKOUT / "src")}
    with subprocess.Popen(command, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as serving:
        limit = time.monotonic() + PATIENCE_SECONDS
        while not is_healthy(port):
            assert serving.poll() is None
            assert time.monotonic() < limit
            time.sleep(0.1)
        serving.send_signal(told)
        assert serving.wait(PATIENCE_SECONDS) == 0
    assert not is_healthy(port)


def is_healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sante") as answer:
            return bool(answer.read() == b"ok")
    except OSError:
        return False
