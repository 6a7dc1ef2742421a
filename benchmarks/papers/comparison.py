"""Ours beside its peers, in turn, each in a process of its own: the same words, the same symbols, the same seal."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles

from benchmarks.papers import peers
from benchmarks.surroundings import CHECKOUT
from benchmarks.timing import TWENTIETHS, shown

ROUNDS = 60
WARM = 3
OURS = "ours"
MODULES = {
    OURS: "benchmarks.papers.ours",
    "WeasyPrint": "benchmarks.papers.by_weasyprint",
    "ReportLab": "benchmarks.papers.by_reportlab",
}
LACKS = {
    OURS: "PDF/A-2a and PDF/UA-1; symbols drawn and the seal read back within the time",
    "WeasyPrint": "PDF/A-2a, not PDF/UA-1 at once; symbols come ready, nothing is read back",
    "ReportLab": "neither tags, nor PDF/A, nor PDF/UA; symbols come ready, nothing is read back",
}
Told = dict[str, float]


class Maker:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def make(self, path: Path | None = None) -> Told:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{path or ''}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("A maker of papers stopped: its last words are above.")
        told: Told = json.loads(line)
        return told


@contextmanager
def started(name: str, order: bytes) -> Iterator[Maker]:
    python = Path(sys.executable) if name == OURS else peers.python()
    surroundings = os.environ | ({} if name == OURS else {"PYTHONPATH": peers.path()})
    command = [str(python), "-m", MODULES[name]]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=CHECKOUT, env=surroundings, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        process.stdin.write(order.decode() + "\n")
        yield Maker(process)
        process.stdin.close()


def report(order: bytes, keep: Path | None = None) -> None:
    """``keep``: a folder where one paper of each is left, to be looked at."""
    print(f"\nPapers: a statement of 30 movements on two pages, typeset and sealed (PAdES B-B); {ROUNDS} of each, in turn, warm")
    with ExitStack() as stack:
        makers: dict[str, Maker] = {}
        for name in MODULES:
            try:
                makers[name] = stack.enter_context(started(name, order))
            except peers.NotInstalled as reason:
                print(f"  {name}: left out, its packages could not be installed ({reason})")
        for name, maker in makers.items():
            for _ in range(WARM):
                maker.make(keep / f"{name}.pdf" if keep else None)
        told: dict[str, list[Told]] = {name: [] for name in makers}
        for _ in range(ROUNDS):
            for name, maker in makers.items():
                told[name].append(maker.make())
    for name, papers in told.items():
        print(f"  {line(name, papers)}\n      {LACKS[name]}")
    for name in told.keys() - {OURS}:
        for what in ("all", "cpu"):
            print(f"  {name} / {OURS}, {what}: {middle(told[name], what) / middle(told[OURS], what):.1f}")


def report_many(order: bytes, count: int) -> None:
    """One process, one paper after the other: how many a second, and does its memory grow?"""
    marks = sorted({count // 20, count // 4, count // 2, count})
    with started(OURS, order) as maker:
        maker.make()
        start, papers = time.perf_counter(), []
        for number in range(1, count + 1):
            papers.append(maker.make())
            if number in marks:
                print(f"  after {number:>5} papers: {papers[-1]['resident_mb']:.0f} MB resident", flush=True)
        seconds = time.perf_counter() - start
    cpu = sum(each["cpu"] for each in papers)
    print(f"  {line(OURS, papers)}")
    print(f"  {count} papers in {seconds:.0f} s: {count / seconds:.1f} a second; {count / cpu:.1f} a second of CPU")


def line(name: str, papers: list[Told]) -> str:
    p95 = quantiles([each["all"] for each in papers], n=TWENTIETHS)[-1]
    steps = ", ".join(
        f"{step} {shown(middle(papers, step))}" for step in ("typeset", "sealed", "read_back") if middle(papers, step) > 1e-5
    )
    return (
        f"{name:<11} {shown(middle(papers, 'all')):>9}  p95 {shown(p95):>9}  CPU {shown(middle(papers, 'cpu')):>9} "
        f" ({steps}; {papers[-1]['bytes'] / 1000:.0f} kB, {papers[-1]['resident_mb']:.0f} MB)"
    )


def middle(papers: list[Told], what: str) -> float:
    return median(each[what] for each in papers)
