"""``mespoints audit``: everything computed again from the entries, and compared with what is kept."""

import argparse
import sys
import time
from pathlib import Path

from mespoints.cli.surroundings import django_started

PROCESSES = 2
MOST_TOLD = 1_000
"""Sentences; the rest is counted."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("audit", help="tout recalculer, vérifier les chaînes et les situations gardées")
    parser.add_argument(
        "--anchors",
        type=Path,
        metavar="FICHIER",
        help="copie de register-anchors.txt, gardée ailleurs que sur cette machine",
    )
    parser.add_argument("--processes", type=int, default=PROCESSES, help="processus, un par cœur (%(default)s)")


def run(args: argparse.Namespace) -> int:
    """0 when everything agrees, 1 when something differs: each difference names the record and the entry. 2: the copy of the
    anchors does not read.
    """
    with django_started():
        from mespoints.operations import anchor_file  # noqa: PLC0415 – its tables need Django started
        from mespoints.operations.audit import audit  # noqa: PLC0415 – its tables need Django started
        from mespoints.operations.progress import progress_on  # noqa: PLC0415 – same

        try:
            copy = anchor_file.read(args.anchors) if args.anchors else None
        except anchor_file.AnchorFileUnreadable as error:
            print(error, file=sys.stderr)
            return 2
        started = time.monotonic()
        records = differences = 0
        for verified in audit(max(1, args.processes), progress_on(sys.stderr), copy):
            records += verified.records
            for sentence in verified.findings:
                differences += 1
                if differences <= MOST_TOLD:
                    print(sentence, flush=True)
        print(verdict(records, differences, time.monotonic() - started))
    return 1 if differences else 0


def verdict(records: int, differences: int, seconds: float) -> str:
    took = f"{seconds:.1f}".replace(".", ",")
    if not differences:
        return f"{records} dossiers rejoués et comparés en {took} s : tout concorde."
    untold = f" (les {MOST_TOLD} premières ci-dessus)" if differences > MOST_TOLD else ""
    return f"{records} dossiers rejoués et comparés en {took} s : {differences} différences{untold}."
