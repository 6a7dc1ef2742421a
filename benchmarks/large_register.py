"""``python -m benchmarks.large_register [DRIVERS]``: a register, then ten times larger, from its first file to its audit.

In a database of its own; about ten minutes with 100,000 drivers, then a million. At least 60,000.
"""

import sys

from benchmarks.surroundings import empty_register

TIMES = 10


def main(drivers: int = 100_000) -> None:
    with empty_register() as place:
        from benchmarks import audit, night, register  # noqa: PLC0415 - they import models, which want settings

        register.grow(place, 1, range(drivers))
        small = night.nights(place, 2, drivers)
        end = drivers + register.MEASURED_DRIVERS
        register.report(place, 3, range(drivers, end))
        register.grow(place, 4, range(end, TIMES * drivers))
        large = night.nights(place, 5, TIMES * drivers)
        night.compare(small, large)
        register.report_one_record()
        audit.report(place)
        register.sizes()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
