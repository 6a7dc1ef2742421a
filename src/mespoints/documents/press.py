"""Setting in type: from a sheet to a PDF/A-2a that is also a PDF/UA-1, the same bytes for the same sheet and moment."""

from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import cast

import msgspec
import typst
from pyhanko.pdf_utils.reader import PdfFileReader

from mespoints.documents.layout.sheet import Sheet
from mespoints.documents.typeface import FOLDER

TEMPLATES = Path(__file__).parent / "typst"
STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]


class Press:
    """One compiler, used by one thread at a time; its second sheet is much faster than its first."""

    def __init__(self) -> None:
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER])
        self._compiler = typst.Compiler(root=TEMPLATES, font_paths=fonts, ignore_system_fonts=True)
        self._turn = Lock()

    def pdf(self, sheet: Sheet, at: datetime) -> bytes:
        """``at``, to the second, is the only moment written in the file."""
        inputs = {"sheet": msgspec.json.encode(sheet).decode()}
        with self._turn:
            made = self._compiler.compile(
                TEMPLATES / sheet.template,
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=STANDARDS,
                timestamp=at.replace(microsecond=0),
            )
        return cast(bytes, made)


@cache
def press() -> Press:
    """The press of this process. Made at the first sheet, never before: a process forked after a compilation hangs at its own."""
    return Press()


def number_of_pages(pdf: bytes) -> int:
    return int(PdfFileReader(BytesIO(pdf)).root["/Pages"]["/Count"])
