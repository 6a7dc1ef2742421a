"""``mespoints worker``: stays there and starts the night at its hour."""

import argparse

from mespoints.cli.surroundings import django_started


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    subparsers.add_parser("worker", help="rester là et lancer la nuit à son heure")


def run(_: argparse.Namespace) -> int:
    """Until Ctrl-C or SIGTERM: a night under way goes to its end first. Several workers, on several machines, may run."""
    with django_started() as environment:
        from procrastinate import PsycopgConnector  # noqa: PLC0415 – once Django is started
        from procrastinate.contrib.django import app  # noqa: PLC0415 – same

        with app.replace_connector(PsycopgConnector(conninfo=environment.database_url)):
            app.run_worker(concurrency=1)
    return 0
