"""The symbols: a code drawn as a Data Matrix or a QR code (SVG, for paper and page), and read back from an image."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from math import isqrt

import zxingcpp
from ppf.datamatrix import DataMatrix

from mespoints.documents.typeface import FAMILY

MODULE = 0.4
"""Millimetres: the least the specification allows when the printer is unknown."""
QUIET = 2
"""Modules around the Data Matrix; the specification asks for one at least."""
QR_QUIET = 4
LABEL = "2D-DOC"
LABEL_HEIGHT = 6
"""Modules kept under the symbol for its label, letters included."""
LATCH_TO_C40 = 230
MOST_PIXELS = 40_000_000
MOST_SYMBOLS = 8

Modules = tuple[tuple[bool, ...], ...]
"""Rows from top to bottom; True is dark."""


class SymbolKind(StrEnum):
    DATA_MATRIX = "data-matrix"
    QR = "qr"


class ImageTooLarge(ValueError):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class GreyImage:
    width: int
    height: int
    pixels: bytes
    """One byte a pixel, row after row from the top, 0 is black."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSymbol:
    kind: SymbolKind
    content: bytes


def codewords(code: bytes) -> bytes:
    """The code packed in C40, before padding and correction; the last one or two characters may be in ASCII, after an unlatch."""
    return bytes(code.decode("ascii").encode("datamatrix.C40"))


def data_matrix(code: bytes) -> Modules:
    """Square, ECC 200, in C40 alone. Raises ``ValueError`` for a code that no symbol can hold."""
    return tuple(tuple(bool(module) for module in row) for row in DataMatrix(code.decode("ascii"), codecs=["C40"]).matrix)


def data_matrix_svg(code: bytes) -> str:
    """With its quiet zone and, under it, the label that the specification asks for."""
    modules = data_matrix(code)
    side = len(modules) + 2 * QUIET
    label = (
        f'<text x="{side / 2:g}" y="{side + LABEL_HEIGHT - 2}" font-family="\'{FAMILY}\', sans-serif" font-size="5" '
        f'text-anchor="middle">{LABEL}</text>'
    )
    return _svg(modules, quiet=QUIET, below=LABEL_HEIGHT, title="Code 2D-Doc de ce document", extra=label)


def qr_code(content: str) -> Modules:
    """Medium correction. Raises ``ValueError`` for a text that no symbol can hold."""
    barcode = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    drawn = zxingcpp.write_barcode_to_image(barcode, scale=1, add_quiet_zones=False)
    pixels = bytes(memoryview(drawn))  # type: ignore[arg-type]  # it is a buffer, though its types do not say so
    side = isqrt(len(pixels))
    return tuple(tuple(level == 0 for level in pixels[row * side : (row + 1) * side]) for row in range(side))


def qr_svg(content: str) -> str:
    return _svg(qr_code(content), quiet=QR_QUIET, below=0, title="Code QR de ce document", extra="")


def read(image: GreyImage) -> tuple[ReadSymbol, ...]:
    """The Data Matrix and QR codes found, eight at most, in no promised order; as bytes, since text would spell the separators.

    Raises ``ImageTooLarge`` beyond 40 million pixels, ``ValueError`` when the pixels do not fill the image.
    """
    if image.width * image.height > MOST_PIXELS:
        raise ImageTooLarge(f"L’image dépasse {MOST_PIXELS // 1_000_000} millions de pixels. Envoyez une photo plus petite.")
    if min(image.width, image.height) <= 0 or image.width * image.height != len(image.pixels):
        raise ValueError("L’image est incomplète. Envoyez-la de nouveau.")
    pixels = memoryview(image.pixels).cast("B", shape=[image.height, image.width])
    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.DataMatrix, zxingcpp.BarcodeFormat.QRCode])
    found = zxingcpp.read_barcodes(pixels, formats=formats)[:MOST_SYMBOLS]
    return tuple(ReadSymbol(kind=_kind(each.symbology), content=bytes(each.bytes)) for each in found)


def _kind(symbology: zxingcpp.BarcodeFormat) -> SymbolKind:
    return SymbolKind.DATA_MATRIX if symbology is zxingcpp.BarcodeFormat.DataMatrix else SymbolKind.QR


def _svg(modules: Modules, *, quiet: int, below: int, title: str, extra: str) -> str:
    """One user unit is one module. No style attribute: the pages' security policy refuses them."""
    width = len(modules) + 2 * quiet
    height = width + below
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width * MODULE:g}mm" height="{height * MODULE:g}mm" '
        f'viewBox="0 0 {width} {height}"><title>{title}</title><rect width="{width}" height="{height}" fill="#fff"/>'
        f'<path shape-rendering="crispEdges" d="{"".join(_runs(modules, quiet))}"/>{extra}</svg>'
    )


def _runs(modules: Modules, quiet: int) -> Iterator[str]:
    """Each run of dark modules of a row, as one rectangle."""
    for y, row in enumerate(modules, start=quiet):
        x = quiet
        for is_dark, run in groupby(row):
            length = len(tuple(run))
            if is_dark:
                yield f"M{x} {y}h{length}v1h-{length}z"
            x += length
