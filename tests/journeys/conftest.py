"""The stage of a journey: the demonstration as a person starts it, and a phone's browser without JavaScript."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

CHECKOUT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PHONE = {"width": 390, "height": 844}
START_SECONDS = 120.0
STOP_SECONDS = 60.0
COMMAND = [sys.executable, "-c", "from mespoints.cli import main; raise SystemExit(main())", "demo"]


@dataclass(frozen=True, slots=True)
class Demo:
    url: str
    data_dir: Path
    printed: str


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    if CHROMIUM is None:
        pytest.fail("Chromium not found: `make test` installs it; or name it in CHROMIUM")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {"executable_path": CHROMIUM, "headless": True, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"viewport": PHONE, "java_script_enabled": False, "locale": "fr-FR", "accept_downloads": True}


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """Started once for all journeys, stopped by Ctrl-C; whatever it leaves behind is an error."""
    # A short path: a PostgreSQL socket has about a hundred bytes for its name.
    with tempfile.TemporaryDirectory(prefix="mp-") as folder:
        # Open to the account the database runs under when the tests are root's.
        Path(folder).chmod(0o755)
        ports = free_ports(4)
        options = [f"--{name}={port}" for name, port in zip(("port", "franceconnect-port", "mailbox-port", "smtp-port"), ports, strict=True)]
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("MESPOINTS_", "DJANGO_", "DATABASE_URL"))}
        surroundings = kept | {"MESPOINTS_DATA_DIR": folder, "PYTHONPATH": str(CHECKOUT / "src")}
        log = Path(folder, "printed.txt")
        with log.open("w") as out:
            process = subprocess.Popen([*COMMAND, *options], cwd=CHECKOUT, env=surroundings, stdout=out, stderr=subprocess.STDOUT)
        try:
            url = f"http://localhost:{ports[0]}"
            wait_for(url, log, process)
            yield Demo(url, Path(folder), log.read_text())
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(STOP_SECONDS)
        still_open = [port for port in ports if is_open(port)]
        assert not still_open, f"Ctrl-C left something listening on {still_open}"


def free_ports(count: int) -> list[int]:
    doors = [socket.socket() for _ in range(count)]
    for door in doors:
        door.bind(("127.0.0.1", 0))
    ports = [door.getsockname()[1] for door in doors]
    for door in doors:
        door.close()
    return ports


def wait_for(url: str, log: Path, process: "subprocess.Popen[bytes]") -> None:
    limit = time.monotonic() + START_SECONDS
    while url not in log.read_text():
        if process.poll() is not None or time.monotonic() > limit:
            pytest.fail(f"the demonstration did not start:\n{log.read_text()}")
        time.sleep(0.1)


def is_open(port: int) -> bool:
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def sign_in(page: Page, demo: Demo) -> Any:
    """From the home page to the balance, as the person whose name is given."""

    def walk(name: str) -> Page:
        page.goto(demo.url)
        page.get_by_role("main").get_by_role("link", name="Se connecter").or_(
            page.get_by_role("main").get_by_role("button", name="S’identifier avec FranceConnect")
        ).first.click()
        if "/connexion/" in page.url:
            page.get_by_role("button", name="S’identifier avec FranceConnect").click()
        page.get_by_role("button", name=name).first.click()
        return page

    return walk
