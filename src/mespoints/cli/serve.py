"""``mespoints serve``: the portal alone, on the environment it is given."""

import argparse
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from typing import NoReturn

from mespoints.cli.surroundings import django_started
from mespoints.config.environment import Environment
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
    with django_started() as environment:
        check_seal(environment, datetime.now(UTC))
        notice = proxy_notice(environment)
        if notice is not None:
            print(notice, file=sys.stderr)
        from django.core.management import call_command  # noqa: PLC0415 – once Django is started

        call_command("collectstatic", verbosity=0, interactive=False)
        return until_told([*server, "mespoints.config.wsgi:application"])


def check_seal(environment: Environment, now: datetime) -> None:
    """A service whose papers could not be sealed does not start; one whose certificate ends soon says so."""
    if environment.seal is None:
        return
    from mespoints.documents.seal import SealUnusable, open_seal  # noqa: PLC0415 – heavy, and of no use to the other words

    try:
        notice = open_seal(environment.seal, now).chain.notice(now)
    except SealUnusable as unusable:
        print(unusable, file=sys.stderr)
        sys.exit(1)
    if notice is not None:
        print(notice, file=sys.stderr)


def proxy_notice(environment: Environment) -> str | None:
    """The server itself speaks no HTTPS: something stands before it, and limits by network must see through."""
    if not environment.is_https or environment.trusted_proxies:
        return None
    return (
        "MESPOINTS_TRUSTED_PROXIES vaut 0 : sans mandataire déclaré, toutes les visites paraîtront venir d’une seule adresse, "
        "celle de ce qui reçoit le https. Donnez le nombre de vos mandataires."
    )


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
