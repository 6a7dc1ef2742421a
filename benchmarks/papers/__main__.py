"""The papers: ours beside their peers, many in a row, checked, and from the click to the file."""

import argparse
import tempfile
from datetime import timedelta
from pathlib import Path

from benchmarks.papers import click, comparison
from benchmarks.surroundings import start_django


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.papers")
    parser.add_argument("--many", type=int, default=200, help="papers in a row (2000: two minutes or so)")
    parser.add_argument("--keep", type=Path, help="a folder where one paper of each is left")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mp-bench-") as name:
        folder = Path(name)
        start_django("postgresql:///not-used", name)
        from benchmarks.papers import verification  # noqa: PLC0415 - they import models, which want settings
        from benchmarks.papers.content import ISSUED_AT  # noqa: PLC0415
        from benchmarks.papers.workshop import order, workshop  # noqa: PLC0415
        from mespoints.documents.seal import generate_demo_seal, load_seal  # noqa: PLC0415
        from mespoints.documents.visible_code.signature import generate_test_key  # noqa: PLC0415

        files = generate_demo_seal(folder, ISSUED_AT - timedelta(days=1))
        code_key = generate_test_key(folder / "code.pem")
        made = workshop(load_seal(files.key, files.certificate, ISSUED_AT), code_key)
        ordered = order(made, files.key, files.certificate, code_key)
        comparison.report(ordered, asked.keep)
        comparison.report_many(ordered, asked.many)
        verification.report(made, files.certificate, code_key)
    click.report()


if __name__ == "__main__":
    main()
