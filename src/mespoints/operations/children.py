"""Programs we start beside us and answer for: each in a group of its own, so that stopping one stops all it started."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

PATIENCE_SECONDS = 10.0
"""Between the polite signal and the other one."""


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

    def start(
        self, name: str, module: str, arguments: Sequence[str], *, variables: Mapping[str, str], within: Path, log: str = ""
    ) -> None:
        """``python -m module``: ``name`` is for people; the log is named by ``log``, or by the module when it runs once."""
        written = self.folder / f"{log or module.rpartition('.')[2]}.log"
        with written.open("wb") as output:
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
        self.running.append(Child(name, process, written))
        self._list_file.write_text(json.dumps({child.process.pid: born_at(child.process.pid) for child in self.running}))

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
            left = {int(pid): birth for pid, birth in json.loads(self._list_file.read_text()).items()}
        except (OSError, ValueError):
            return 0
        still_there = [pid for pid, birth in left.items() if birth is not None and born_at(pid) == birth]
        for pid in still_there:
            end_group(pid, signal.SIGTERM)
        limit = time.monotonic() + PATIENCE_SECONDS
        while any(is_alive(group) for group in still_there) and time.monotonic() < limit:
            time.sleep(0.05)
        for group in still_there:
            # The head of a group may leave before its members, which still hold its port.
            end_group(group, signal.SIGKILL)
        while any(is_alive(group) for group in still_there) and time.monotonic() < limit + PATIENCE_SECONDS:
            time.sleep(0.05)
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


def is_alive(group: int) -> bool:
    """Whether a process of the group still runs; zombies hold nothing and are not counted."""
    states = (read_state(folder) for folder in Path("/proc").glob("[0-9]*"))
    return any(state is not None and state.group == group for state in states)


def born_at(pid: int) -> int | None:
    """When it was started, in ticks since the machine was: with its number, that is one process and no other, even if it changes
    its name. ``None`` when it is gone, a zombie, or the system does not tell.
    """
    state = read_state(Path("/proc", str(pid)))
    return state.born_at if state is not None else None


class ProcessState(NamedTuple):
    group: int
    born_at: int


def read_state(folder: Path) -> ProcessState | None:
    try:
        words = (folder / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if words[0] == "Z" else ProcessState(group=int(words[2]), born_at=int(words[19]))


def last_words(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else "rien"
