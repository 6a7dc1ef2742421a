"""``mespoints serve``: the portal alone, on the environment it is given."""

import argparse
import os
import signal
import subprocess
import sys
from typing import NoReturn

from mespoints.cli.surroundings import django_started
from mespoints.operations.children import end_group

PATIENCE_SECONDS = 30.0
"""For the answers under way, once told to stop."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("serve", help="démarrer le portail")
    parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port d’écoute (%(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="processus, un par cœur (%(default)s)")


def run(args: argparse.Namespace) -> int:
    """Tables are brought up to date by ``mespoints migrate``, not here: several machines may serve one database."""
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--blocking-threads", "4"]
    server += ["--host", args.host, "--port", str(args.port), "--workers", str(args.workers)]
    signal.signal(signal.SIGTERM, interrupt)
    with django_started():
        from django.core.management import call_command  # noqa: PLC0415 – once Django is started

        call_command("collectstatic", verbosity=0, interactive=False)
        return until_told([*server, "mespoints.config.wsgi:application"])


def until_told(server: list[str]) -> int:
    """The server stops before the database, which must outlive its last answer; so Ctrl-C reaches us alone, and we pass it on."""
    with subprocess.Popen(server, env=dict(os.environ), start_new_session=True) as portal:
        try:
            return portal.wait()
        except KeyboardInterrupt:
            portal.terminate()
        try:
            portal.wait(PATIENCE_SECONDS)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            end_group(portal.pid, signal.SIGKILL)
    return 0


def interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt
