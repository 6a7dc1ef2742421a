"""Ours, as issuance does it without its database: symbols, typesetting, seal, reading back; each paper has its own reference."""

import tempfile
from pathlib import Path

from benchmarks.papers.maker import order, seal_of, serve
from benchmarks.surroundings import start_django


def main() -> None:
    received = order()
    with tempfile.TemporaryDirectory(prefix="mp-bench-") as folder:
        start_django("postgresql:///not-used", folder)
        from benchmarks.papers.content import statement  # noqa: PLC0415 - they import models, which want settings
        from benchmarks.papers.workshop import workshop  # noqa: PLC0415
        from mespoints.documents.issuance import new_reference, set_in_type  # noqa: PLC0415
        from mespoints.documents.self_check import seal_holds  # noqa: PLC0415

        seal, at = seal_of(received)
        made = workshop(seal, Path(received["code_key"]))
        content = statement()
        serve(lambda: set_in_type(content, new_reference(), made), seal, at, lambda pdf: seal_holds(pdf, seal.certificate))


if __name__ == "__main__":
    main()
