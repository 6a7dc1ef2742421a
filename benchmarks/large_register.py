"""``python -m benchmarks.large_register [ROWS]``: a large register from its first file to its audit, in a database of its own."""

import sys

from benchmarks.surroundings import empty_register


def main(rows: int = 1_000_000) -> None:
    with empty_register() as folder:
        from benchmarks import audit, night, register  # noqa: PLC0415 - they import models, which want settings

        register.report(folder, rows)
        night.report(folder / "drop")
        audit.report()
        register.sizes()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
