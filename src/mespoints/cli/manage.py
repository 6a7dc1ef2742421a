"""``mespoints manage``: any command of Django, with the database started."""

import argparse

from mespoints.cli.surroundings import django_started


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("manage", help="une commande de Django, avec la base démarrée", add_help=False)
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="…")


def run(args: argparse.Namespace) -> int:
    with django_started():
        from django.core.management import execute_from_command_line  # noqa: PLC0415 – once Django is started

        execute_from_command_line(["mespoints manage", *args.words])
    return 0
