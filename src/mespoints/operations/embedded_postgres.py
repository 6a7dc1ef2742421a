"""A PostgreSQL of our own, for a machine that has none: made, started, repaired and stopped by this one small supervisor.

One folder is one cluster. Whoever uses it holds a shared lock on it, and the last to leave stops the server; a user
killed without warning loses the lock with his life, so nothing has to be tidied after him.
"""

import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO
from urllib.parse import quote

import psycopg
from psycopg import sql

from mespoints.operations.postgres_programs import EmbeddedPostgresError, Programs, RunAs, own_place, programs, short_hash

ROLE = "mespoints"
LONGEST_SOCKET_FOLDER = 85
"""Bytes. The system allows about 107 for the whole name, ours adds fifteen or so."""
START_SECONDS = 300
"""A recovery after a crash replays the journal before it answers: a short limit would call it a failure."""
ORPHAN_SECONDS = 30.0
"""How long children of a killed server may take to notice and leave."""
LARGEST_LOG = 5_000_000
"""Bytes."""
OTHERWISE = "ou donnez une autre base par DATABASE_URL"


class EmbeddedPostgres:
    """``start()`` gives a URL; ``stop()`` stops the server if nobody else uses it. Also a context manager.

    ``is_durable`` false (tests): faster, and a power cut may lose everything.
    """

    def __init__(self, data_dir: Path, *, database: str = ROLE, is_durable: bool = True) -> None:
        self._data_dir = data_dir.resolve()
        self._database = database
        self._is_durable = is_durable
        self._users_lock: IO[str] | None = None
        self._account = RunAs.current()
        self._home: Path | None = None
        self._programs: Programs | None = None

    def __enter__(self) -> str:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    @property
    def home(self) -> Path:
        """Where everything really is: the given folder, or one the account can reach when it cannot reach that one."""
        if self._home is None:
            self._home = self._find_home()
        return self._home

    @property
    def cluster(self) -> Path:
        return self.home / "cluster"

    @property
    def log_file(self) -> Path:
        return self.home / "postgres.log"

    @property
    def url(self) -> str:
        return self._url(self._database)

    @property
    def is_running(self) -> bool:
        """Whether the server answers now: a process number in a file proves nothing after a crash."""
        try:
            psycopg.connect(self._url("postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def start(self) -> str:
        """Initialises if needed, repairs what can be, starts unless it runs already, and gives the URL of the database."""
        with self._alone():
            self._hold()
            try:
                self._start()
            except KeyboardInterrupt:
                # The server may be half up: nobody asked for it any more.
                self._leave()
                raise
            except BaseException:
                self._release()
                raise
        return self.url

    def stop(self) -> None:
        """Leaves; and stops the server, waiting for its last write, when nobody else holds it."""
        if self._users_lock is None:
            return
        with self._alone():
            self._leave()

    def erase(self) -> None:
        """Stops and removes the cluster with all it holds. Refused while somebody uses it."""
        with self._alone():
            self._hold()
            try:
                if not self._is_last_user():
                    raise EmbeddedPostgresError(f"La base de {self._data_dir} est en service : arrêtez-la avant de l’effacer.")
                if self.is_running:
                    self._pg_ctl("stop", "-m", "immediate")
                for folder in (self.cluster, self._unfinished, self._socket_folder):
                    shutil.rmtree(folder, ignore_errors=True)
                if self.home != self._data_dir:
                    shutil.rmtree(self.home, ignore_errors=True)
                    (self._data_dir / "ELSEWHERE").unlink(missing_ok=True)
            finally:
                self._release()

    # The folder and its locks

    def _find_home(self) -> Path:
        self._data_dir.mkdir(parents=True, exist_ok=True)
        if not self._account.change or self._account.can_enter(self._data_dir):
            return self._data_dir
        home = own_place(f"mespoints-{short_hash(str(self._data_dir))}")
        # For people: the folder they know says where the data went.
        (self._data_dir / "ELSEWHERE").write_text(f"{home}\n")
        return home

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One start or stop at a time."""
        with self._open_lock("starting.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _open_lock(self, name: str) -> IO[str]:
        try:
            return (self.home / name).open("a")
        except PermissionError as error:
            raise self._not_ours(error) from error

    def _hold(self) -> None:
        if self._users_lock is None:
            self._users_lock = self._open_lock("users.lock")
        fcntl.flock(self._users_lock, fcntl.LOCK_SH)

    def _is_last_user(self) -> bool:
        if self._users_lock is None:
            return False
        try:
            fcntl.flock(self._users_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _leave(self) -> None:
        if self._is_last_user() and (self.cluster / "postmaster.pid").exists():
            self._pg_ctl("stop", "-m", "fast")
        self._release()

    def _release(self) -> None:
        if self._users_lock is not None:
            self._users_lock.close()
            self._users_lock = None

    def _not_ours(self, error: OSError) -> EmbeddedPostgresError:
        return EmbeddedPostgresError(
            f"{error.filename} appartient à un autre compte (sans doute root) : relancez sous ce compte, effacez {self.home}, "
            "ou choisissez un autre dossier par MESPOINTS_DATA_DIR."
        )

    # Start and stop

    def _start(self) -> None:
        self._programs = programs(self._account)
        if (self.cluster / "postmaster.pid").exists() and self.is_running:
            self._ensure_database()
            return
        self._ensure_cluster()
        if not self._settle_leftovers():
            self._configure()
            self._pg_ctl("start", "-l", str(self.log_file))
        self._ensure_database()

    def _pg_ctl(self, action: str, *arguments: str) -> None:
        tools = self._programs or programs(self._account)
        limit = str(START_SECONDS)
        try:
            done = tools.run("pg_ctl", action, "-D", str(self.cluster), "-w", "-t", limit, *arguments, timeout=START_SECONDS + 30)
        except subprocess.TimeoutExpired as error:
            raise self._failed(action, "aucune réponse") from error
        if done.returncode != 0 and (action == "start" or self.is_running):
            raise self._failed(action, done.stdout)

    def _failed(self, action: str, said: str) -> EmbeddedPostgresError:
        lines = (self.log_file.read_text(errors="replace") if self.log_file.exists() else said).strip().splitlines()
        reasons = [line for line in lines[-20:] if "FATAL" in line or "PANIC" in line] or lines or [said]
        verb = "démarré" if action == "start" else "été arrêté"
        return EmbeddedPostgresError(
            f"PostgreSQL n’a pas {verb} ; il dit : « {reasons[-1].strip()} ». Le journal entier est dans {self.log_file}. "
            f"Corrigez la cause, {OTHERWISE}."
        )

    def _ensure_database(self) -> None:
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            known = connection.execute("select from pg_database where datname = %s", [self._database]).fetchone()
            if known is None:
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(self._database)))

    def _url(self, database: str) -> str:
        return f"postgresql://{ROLE}@/{database}?host={quote(str(self._socket_folder), safe='')}"

    @property
    def _socket_folder(self) -> Path:
        beside = self.home / "socket"
        if len(os.fsencode(beside)) <= LONGEST_SOCKET_FOLDER:
            return beside
        return Path("/tmp") / f"mespoints-{self._account.uid}-{short_hash(str(self.home))}"  # noqa: S108 – owner checked

    # The cluster

    @property
    def _unfinished(self) -> Path:
        return self.home / "cluster.unfinished"

    def _ensure_cluster(self) -> None:
        """Initialises beside, then renames: a folder named ``cluster`` was whole once, an interrupted one never held anything."""
        shutil.rmtree(self._unfinished, ignore_errors=True)
        try:
            if self.cluster.is_dir() and not any(self.cluster.iterdir()):
                self.cluster.rmdir()
            if self.cluster.exists():
                self._check_cluster()
                return
        except PermissionError as error:
            raise self._not_ours(error) from error
        self._give(self._unfinished, is_folder=True)
        locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        tools = self._programs or programs(self._account)
        done = tools.run(
            "initdb", "-D", str(self._unfinished), f"--username={ROLE}", "--auth=trust", *locale, timeout=START_SECONDS
        )
        if done.returncode != 0:
            reason = done.stdout.splitlines()[-1] if done.stdout else f"code {done.returncode}"
            raise EmbeddedPostgresError(
                f"La base n’a pas pu être créée dans {self.home} : « {reason} ». Vérifiez la place et les droits, {OTHERWISE}."
            )
        self._unfinished.rename(self.cluster)

    def _check_cluster(self) -> None:
        version_file = self.cluster / "PG_VERSION"
        if not version_file.is_file() or not (self.cluster / "global" / "pg_control").is_file():
            raise EmbeddedPostgresError(
                f"{self.cluster} n’est pas une base PostgreSQL complète et nous ne l’avons pas laissé ainsi : "
                "remettez-en une copie sauvegardée, ou effacez ce dossier pour repartir de rien."
            )
        made_by = version_file.read_text().strip()
        tools = self._programs or programs(self._account)
        ours = tools.run("postgres", "--version", timeout=60).stdout.split()[-1].split(".")[0]
        if made_by != ours:
            raise EmbeddedPostgresError(
                f"{self.cluster} a été créé par PostgreSQL {made_by} et nous avons la version {ours} : "
                "passez par pg_dump et pg_restore, ou effacez ce dossier pour repartir de rien."
            )

    def _configure(self) -> None:
        socket_folder = self._socket_folder
        self._give(socket_folder, is_folder=True)
        if self.log_file.exists() and self.log_file.stat().st_size > LARGEST_LOG:
            self.log_file.replace(self.log_file.with_suffix(".log.1"))
        self._give(self.log_file)
        self._give(self.cluster / "postgresql.conf").write_text(configuration(socket_folder, is_durable=self._is_durable))
        # Whoever may open the socket may enter; the socket and its folder are closed to all other accounts.
        self._give(self.cluster / "pg_hba.conf").write_text("local all all trust\n")

    def _give(self, path: Path, *, is_folder: bool = False) -> Path:
        """Makes the file or folder if it is not there, and gives it to the server's account, closed to all others."""
        if is_folder:
            path.mkdir(exist_ok=True)
        else:
            path.touch()
        if path.is_symlink() or path.lstat().st_uid not in {self._account.uid, os.geteuid()}:
            raise self._not_ours(OSError(None, None, str(path)))
        if self._account.change:
            os.chown(path, self._account.uid, self._account.gid)
        path.chmod(0o700 if is_folder else 0o600)
        return path

    # After a crash

    def _settle_leftovers(self) -> bool:
        """Deals with a server that died without a word. True when it turns out to be alive and well.

        A server killed with -9 leaves its number in ``postmaster.pid`` and children that take a moment to leave;
        PostgreSQL refuses to start beside them. The file is removed only when its number has gone to a stranger (or to
        a zombie that a container's first process never buries) and no process works in the cluster: removing it
        otherwise would let two servers write one folder.
        """
        pid_file = self.cluster / "postmaster.pid"
        if not pid_file.exists():
            return False
        first_line = pid_file.read_text().partition("\n")[0].strip()
        server = int(first_line) if first_line.isdigit() else 0
        at_work = processes_in(self.cluster)
        limit = time.monotonic() + (START_SECONDS if server in at_work else ORPHAN_SECONDS)
        while processes_in(self.cluster) and time.monotonic() < limit:
            if self.is_running:
                return True
            time.sleep(0.1)
        left = processes_in(self.cluster)
        if left:
            raise EmbeddedPostgresError(
                f"Un ancien serveur PostgreSQL ne s’arrête pas (processus {', '.join(map(str, sorted(left)))}) : "
                "arrêtez-le par « kill », puis relancez."
            )
        if CAN_SEE_PROCESSES and is_alive(server):
            for stale in (pid_file, *self._socket_folder.glob(".s.PGSQL.*")):
                stale.unlink(missing_ok=True)
        return False


PROCESSES = Path("/proc")
CAN_SEE_PROCESSES = (PROCESSES / "self" / "cwd").exists()


def processes_in(folder: Path) -> set[int]:
    """Those whose working folder is this one, as every PostgreSQL process of a cluster. Empty where the system has no /proc."""
    found = set()
    for entry in PROCESSES.iterdir() if CAN_SEE_PROCESSES else ():
        if entry.name.isdigit():
            try:
                at_work = (entry / "cwd").readlink() == folder
            except OSError:
                # Gone meanwhile, or another account's: the server runs under ours.
                continue
            if at_work:
                found.add(int(entry.name))
    return found


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process > 0


def configuration(socket_folder: Path, *, is_durable: bool) -> str:
    """The whole of postgresql.conf: no network door, and no value of a row in the log."""
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(socket_folder).replace("'", "''"),
        "unix_socket_permissions": "0700",
        "max_connections": "60",
        "shared_buffers": "128MB",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "lc_messages": "C",
        "log_min_messages": "warning",
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_parameter_max_length_on_error": "0",
    }
    if not is_durable:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    return "".join(f"{name} = '{value}'\n" for name, value in settings.items())
