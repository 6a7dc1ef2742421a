"""``mespoints worker``: stays there and starts the night at its hour."""

import argparse
import asyncio
import contextlib
import signal
import sys
from typing import TYPE_CHECKING

from mespoints.cli.surroundings import django_started

if TYPE_CHECKING:
    from procrastinate import App

PAUSE_SECONDS = 5.0
"""Before the database is tried again."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    subparsers.add_parser("worker", help="rester là et lancer la nuit à son heure")


def run(_: argparse.Namespace) -> int:
    """Until Ctrl-C or SIGTERM: a night under way goes to its end first. Several workers, on several machines, may run."""
    with django_started() as environment:
        from procrastinate import PsycopgConnector  # noqa: PLC0415 – once Django is started
        from procrastinate.contrib.django import app  # noqa: PLC0415 – same

        with app.replace_connector(PsycopgConnector(conninfo=environment.database_url)) as connected:
            asyncio.run(stay(connected))
    return 0


async def stay(app: "App") -> None:
    """Procrastinate stops when the database goes away, and says that all is well: it is started again until it is back."""
    asked = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    stop = asyncio.create_task(asked.wait())
    while not asked.is_set():
        work = asyncio.create_task(until_the_database_goes(app))
        await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
        if asked.is_set():
            # Not dropped: what is under way goes to its end.
            work.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await work
            return
        await work
        print("La base de données ne répond plus : le prochain essai est dans quelques secondes.", file=sys.stderr, flush=True)
        await asyncio.wait({stop}, timeout=PAUSE_SECONDS)


async def until_the_database_goes(app: "App") -> None:
    from procrastinate.exceptions import ConnectorException  # noqa: PLC0415 – only this word needs it

    with contextlib.suppress(ConnectorException):
        async with app.open_async():
            await app.run_worker_async(concurrency=1, install_signal_handlers=False)
