"""``mespoints retention``: what the law orders to erase (article L225-2), counted or erased."""

import argparse
import sys
from datetime import UTC, datetime

from django.utils import timezone

from mespoints.cli.surroundings import django_started


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("retention", help="compter, ou effacer, ce que la loi ordonne d’effacer")
    parser.add_argument("--erase", action="store_true", help="effacer vraiment ; sans cette option, rien ne change")


def run(args: argparse.Namespace) -> int:
    now = datetime.now(UTC)
    with django_started():
        from mespoints.register.retention import RetentionRoleAbsent, due, erase  # noqa: PLC0415 – once Django is started

        today = timezone.localdate(now)
        try:
            report = erase(today, now) if args.erase else due(today)
        except RetentionRoleAbsent as refusal:
            print(refusal, file=sys.stderr)
            return 1
    print(
        f"{report.holders_due} dossiers sans décision depuis dix ans : "
        f"{report.entries_erased} écritures de {report.holders_erased} dossiers {'effacées' if args.erase else 'à effacer'}, "
        f"{report.holders_kept} dossiers conservés car leurs écritures décident encore de leur situation."
    )
    return 0
