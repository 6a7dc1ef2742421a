"""A register with the demonstration's people in it, in a database of its own."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from mespoints.operations.embedded_postgres import EmbeddedPostgres

CHECKOUT = Path(__file__).resolve().parents[1]


@contextmanager
def empty_register() -> Iterator[Path]:
    """Django over empty tables in a database of its own, made anew and removed; gives a folder for its files."""
    cluster = EmbeddedPostgres(CHECKOUT / "var" / "bench-postgres", database="bench_register")
    with tempfile.TemporaryDirectory(prefix="mp-bench-") as folder, cluster as url:
        remove_database(url)
        cluster.start()
        start_django(url, folder)
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", interactive=False, verbosity=0)
        yield Path(folder)
        remove_database(url)


def remove_database(url: str) -> None:
    with psycopg.connect(url.replace("/bench_register", "/postgres"), autocommit=True) as connection:
        connection.execute("drop database if exists bench_register with (force)")


def start_django(url: str, folder: str) -> None:
    os.environ.update(
        DATABASE_URL=url,
        DJANGO_SETTINGS_MODULE="mespoints.config.settings",
        MESPOINTS_SECRET_KEY="for measures only, it protects nothing at all",  # noqa: S106
        MESPOINTS_BASE_URL="http://testserver",
        MESPOINTS_HOSTS="testserver",
        MESPOINTS_DATA_DIR=folder,
        MESPOINTS_INVENTED_DATA="1",
    )
    import django  # noqa: PLC0415 - the settings are read here, not before

    django.setup()


@contextmanager
def filled_register() -> Iterator[None]:
    """Django set up as it is served, over tables that hold the twelve people."""
    with tempfile.TemporaryDirectory(prefix="mp-bench-") as folder, EmbeddedPostgres(CHECKOUT / "var" / "bench-postgres") as url:
        start_django(url, folder)
        from mespoints.operations.demo.filling import enter_daily_file, prepare_site  # noqa: PLC0415

        prepare_site()
        refusal = enter_daily_file(Path(folder), datetime.now(UTC))
        if refusal is not None:
            raise SystemExit(refusal)
        yield
