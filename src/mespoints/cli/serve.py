"""``mespoints serve``: the portal alone, on the environment it is given."""

import argparse
import os
import signal
import subprocess
import sys

from mespoints.cli.surroundings import django_started


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("serve", help="démarrer le portail")
    parser.add_argument("--host", default="127.0.0.1", help="adresse d’écoute (%(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port d’écoute (%(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="processus, un par cœur (%(default)s)")


def run(args: argparse.Namespace) -> int:
    """Tables are brought up to date by ``mespoints migrate``, not here: several machines may serve one database."""
    server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--blocking-threads", "4"]
    server += ["--host", args.host, "--port", str(args.port), "--workers", str(args.workers)]
    with django_started():
        from django.core.management import call_command  # noqa: PLC0415 – once Django is started

        call_command("collectstatic", verbosity=0, interactive=False)
        with subprocess.Popen([*server, "mespoints.config.wsgi:application"], env=dict(os.environ)) as portal:
            # Told to stop, we stop the server first: the database must outlive its last answer.
            signal.signal(signal.SIGTERM, lambda *_: portal.terminate())
            try:
                return portal.wait()
            except KeyboardInterrupt:
                # It received Ctrl-C as we did, and finishes what it is answering.
                return portal.wait()
