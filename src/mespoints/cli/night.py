"""``mespoints night``: one night, now. Run again after a failure, it takes up what is left."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from mespoints.cli.surroundings import django_started
from mespoints.feed.signing import FeedKeysUnusable, trusted_keys
from mespoints.operations.outgoing import mail


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("night", help="faire la nuit : fichiers, situations, messages, rapport")
    parser.add_argument(
        "drop_folder", nargs="?", type=Path, metavar="DOSSIER", help="où la source dépose ses fichiers (MESPOINTS_DROP_FOLDER)"
    )


def run(args: argparse.Namespace) -> int:
    """0 when there is nothing to do, 1 when someone has to look, 2 when the night did not go to its end."""
    with django_started() as environment:
        from mespoints.desk.night_report import NightOutcome  # noqa: PLC0415 – once Django is started
        from mespoints.desk.night_words import plain  # noqa: PLC0415 – same
        from mespoints.operations import nightly_chain  # noqa: PLC0415 – its tables need Django started
        from mespoints.operations.alone import NightAlreadyRunning  # noqa: PLC0415 – same
        from mespoints.operations.night import NightStopped  # noqa: PLC0415 – same
        from mespoints.operations.progress import progress_on  # noqa: PLC0415 – same

        folder = args.drop_folder or environment.drop_folder
        if folder is None:
            print("Dites où la source dépose ses fichiers : mespoints night DOSSIER, ou MESPOINTS_DROP_FOLDER.", file=sys.stderr)
            return 2
        try:
            report = nightly_chain.run(
                now=datetime.now(UTC),
                drop_folder=folder,
                keys=trusted_keys(environment.feed_keys),
                channel=mail(environment.smtp_url, environment.base_url),
                progress=progress_on(sys.stderr),
            )
        except (NightAlreadyRunning, NightStopped, FeedKeysUnusable) as failure:
            print(failure, file=sys.stderr)
            return 2
        print(plain(report))
        return 0 if report.outcome is NightOutcome.DONE else 1
