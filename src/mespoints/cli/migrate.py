"""``mespoints migrate``: tables brought up to date."""

import argparse

from mespoints.cli.surroundings import django_started


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    subparsers.add_parser("migrate", help="mettre les tables à jour")


def run(_: argparse.Namespace) -> int:
    with django_started():
        from django.core.management import call_command  # noqa: PLC0415 – once Django is started

        call_command("migrate", interactive=False)
    return 0
