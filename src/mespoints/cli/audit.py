"""``mespoints audit``: everything computed again from the entries, and compared with what is kept."""

import argparse
import sys
import time

from mespoints.cli.surroundings import django_started

PROCESSES = 2
MOST_TOLD = 1_000
"""Sentences; the rest is counted."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("audit", help="tout recalculer, vérifier les chaînes et les situations gardées")
    parser.add_argument("--processes", type=int, default=PROCESSES, help="processus, un par cœur (%(default)s)")


def run(args: argparse.Namespace) -> int:
    """0 when everything agrees, 1 when something differs: each difference names the record and the entry."""
    with django_started():
        from mespoints.operations.audit import audit  # noqa: PLC0415 – its tables need Django started
        from mespoints.operations.progress import progress_on  # noqa: PLC0415 – same

        started = time.monotonic()
        records = differences = 0
        for verified in audit(max(1, args.processes), progress_on(sys.stderr)):
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
