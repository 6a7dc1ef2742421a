"""The stage of every test: a real PostgreSQL, settings of its own, no network but this machine's."""

import contextlib
import ipaddress
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
CLUSTER = CHECKOUT / "var" / "test-postgres"
OURS = ("MESPOINTS_", "DJANGO_", "PG")
_folder = pytest.StashKey[tempfile.TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Before Django reads its settings. The database is only named here; it starts with the first test that wants it."""
    from mespoints.operations.embedded_postgres import EmbeddedPostgres

    config.stash[_folder] = tempfile.TemporaryDirectory(prefix="mespoints-tests-")
    for name in [name for name in os.environ if name.startswith(OURS)]:
        del os.environ[name]
    os.environ.setdefault("DATABASE_URL", EmbeddedPostgres(CLUSTER).url)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="mespoints.config.settings",
        # The browser journeys run beside an event loop, which Django would otherwise take for its own.
        DJANGO_ALLOW_ASYNC_UNSAFE="1",
        MESPOINTS_SECRET_KEY="for tests only, it protects nothing at all",
        MESPOINTS_BASE_URL="http://testserver",
        MESPOINTS_HOSTS="testserver,localhost,127.0.0.1",
        MESPOINTS_DATA_DIR=config.stash[_folder].name,
        MESPOINTS_INVENTED_DATA="1",
        MESPOINTS_FRANCECONNECT="http://127.0.0.1:8001/api/v2",
        MESPOINTS_FRANCECONNECT_CLIENT_ID="mespoints-tests",
        MESPOINTS_FRANCECONNECT_CLIENT_SECRET="secret of tests",
    )
    import django

    django.setup()


def pytest_unconfigure(config: pytest.Config) -> None:
    if _folder in config.stash:
        config.stash[_folder].cleanup()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Starts the cluster for the session, and gives the session a test database of its own: several may run at once."""
    from django.db import connections

    from mespoints.operations.embedded_postgres import EmbeddedPostgres

    connections.settings["default"].setdefault("TEST", {})["NAME"] = f"test_mespoints_{os.getpid()}"
    embedded = EmbeddedPostgres(CLUSTER, is_durable=False)
    is_ours = os.environ["DATABASE_URL"] == embedded.url
    with embedded if is_ours else contextlib.nullcontext():
        yield


@pytest.fixture(scope="session", autouse=True)
def flush_past_the_triggers() -> Iterator[None]:
    """After a test that commits, Django empties every table, which the append-only tables refuse: triggers rest meanwhile.

    The account of the test database must be allowed to set ``session_replication_role`` (the embedded one is).
    """
    from django.db.backends.postgresql.operations import DatabaseOperations

    flush = DatabaseOperations.execute_sql_flush

    def flush_with_triggers_at_rest(self: DatabaseOperations, sql_list: list[str]) -> None:
        flush(self, ["set local session_replication_role = replica", *sql_list])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush_with_triggers_at_rest)
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files(django_test_environment: None) -> None:
    """As served: under their hashed names, so that a page that names a missing file fails."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)


class NetworkRefused(Exception):
    """A test tried to leave this machine."""


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Loopback and Unix sockets only."""
    connect, connect_ex, resolve = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse_strangers(family: int, address: Any) -> None:
        if family in {socket.AF_INET, socket.AF_INET6}:
            refuse_stranger(address[0])

    def guarded_connect(self: socket.socket, address: Any) -> None:
        refuse_strangers(self.family, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        refuse_strangers(self.family, address)
        return connect_ex(self, address)

    def guarded_resolve(host: Any, *arguments: Any, **options: Any) -> Any:
        refuse_stranger(host)
        return resolve(host, *arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_resolve)
        yield


def refuse_stranger(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost", "0.0.0.0", "::"}:  # noqa: S104 – names of this machine
        return
    try:
        is_here = ipaddress.ip_address(name).is_loopback
    except ValueError:
        is_here = False
    if not is_here:
        raise NetworkRefused(f"{name}: tests speak to this machine only")
