"""``mespoints rebuild-projection``: the situations kept for the night, computed again from the entries alone."""

import argparse
import sys
from datetime import UTC, datetime

from mespoints.cli.surroundings import django_started


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    subparsers.add_parser("rebuild-projection", help="recalculer toutes les situations d’après les écritures")


def run(_: argparse.Namespace) -> int:
    """0, unless some records no longer read (1) or a night is running (2)."""
    with django_started():
        from mespoints.operations.alone import NightAlreadyRunning, alone  # noqa: PLC0415 – once Django is started
        from mespoints.operations.progress import progress_on  # noqa: PLC0415 – same
        from mespoints.operations.projection_refresh import rebuild  # noqa: PLC0415 – its tables need Django started
        from mespoints.register.freshness import PARIS  # noqa: PLC0415 – same

        try:
            with alone():
                done = rebuild(datetime.now(UTC).astimezone(PARIS).date(), progress_on(sys.stderr))
        except NightAlreadyRunning as failure:
            print(failure, file=sys.stderr)
            return 2
    for each in done.unreadable:
        print(f"Dossier interne {each.holder_id}, écriture {each.last_entry} : l’une de ses écritures ne se lit plus.")
    print(
        f"{done.work.records} situations recalculées : {done.stored.first_seen} manquaient, {done.stored.changed} différaient, "
        f"{done.strays} ne reposaient sur aucune écriture."
    )
    return 1 if done.unreadable else 0
