"""The calendar of the worker, played by a real one."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app

from mespoints.desk import journal
from mespoints.feed.signing import declaration
from mespoints.operations import schedule
from tests.feed.samples import SIGNER, holder, licence, write


def jobs() -> list[tuple[str, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("select task_name, status::text, attempts from procrastinate_jobs order by id")
        return list(cursor.fetchall())


def work() -> None:
    """All that waits now, then stops."""
    url = connection.settings_dict
    conninfo = f"postgresql://{url['USER']}@/{url['NAME']}?host={url['HOST']}"
    with app.replace_connector(PsycopgConnector(conninfo=conninfo, min_size=1)):
        app.run_worker(wait=False, concurrency=1, install_signal_handlers=False, listen_notify=False)


@pytest.fixture
def a_machine(transactional_db: None, tmp_path: Path, settings: Any) -> None:
    with connection.cursor() as cursor:
        # Django does not empty the tables that it does not manage.
        cursor.execute("delete from procrastinate_jobs")
    path = tmp_path / "keys.toml"
    path.write_bytes(declaration(SIGNER))
    settings.FEED_KEYS = path
    settings.DROP_FOLDER = tmp_path / "drop"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("a_machine")
def test_the_worker_makes_the_night(tmp_path: Path) -> None:
    write(tmp_path / "drop", [holder(), licence()])
    app.configure_task("night").defer(timestamp=0)
    work()
    assert jobs() == [("night", "succeeded", 1)]
    (kept,) = journal.latest(5)
    assert kept.report.touched == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("a_machine")
def test_a_night_that_fails_is_planned_again(settings: Any) -> None:
    settings.DROP_FOLDER = None
    app.configure_task("night").defer(timestamp=0)
    work()
    assert jobs() == [("night", "todo", 1)]


def test_the_night_is_in_the_calendar_once() -> None:
    planned = [(task.cron, task.task.name) for task in app.periodic_registry.periodic_tasks.values()]
    assert planned == [(schedule.NIGHTLY, "night")]
