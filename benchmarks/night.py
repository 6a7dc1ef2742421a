"""An average night of the country (58,000 drivers touched) on the register that is there, then on one with more drivers."""

import time
from pathlib import Path

from benchmarks.register import NOW, SIGNER
from mespoints.desk.night_report import NightReport
from mespoints.operations import nightly_chain
from mespoints.operations.progress import Silent

TOUCHED = 58_000


def night(folder: Path) -> tuple[NightReport, float]:
    before = time.perf_counter()
    done = nightly_chain.run(now=NOW, drop_folder=folder, keys=SIGNER.trusted, channel=None, progress=Silent())
    return done, time.perf_counter() - before


def report(folder: Path) -> None:
    """``folder`` holds the first file, entered, and one day of ``TOUCHED`` offences, not entered."""
    done, seconds = night(folder)
    rows = sum(file.rows_read for file in done.files)
    print(f"\nNight: {rows:,} rows, {done.touched:,} drivers touched and {done.due:,} due: {seconds:.1f} s")
    for step in done.steps:
        print(f"  {step.step:<12} {step.seconds:6.1f} s")
