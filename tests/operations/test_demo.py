"""The demonstration as a process: what it says and repairs when something is in the way. The journeys show the rest."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from mespoints.operations.children import Children
from mespoints.operations.demo.credentials import credentials
from mespoints.operations.demo.launcher import start_simulators
from mespoints.operations.demo.plan import Plan, Ports
from simulators.franceconnect.__main__ import parser as drivers_parser
from simulators.proconnect.__main__ import parser as agents_parser
from tests.ports import free_ports

CHECKOUT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "from mespoints.cli import main; raise SystemExit(main())", "demo"]
OPTIONS = ("--port", "--franceconnect-port", "--proconnect-port", "--mailbox-port", "--smtp-port")
PATIENCE_SECONDS = 90.0
NOT_OURS = ("MESPOINTS_", "DJANGO_", "DATABASE_URL")


@dataclass(frozen=True)
class Stage:
    folder: Path
    ports: tuple[int, ...]

    def command(self, *words: str) -> list[str]:
        return [*COMMAND, *(f"{option}={port}" for option, port in zip(OPTIONS, self.ports, strict=True)), *words]

    @property
    def variables(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_OURS)}
        return kept | {"MESPOINTS_DATA_DIR": str(self.folder), "PYTHONPATH": str(CHECKOUT / "src")}

    @property
    def said(self) -> Path:
        return self.folder / "said.txt"

    def start(self) -> "subprocess.Popen[bytes]":
        with self.said.open("wb") as said:
            process = subprocess.Popen(self.command(), env=self.variables, stdout=said, stderr=subprocess.STDOUT)
        wait(lambda: "Ctrl-C arrête tout" in self.said.read_text() or process.poll() is not None)
        assert process.poll() is None, self.said.read_text()
        return process

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.ports[0]}/") as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def database_number(self) -> int:
        return int((self.folder / "postgres" / "cluster" / "postmaster.pid").read_text().partition("\n")[0])


def wait(until: Callable[[], bool]) -> None:
    limit = time.monotonic() + PATIENCE_SECONDS
    while not until():
        assert time.monotonic() < limit
        time.sleep(0.1)


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    folder = Path(tempfile.mkdtemp(prefix="mp-"))
    folder.chmod(0o755)
    stage = Stage(folder, tuple(free_ports(len(OPTIONS))))
    yield stage
    erased = subprocess.run(stage.command("--erase"), env=stage.variables, check=False, capture_output=True, text=True)
    shutil.rmtree(folder, ignore_errors=True)
    assert erased.returncode == 0, erased.stderr


def test_check_starts_everything_and_leaves_nothing(stage: Stage) -> None:
    done = subprocess.run(stage.command("--check"), env=stage.variables, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"http://localhost:{stage.ports[0]}/" in done.stdout
    assert not stage.answers()
    assert not (stage.folder / "postgres" / "cluster" / "postmaster.pid").exists()


@pytest.mark.parametrize("rank", range(len(OPTIONS)))
def test_a_busy_port_is_named_with_the_way_out(stage: Stage, rank: int) -> None:
    with closing(socket.create_server(("127.0.0.1", stage.ports[rank]))):
        done = subprocess.run(stage.command(), env=stage.variables, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"Le port {stage.ports[rank]} est occupé" in done.stderr
    assert OPTIONS[rank] in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="recognising one's own needs /proc")
def test_killed_parts_are_started_again_and_a_killed_demonstration_is_ended(stage: Stage) -> None:
    first = stage.start()
    os.kill(stage.database_number(), signal.SIGKILL)
    wait(lambda: "relancée" in stage.said.read_text())
    wait(stage.answers)

    second = subprocess.run(stage.command(), env=stage.variables, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert "tourne déjà" in second.stderr

    first.kill()
    first.wait()
    wait(stage.answers)
    third = stage.start()
    assert "n’avait pas été arrêtée" in stage.said.read_text()
    third.terminate()
    assert third.wait(PATIENCE_SECONDS) == 0
    assert not stage.answers()


def test_a_secret_drawn_with_a_leading_dash_is_no_option(tmp_path: Path) -> None:
    started: dict[str, list[str]] = {}

    class Group:
        def start(self, name: str, module: str, arguments: list[str], **surroundings: object) -> None:
            started[module] = arguments

    ports = Ports(portal=1, franceconnect=2, proconnect=5, mailbox=3, smtp=4)
    plan = Plan(checkout=CHECKOUT, data_dir=tmp_path, ports=ports, database_url=None, check_only=False)
    start_simulators(
        plan,
        cast("Children", Group()),
        {},
        replace(credentials(tmp_path, datetime.now(UTC)), client_secret="-x", agents_client_secret="-y"),
    )
    assert drivers_parser().parse_args(started["simulators.franceconnect"]).client_secret == "-x"
    assert agents_parser().parse_args(started["simulators.proconnect"]).client_secret == "-y"
