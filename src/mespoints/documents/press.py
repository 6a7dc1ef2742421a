"""Setting in type: from a sheet to a PDF/A-2a that is also a PDF/UA-1, the same bytes for the same sheet and moment."""

from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import cast

import msgspec
import typst

from mespoints.documents.layout import Sheet
from mespoints.documents.typeface import FOLDER

TEMPLATE = Path(__file__).parent / "statement.typ"
STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]


class Press:
    """One compiler, used by one thread at a time; its second sheet is much faster than its first."""

    def __init__(self) -> None:
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER])
        self._compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts, ignore_system_fonts=True)
        self._turn = Lock()

    def pdf(self, sheet: Sheet, at: datetime) -> bytes:
        """``at``, to the second, is the only moment written in the file."""
        inputs = {"sheet": msgspec.json.encode(sheet).decode()}
        to_the_second = at.replace(microsecond=0)
        with self._turn:
            made = self._compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS, timestamp=to_the_second)
        return cast(bytes, made)


@cache
def press() -> Press:
    """The press of this process. Made at the first sheet, never before: a process forked after a compilation hangs at its own."""
    return Press()
