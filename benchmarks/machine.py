"""What a piece of work takes of the machine: wall clock, CPU and memory, our processes and those of the database."""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from mespoints.operations.embedded_postgres import processes_in

TICKS = os.sysconf("SC_CLK_TCK")
EVERY_SECONDS = 0.25


@dataclass(slots=True)
class Used:
    """CPU, unlike the wall clock, is about the same whatever else the machine does. Memory is proportional (a page shared by
    three processes counts for a third in each), at its highest: ``ours`` this process and all it started.
    """

    seconds: float = 0.0
    cpu_ours: float = 0.0
    cpu_database: float = 0.0
    peak_mb_ours: float = 0.0
    peak_mb_database: float = 0.0

    @property
    def memory(self) -> str:
        return f"memory at most {self.peak_mb_ours:,.0f} MB, database {self.peak_mb_database:,.0f} MB"

    def cpu_a(self, number: int) -> str:
        """For each of ``number`` things done."""
        ours, database = (cpu / number * 1e6 for cpu in (self.cpu_ours, self.cpu_database))
        return f"CPU of each: {ours + database:,.0f} µs ({ours:,.0f} ours, {database:,.0f} database)"


@contextmanager
def used(cluster: Path) -> Iterator[Used]:
    """``cluster``: where the database's processes work. Filled in when the block ends."""
    found, done = Used(), Event()
    watcher = Thread(target=_watch, args=(found, cluster, done), daemon=True)
    before, ours, database = time.perf_counter(), cpu_of(family()), cpu_of(processes_in(cluster))
    watcher.start()
    yield found
    found.seconds = time.perf_counter() - before
    found.cpu_ours = cpu_of(family()) - ours
    found.cpu_database = cpu_of(processes_in(cluster)) - database
    done.set()
    watcher.join()


def _watch(found: Used, cluster: Path, done: Event) -> None:
    while not done.wait(EVERY_SECONDS):
        found.peak_mb_ours = max(found.peak_mb_ours, memory_mb(family()))
        found.peak_mb_database = max(found.peak_mb_database, memory_mb(processes_in(cluster)))


def family() -> set[int]:
    """Ourselves and all that descend from us."""
    parents = {int(folder.name): int(words[1]) for folder in Path("/proc").glob("[0-9]*") if (words := _state(folder))}
    found = {os.getpid()}
    while young := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= young
    return found


def cpu_of(processes: Iterable[int]) -> float:
    """Seconds, with those of the children that ended."""
    states = (_state(Path("/proc", str(pid))) for pid in processes)
    return sum(sum(map(int, words[11:15])) for words in states if words) / TICKS


def memory_mb(processes: Iterable[int]) -> float:
    return sum(_proportional_kib(pid) for pid in processes) / 1024


def _state(folder: Path) -> list[str]:
    """From the state on; nothing when the process has gone."""
    try:
        return (folder / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _proportional_kib(pid: int) -> int:
    try:
        lines = Path("/proc", str(pid), "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
