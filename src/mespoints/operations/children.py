"""Programs we start beside us and answer for: each in a group of its own, so that stopping one stops all it started."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE_SECONDS = 10.0
"""Between the polite signal and the other one."""
BURIAL_SECONDS = 2.0
_START_TIME = 18
"""Of the fields of /proc/PID/stat that follow the state (proc(5): the 22nd of all), in ticks since the machine started."""


class ChildFailed(Exception):
    """One sentence for the person at the terminal."""


@dataclass(frozen=True, slots=True)
class Child:
    name: str
    process: subprocess.Popen[bytes]
    log: Path


@dataclass(slots=True)
class Children:
    """What runs now. The list is kept in a file, so that the next start can end what a killed one left behind."""

    folder: Path
    running: list[Child] = field(default_factory=list)

    def start(self, name: str, module: str, arguments: Sequence[str], *, variables: Mapping[str, str], within: Path) -> None:
        """``python -m module``: ``name`` is for people, and names the log."""
        log = self.folder / f"{module.rpartition('.')[2]}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=dict(variables),
                cwd=within,
                # Ctrl-C reaches this process only, which stops the others in order.
                start_new_session=True,
            )
        self.running.append(Child(name, process, log))
        self._list_file.write_text(json.dumps({child.process.pid: birth(child.process.pid) for child in self.running}))

    def check(self) -> None:
        """Raises ``ChildFailed`` when one of them is no longer there."""
        for child in self.running:
            code = child.process.poll()
            if code is not None:
                raise ChildFailed(
                    f"{child.name} : arrêt imprévu (code {code}). Derniers mots : « {last_words(child.log)} ». "
                    f"Le journal entier est dans {child.log}. Relancez quand la cause est levée."
                )

    def stop(self) -> None:
        """Last started, first stopped."""
        for child in reversed(self.running):
            end_group(child.process.pid, signal.SIGTERM)
        limit = time.monotonic() + PATIENCE_SECONDS
        for child in self.running:
            try:
                child.process.wait(max(0.0, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                end_group(child.process.pid, signal.SIGKILL)
                child.process.wait()
            # The head of a group may leave before its members.
            end_group(child.process.pid, signal.SIGKILL)
        self.running.clear()
        self._list_file.unlink(missing_ok=True)

    def end_leftovers(self) -> int:
        """Ends what a start that was itself killed left running; gives their number. Needs /proc to be sure of whom it ends."""
        try:
            left = {int(pid): born for pid, born in json.loads(self._list_file.read_text()).items()}
        except (OSError, ValueError):
            return 0
        still_there = [pid for pid, born in left.items() if born is not None and birth(pid) == born]
        for pid in still_there:
            end_group(pid, signal.SIGTERM)
        limit = time.monotonic() + PATIENCE_SECONDS
        while any(birth(pid) == left[pid] for pid in still_there) and time.monotonic() < limit:
            time.sleep(0.05)
        for pid in still_there:
            # The head of a group may leave before its members, who still hold its port.
            end_group(pid, signal.SIGKILL)
            wait_for_group(pid)
        self._list_file.unlink(missing_ok=True)
        return len(still_there)

    @property
    def _list_file(self) -> Path:
        return self.folder / "children.json"


def end_group(group: int, how: signal.Signals) -> None:
    try:
        os.killpg(group, how)
    except (ProcessLookupError, PermissionError):
        # Nobody is left in it; PermissionError is how some systems say it of a group of zombies.
        return


def wait_for_group(group: int) -> None:
    """Until nobody is left in it, or only zombies that nobody buries: then no longer than ``BURIAL_SECONDS``."""
    limit = time.monotonic() + BURIAL_SECONDS
    with suppress(ProcessLookupError, PermissionError):
        while time.monotonic() < limit:
            os.killpg(group, 0)
            time.sleep(0.02)


def birth(pid: int) -> str | None:
    """When it began: with its number, that tells it from any other, whatever it calls itself since. ``None`` when it is gone, a
    zombie, or the system does not tell.
    """
    try:
        # The name, in brackets, may hold anything.
        state, *fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return None
    return None if state == "Z" else f"{boot} {fields[_START_TIME]}"


def last_words(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else "rien"
