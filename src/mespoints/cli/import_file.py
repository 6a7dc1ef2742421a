"""``mespoints import-file``: a daily file and its manifest, into the register."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from mespoints.cli.surroundings import django_started
from mespoints.feed.signing import FeedKeysUnusable, trusted_keys


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("import-file", help="faire entrer un fichier du jour")
    parser.add_argument("data", type=Path, metavar="DONNÉES.jsonl")
    parser.add_argument("manifest", type=Path, metavar="MANIFESTE.json")


def run(args: argparse.Namespace) -> int:
    """0 when every row entered, 1 when some are in quarantine, 2 when the whole file was refused, 3 when the machine failed."""
    with django_started() as environment:
        from django.db import DatabaseError  # noqa: PLC0415 – once Django is started

        from mespoints.feed.import_ import import_file  # noqa: PLC0415 – its tables need Django started
        from mespoints.operations.night import cause  # noqa: PLC0415 – same

        try:
            keys = trusted_keys(environment.feed_keys)
        except FeedKeysUnusable as failure:
            print(failure, file=sys.stderr)
            return 2
        try:
            report = import_file(args.data, args.manifest, datetime.now(UTC), keys)
        except (DatabaseError, psycopg.Error, OSError) as failure:
            print(f"Rien n’est entré : {cause(failure)} Relancez la même commande une fois la cause levée.", file=sys.stderr)
            return 3
    if report.refusal is not None:
        print(report.refusal.sentence, file=sys.stderr)
        return 2
    print(
        f"Fichier {report.sequence} : {report.rows_read} lignes lues, {report.rows_entered} entrées, "
        f"{report.rows_known} déjà connues, {report.rows_refused} en quarantaine."
    )
    return 1 if report.rows_refused else 0
