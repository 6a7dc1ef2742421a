"""The environment of the peers: made on demand from their published packages, pinned and hashed, beside ours and not in it."""

import subprocess
import sys
import sysconfig
import venv
from hashlib import sha256
from pathlib import Path

from benchmarks.surroundings import CHECKOUT

FOLDER = CHECKOUT / "var" / "bench" / "peers"
LOCK = Path(__file__).with_name("peers.lock")


class NotInstalled(Exception):
    """The reason, as pip gives it."""


def python() -> Path:
    """Raises ``NotInstalled``."""
    stamp, wanted = FOLDER / "installed", sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    found = FOLDER / "bin" / "python"
    if stamp.exists() and stamp.read_text() == wanted:
        return found
    venv.create(FOLDER, clear=True, with_pip=True)
    options = ["--quiet", "--disable-pip-version-check", "--no-input", "--require-hashes", "--requirement", str(LOCK)]
    done = subprocess.run([found, "-m", "pip", "install", *options], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise NotInstalled(next(iter(reversed(done.stderr.strip().splitlines())), "pip said nothing"))
    stamp.write_text(wanted)
    return found


def path() -> str:
    """Where they find pyHanko and our seal: the very same for all, so that the typesetting alone differs."""
    return ":".join((str(CHECKOUT), str(CHECKOUT / "src"), sysconfig.get_path("purelib")))
