"""A register with the demonstration's people in it, in a database of its own."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from mespoints.operations.embedded_postgres import EmbeddedPostgres

CHECKOUT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """``folder`` for files; ``cluster`` is where the database's processes work."""

    folder: Path
    cluster: Path
    url: str

    def keep(self) -> None:
        """The database as it is now, aside, for ``restore``."""
        self._replace("bench_kept", "bench_register")

    def restore(self) -> None:
        """As it was kept; nothing of it is in the memory of the server any more."""
        self._replace("bench_register", "bench_kept")

    def _replace(self, name: str, template: str) -> None:
        from django.db import connection  # noqa: PLC0415 - once Django is set up

        connection.close()
        connection.close_pool()  # type: ignore[attr-defined] # of PostgreSQL only
        remove_database(self.url, name)
        with administrator(self.url) as session:
            session.execute(f"create database {name} template {template} strategy file_copy".encode())


@contextmanager
def empty_register() -> Iterator[Place]:
    """Django over empty tables in a database of its own, made anew and removed."""
    cluster = EmbeddedPostgres(CHECKOUT / "var" / "bench-postgres", database="bench_register")
    with tempfile.TemporaryDirectory(prefix="mp-bench-") as folder, cluster as url:
        remove_database(url, "bench_register")
        cluster.start()
        start_django(url, folder)
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", interactive=False, verbosity=0)
        yield Place(folder=Path(folder), cluster=cluster.cluster, url=url)
        for name in ("bench_register", "bench_kept"):
            remove_database(url, name)


def administrator(url: str) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(url.replace("/bench_register", "/postgres"), autocommit=True)


def remove_database(url: str, name: str) -> None:
    with administrator(url) as session:
        session.execute(f"drop database if exists {name} with (force)".encode())


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
