"""``mespoints migrate``: tables brought up to date, and the rights on them."""

import argparse
import sys

from mespoints.cli.surroundings import django_started


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    subparsers.add_parser("migrate", help="mettre les tables à jour")


def run(_: argparse.Namespace) -> int:
    """1 when the tables are up to date and the rights could not be given."""
    with django_started():
        from django.core.management import call_command  # noqa: PLC0415 – once Django is started

        from mespoints.operations.database_roles import RolesRefused, grant_roles  # noqa: PLC0415 – same

        call_command("migrate", interactive=False)
        try:
            grant_roles()
        except RolesRefused as refusal:
            print(refusal, file=sys.stderr)
            return 1
    return 0
