"""The supervisor, on a real PostgreSQL, under the accounts this machine allows."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from mespoints.operations import embedded_postgres
from mespoints.operations.embedded_postgres import EmbeddedPostgres, processes_in
from mespoints.operations.postgres_programs import EmbeddedPostgresError

CHECKOUT = Path(__file__).resolve().parents[2]
IS_ROOT = os.geteuid() == 0
ORDINARY = pwd.getpwnam("nobody").pw_uid
"""An account with no right that every account has not."""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not tmp_path: its parents are closed to the account the server runs under."""
    place = Path(tempfile.mkdtemp(prefix="mp-"))
    place.chmod(0o755)
    yield place
    EmbeddedPostgres(place).erase()
    shutil.rmtree(place, ignore_errors=True)


def rows(url: str) -> list[tuple[int]]:
    with psycopg.connect(url) as connection:
        return connection.execute("select n from kept order by n").fetchall()


def write_row(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("create table kept (n int)")
        connection.execute("insert into kept values (7)")


def server_number(embedded: EmbeddedPostgres) -> int:
    return int((embedded.cluster / "postmaster.pid").read_text().splitlines()[0])


def test_starts_answers_and_stops(folder: Path) -> None:
    embedded = EmbeddedPostgres(folder)
    with embedded as url, psycopg.connect(url) as connection:
        assert connection.info.server_version >= 160_000
        assert connection.info.parameter_status("server_encoding") == "UTF8"
        assert connection.execute("select lower('ÉLOÏSE'), 'é' > 'z'").fetchone() == ("éloïse", True)
        assert connection.execute("show listen_addresses").fetchone() == ("",)
    assert not embedded.is_running
    assert not (embedded.cluster / "postmaster.pid").exists()


def test_a_second_start_finds_the_rows_again(folder: Path) -> None:
    with EmbeddedPostgres(folder) as url:
        write_row(url)
    with EmbeddedPostgres(folder) as url:
        assert rows(url) == [(7,)]


def test_the_last_to_leave_stops_the_server(folder: Path) -> None:
    first, second = EmbeddedPostgres(folder), EmbeddedPostgres(folder)
    write_row(first.start())
    second.start()
    first.stop()
    assert rows(second.url) == [(7,)]
    second.stop()
    assert not second.is_running


def test_a_server_killed_without_warning_is_started_again_with_its_rows(folder: Path) -> None:
    embedded = EmbeddedPostgres(folder)
    write_row(embedded.start())
    os.kill(server_number(embedded), signal.SIGKILL)
    assert rows(embedded.start()) == [(7,)]
    embedded.stop()


def test_a_server_left_alone_by_a_killed_user_is_taken_over(folder: Path) -> None:
    program = "import sys, time; from pathlib import Path; from mespoints.operations.embedded_postgres import EmbeddedPostgres\n"
    program += "print(EmbeddedPostgres(Path(sys.argv[1])).start(), flush=True); time.sleep(600)"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT / "src")},
    ) as user:
        assert user.stdout is not None
        assert user.stdout.readline()
        user.kill()
    embedded = EmbeddedPostgres(folder)
    left_by_the_dead = server_number(embedded)
    embedded.start()
    assert server_number(embedded) == left_by_the_dead
    embedded.stop()
    assert not embedded.is_running


def test_a_process_number_that_went_to_a_stranger_is_not_taken_for_the_server(folder: Path) -> None:
    embedded = EmbeddedPostgres(folder)
    write_row(embedded.start())
    pid_file = embedded.cluster / "postmaster.pid"
    stale = pid_file.read_text().splitlines()[1:]
    os.kill(server_number(embedded), signal.SIGKILL)
    while processes_in(embedded.cluster):
        time.sleep(0.05)
    with subprocess.Popen(["/bin/sleep", "600"]) as stranger:
        pid_file.write_text("\n".join([str(stranger.pid), *stale, ""]))
        assert rows(embedded.start()) == [(7,)]
        assert stranger.poll() is None
        stranger.kill()
    embedded.stop()


def test_an_interrupted_initialisation_is_begun_again(folder: Path) -> None:
    half_made = folder / "cluster.unfinished"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18\n")
    (folder / "cluster").mkdir()
    with EmbeddedPostgres(folder) as url:
        write_row(url)
    assert not half_made.exists()


def test_a_damaged_cluster_is_never_thrown_away(folder: Path) -> None:
    (folder / "cluster" / "base").mkdir(parents=True)
    with pytest.raises(EmbeddedPostgresError, match="n’est pas une base PostgreSQL complète"):
        EmbeddedPostgres(folder).start()
    assert (folder / "cluster" / "base").is_dir()


def test_a_cluster_of_another_version_is_said_to_be_one(folder: Path) -> None:
    with EmbeddedPostgres(folder):
        pass
    (folder / "cluster" / "PG_VERSION").write_text("12\n")
    with pytest.raises(EmbeddedPostgresError, match="créé par PostgreSQL 12"):
        EmbeddedPostgres(folder).start()
    (folder / "cluster" / "PG_VERSION").write_text("18\n")


def test_a_server_that_cannot_start_says_why(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_postgres, "configuration", lambda *_, **__: "shared_buffers = 'beaucoup'\n")
    with pytest.raises(EmbeddedPostgresError, match=r"postgresql\.conf"):
        EmbeddedPostgres(folder).start()


def test_a_path_too_long_for_a_socket_gets_one_elsewhere(folder: Path) -> None:
    embedded = EmbeddedPostgres(folder / ("long-" * 20))
    with embedded as url:
        write_row(url)
        assert rows(url) == [(7,)]
    embedded.erase()


def test_erased_it_is_new_again(folder: Path) -> None:
    embedded = EmbeddedPostgres(folder)
    with embedded as url:
        write_row(url)
        with pytest.raises(EmbeddedPostgresError, match="en service"):
            EmbeddedPostgres(folder).erase()
    embedded.erase()
    with embedded as url, psycopg.connect(url) as connection:
        assert connection.execute("select to_regclass('kept')").fetchone() == (None,)


@pytest.mark.skipif(not IS_ROOT, reason="only root needs a place another account can reach")
def test_for_root_a_closed_folder_is_replaced_by_an_open_one(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    embedded = EmbeddedPostgres(closed / "data")
    with embedded as url:
        write_row(url)
        assert rows(url) == [(7,)]
    assert embedded.home.is_relative_to("/var/tmp")
    assert (closed / "data" / "ELSEWHERE").read_text().strip() == str(embedded.home)
    embedded.erase()
    assert not embedded.home.exists()


@pytest.mark.skipif(not IS_ROOT, reason="every other test runs as an ordinary account already")
def test_an_ordinary_account_runs_it_under_its_own_name(folder: Path) -> None:
    os.chown(folder, ORDINARY, ORDINARY)
    program = "import os, sys; from pathlib import Path; from mespoints.operations.embedded_postgres import EmbeddedPostgres\n"
    program += "e = EmbeddedPostgres(Path(sys.argv[1]))\nwith e: print(e.is_running, (e.cluster / 'base').stat().st_uid)"
    interpreter = reachable_interpreter()
    done = subprocess.run(
        [interpreter, "-c", program, str(folder)],
        user=ORDINARY,
        group=ORDINARY,
        extra_groups=[],
        cwd="/",
        env={"PYTHONPATH": os.pathsep.join([str(CHECKOUT / "src"), *filter(None, sys.path)]), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == f"True {ORDINARY}\n", done.stderr


def reachable_interpreter() -> str:
    """An interpreter of our version that the ordinary account may execute; root's own may lie in root's home."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/local/bin/{version}", f"/usr/bin/{version}"):
        try:
            done = subprocess.run(
                [candidate, "-c", ""], user=ORDINARY, group=ORDINARY, extra_groups=[], cwd="/", check=False, capture_output=True
            )
        except OSError:
            continue
        if done.returncode == 0:
            return candidate
    pytest.skip(f"no {version} outside root's own folders")
