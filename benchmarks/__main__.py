"""``make bench``: medians, 95th percentiles and ratios. Nothing here passes or fails: it tells."""

import os
import platform
import subprocess
import sys

from benchmarks import law, population
from benchmarks.surroundings import filled_register


def main() -> None:
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load}")
    law.report()
    population.report()
    population.report_long_histories()
    with filled_register():
        from benchmarks import documents, portal  # noqa: PLC0415 - they import models, which want settings

        portal.report()
        documents.report()
    subprocess.run([sys.executable, "-m", "benchmarks.papers", *sys.argv[1:]], check=True)
    # Django is set up once in a process.
    subprocess.run([sys.executable, "-m", "benchmarks.large_register"], check=True)


if __name__ == "__main__":
    main()
