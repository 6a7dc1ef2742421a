"""The symbols are drawn in C40, read back byte for byte, on paper too, and without a style that the pages would refuse."""

import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import typst

from mespoints.documents.typeface import FOLDER
from mespoints.documents.visible_code.symbol import (
    LATCH_TO_C40,
    MODULE,
    QUIET,
    GreyImage,
    ImageTooLarge,
    Modules,
    ReadSymbol,
    SymbolKind,
    codewords,
    data_matrix,
    data_matrix_svg,
    qr_code,
    qr_svg,
    read,
)
from tests.documents.visible_code.codes import OFFICIAL, OFFICIAL_AB, attestation_code, new_signer

SVG = "{http://www.w3.org/2000/svg}"
ADDRESS = "https://exemple.fr/verifier/K7Q2-M4XD-9TPA"


def pictured(modules: Modules, scale: int = 4, quiet: int = 4) -> GreyImage:
    side = (len(modules) + 2 * quiet) * scale
    blank = [bytes([255]) * side] * (quiet * scale)
    margin = bytes([255]) * (quiet * scale)
    rows = [
        margin + b"".join(bytes([0 if dark else 255]) * scale for dark in row) + margin for row in modules for _ in range(scale)
    ]
    return GreyImage(width=side, height=side, pixels=b"".join(blank + rows + blank))


@pytest.mark.parametrize("code", OFFICIAL.values(), ids=OFFICIAL)
def test_a_code_is_packed_in_c40_and_read_back(code: bytes) -> None:
    assert codewords(code)[0] == LATCH_TO_C40
    assert len(codewords(code)) <= len(code)
    assert read(pictured(data_matrix(code))) == (ReadSymbol(kind=SymbolKind.DATA_MATRIX, content=code),)


def test_the_official_statement_takes_64_modules() -> None:
    modules = data_matrix(OFFICIAL_AB)
    assert len(modules) == 64
    assert {len(row) for row in modules} == {64}
    root = ET.fromstring(data_matrix_svg(OFFICIAL_AB))  # noqa: S314 – our own drawing
    assert root.attrib["width"] == f"{(64 + 2 * QUIET) * MODULE:g}mm"


def test_digits_are_not_packed_tighter_than_c40() -> None:
    # In ASCII, two digits a codeword, 40 modules would do.
    assert len(data_matrix(b"1" * 200)) == len(data_matrix(b"A" * 200)) == 44


def test_our_attestation_is_read_back() -> None:
    code = attestation_code(new_signer())
    assert read(pictured(data_matrix(code))) == (ReadSymbol(kind=SymbolKind.DATA_MATRIX, content=code),)


def test_a_qr_code_is_read_back() -> None:
    assert read(pictured(qr_code(ADDRESS))) == (ReadSymbol(kind=SymbolKind.QR, content=ADDRESS.encode()),)


@pytest.mark.parametrize("svg", [data_matrix_svg(OFFICIAL_AB), qr_svg(ADDRESS)], ids=["2d-doc", "qr"])
def test_the_drawing_fits_a_page_and_its_security_policy(svg: str) -> None:
    root = ET.fromstring(svg)  # noqa: S314 – our own drawing
    assert root.tag == f"{SVG}svg"
    assert root.attrib["role"] == "img"
    assert root.findtext(f"{SVG}title")
    assert not {"style", "class", "id"} & {name for node in root.iter() for name in node.attrib}
    assert "<?xml" not in svg
    assert "&" not in svg


def test_the_drawing_is_the_modules() -> None:
    modules = data_matrix(OFFICIAL_AB)
    path = ET.fromstring(data_matrix_svg(OFFICIAL_AB)).find(f"{SVG}path")  # noqa: S314 – our own drawing
    assert path is not None
    drawn = {
        (int(x) + step - QUIET, int(y) - QUIET)
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path.attrib["d"])
        for step in range(int(length))
    }
    assert drawn == {(x, y) for y, row in enumerate(modules) for x, dark in enumerate(row) if dark}


def test_both_are_read_from_a_printed_page(tmp_path: Path) -> None:
    (tmp_path / "code.svg").write_text(data_matrix_svg(OFFICIAL_AB), encoding="utf-8")
    (tmp_path / "qr.svg").write_text(qr_svg(ADDRESS), encoding="utf-8")
    (tmp_path / "page.typ").write_text(
        '#set document(title: "Essai")\n#image("code.svg", alt: "Code 2D-Doc")\n#image("qr.svg", alt: "Code QR")\n',
        encoding="utf-8",
    )
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER])
    page = tmp_path / "page.pdf"
    typst.Compiler(tmp_path / "page.typ", root=tmp_path, font_paths=fonts, ignore_system_fonts=True).compile(
        output=page, format="pdf", pdf_standards=["a-2a", "ua-1"]
    )
    subprocess.run(["pdftoppm", "-gray", "-r", "200", "-singlefile", page, tmp_path / "page"], check=True)  # noqa: S607
    found = read(photographed((tmp_path / "page.pgm").read_bytes()))
    assert {each.kind: each.content for each in found} == {SymbolKind.DATA_MATRIX: OFFICIAL_AB, SymbolKind.QR: ADDRESS.encode()}
    said = subprocess.run(["pdftotext", page, "-"], capture_output=True, text=True, check=True).stdout  # noqa: S607
    assert "2D-DOC" in said


def photographed(pgm: bytes) -> GreyImage:
    magic, size, most, pixels = pgm.split(b"\n", 3)
    assert (magic, most) == (b"P5", b"255")
    width, height = map(int, size.split())
    return GreyImage(width=width, height=height, pixels=pixels)


def test_an_image_without_symbol_says_nothing() -> None:
    assert read(GreyImage(width=40, height=30, pixels=bytes(1200))) == ()


def test_images_out_of_bounds_are_refused() -> None:
    with pytest.raises(ImageTooLarge, match="40 millions de pixels"):
        read(GreyImage(width=10_000, height=4_001, pixels=b""))
    for width, height, pixels in ((0, 0, b""), (2, 2, b"abc"), (-2, -2, b"abcd")):
        with pytest.raises(ValueError, match="incomplète"):
            read(GreyImage(width=width, height=height, pixels=pixels))


def test_what_no_symbol_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        data_matrix(b"A" * 2400)
    with pytest.raises(ValueError, match="too long"):
        qr_code("a" * 3000)
