"""The demonstration as a person starts it, in a folder and on ports of its own."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.ports import free_ports

CHECKOUT = Path(__file__).resolve().parents[2]
START_SECONDS = 120.0
STOP_SECONDS = 60.0
COMMAND = [sys.executable, "-c", "from mespoints.cli import main; raise SystemExit(main())", "demo"]
OURS = ("MESPOINTS_", "DJANGO_", "DATABASE_URL")
DOORS = ("port", "franceconnect-port", "mailbox-port", "smtp-port", "proconnect-port")


@dataclass(frozen=True, slots=True)
class Demo:
    url: str
    mailbox_url: str
    data_dir: Path
    printed: str


@contextmanager
def running_demo() -> Iterator[Demo]:
    """Stopped by Ctrl-C at the end; whatever it leaves listening is an error."""
    # A short path: a PostgreSQL socket has about a hundred bytes for its name.
    with tempfile.TemporaryDirectory(prefix="mp-") as folder:
        # PostgreSQL refuses to run as root, and the account it runs under must reach its data.
        Path(folder).chmod(0o755)
        ports = free_ports(len(DOORS))
        options = [f"--{name}={port}" for name, port in zip(DOORS, ports, strict=True)]
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith(OURS)} | {
            "MESPOINTS_DATA_DIR": folder,
            "PYTHONPATH": str(CHECKOUT / "src"),
        }
        log = Path(folder, "printed.txt")
        with log.open("w") as out:
            process = subprocess.Popen([*COMMAND, *options], cwd=CHECKOUT, env=surroundings, stdout=out, stderr=subprocess.STDOUT)
        try:
            url = f"http://localhost:{ports[0]}"
            wait_for(url, log, process)
            yield Demo(url, f"http://127.0.0.1:{ports[2]}", Path(folder), log.read_text())
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(STOP_SECONDS)
        still_open = [port for port in ports if is_open(port)]
        assert not still_open, f"Ctrl-C left something listening on {still_open}"


def wait_for(url: str, log: Path, process: "subprocess.Popen[bytes]") -> None:
    limit = time.monotonic() + START_SECONDS
    while url not in log.read_text():
        assert process.poll() is None, f"the demonstration stopped:\n{log.read_text()}"
        assert time.monotonic() < limit, f"the demonstration did not start:\n{log.read_text()}"
        time.sleep(0.1)


def is_open(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0
