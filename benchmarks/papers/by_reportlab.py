"""The same statement by ReportLab (platypus). Run in the environment of the peers.

What its file has not: tags, so neither PDF/UA nor PDF/A-2a; no XMP metadata nor output intent, so no PDF/A at all; no alternative
text. What it is spared: symbols come ready as rectangles; nothing is read back.
"""

import re
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor  # type: ignore[import-not-found,import-untyped,unused-ignore]
from reportlab.lib.pagesizes import A4  # type: ignore[import-not-found,import-untyped,unused-ignore]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-not-found,import-untyped,unused-ignore]
from reportlab.lib.units import mm  # type: ignore[import-not-found,import-untyped,unused-ignore]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-not-found,import-untyped,unused-ignore]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-not-found,import-untyped,unused-ignore]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-not-found,import-untyped,unused-ignore]
from reportlab.platypus import (  # type: ignore[import-not-found,import-untyped,unused-ignore]
    Flowable,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from benchmarks.papers.maker import order, seal_of, serve

RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-\d+z")
SIDE = re.compile(r'viewBox="0 0 (\d+) (\d+)"')
INK, QUIET, HAIR, PETROL = (HexColor(code) for code in ("#1d2521", "#59635e", "#c9cfcb", "#0b5c5e"))
LINES = [("LINEBELOW", (0, 0), (-1, -1), 0.4, HAIR), ("VALIGN", (0, 0), (-1, -1), "TOP"), ("ALIGN", (3, 0), (4, -1), "RIGHT")]
WIDTHS = [width * mm for width in (28, 90, 22, 10, 20)]


def style(size: float, colour: HexColor = INK, *, bold: bool = False) -> ParagraphStyle:
    return ParagraphStyle("", fontName="Bold" if bold else "Plain", fontSize=size, leading=size * 1.25, textColor=colour)


PLAIN, SMALL, TITLE, HEADING, HEAD = style(9.2), style(8, QUIET), style(19), style(11.5, PETROL), style(8.1, PETROL)
BALANCE = style(50, PETROL, bold=True)


class Symbol(Flowable):  # type: ignore[misc,unused-ignore]
    def __init__(self, svg: str, height: float) -> None:
        super().__init__()
        across, down = map(int, SIDE.findall(svg)[0])
        self.runs, self.down, self.scale = [tuple(map(int, run)) for run in RUN.findall(svg)], down, height / down
        self.width, self.height = across * self.scale, height

    def draw(self) -> None:
        path = self.canv.beginPath()
        for x, y, length in self.runs:
            path.rect(x * self.scale, (self.down - y - 1) * self.scale, length * self.scale, self.scale)
        self.canv.drawPath(path, stroke=0, fill=1)


class Standing(Flowable):  # type: ignore[misc,unused-ignore]
    """The figure, and the small twelve under it."""

    def __init__(self, balance: int | None, ceiling: int) -> None:
        super().__init__()
        self.balance, self.ceiling, self.width, self.height = balance, ceiling, 20 * mm, 6 * mm

    def draw(self) -> None:
        self.canv.setFont("Plain", 9.2)
        self.canv.drawRightString(self.width, 3 * mm, "–" if self.balance is None else str(self.balance))
        for place in range(self.ceiling if self.balance is not None else 0):
            self.canv.setFillColor(PETROL if place < (self.balance or 0) else HAIR)
            self.canv.circle((2 + 1.5 * place) * mm, 1 * mm, 0.575 * mm, stroke=0, fill=1)


class Numbered(Canvas):  # type: ignore[misc,unused-ignore]
    """« 1 / 2 » wants the number of pages: each is kept, then finished once all are there."""

    def __init__(self, *asked: Any, foot: str = "", **options: Any) -> None:
        super().__init__(*asked, **options)
        self.kept: list[dict[str, Any]] = []
        self.foot = foot

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        self.kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self.kept, start=1):
            self.__dict__.update(page)
            self.setFont("Plain", 7.6)
            self.drawString(20 * mm, 12 * mm, self.foot)
            self.drawRightString(190 * mm, 12 * mm, f"{number} / {len(self.kept)}")
            super().showPage()
        super().save()


def table(lines: list[dict[str, Any]]) -> Table:
    head = [Paragraph(name, HEAD) for name in ("Date", "Mouvement", "Article", "Points", "Solde")]
    rows = [
        [
            Paragraph(line["day"], PLAIN),
            Paragraph(f'<font name="Bold">{line["label"]}</font><br/><font size="8">{line["detail"]}</font>', PLAIN),
            Paragraph(line["articles"], SMALL),
            Paragraph(line["points"], PLAIN),
            Standing(line["balance"], line["ceiling"]),
        ]
        for line in lines
    ]
    return Table([head, *rows], WIDTHS, repeatRows=1, style=LINES)


def story(sheet: dict[str, Any]) -> list[Flowable]:
    frame = sheet["frame"]
    identity = [[Paragraph(pair["name"], SMALL), Paragraph(pair["value"], PLAIN)] for pair in sheet["identity"]]
    figure = [Paragraph(sheet["balance"], BALANCE), Spacer(1, 40), Paragraph(sheet["balance_caption"], PLAIN)]
    figure += [Paragraph(each["words"], PLAIN) for each in sheet["legend"]]
    codes = [Symbol(frame["symbols"][name], 26 * mm) for name in ("data_matrix", "qr")]
    foot = [Paragraph(sheet["warning"], PLAIN), Paragraph(sheet["check"], PLAIN)]
    expected = [Paragraph("Ce qui va revenir", HEADING), table(sheet["forecast"])] if sheet["forecast"] else []
    return [
        Paragraph("Mes points permis", HEADING),
        Paragraph(sheet["title"], TITLE),
        Paragraph(sheet["freshness"], SMALL),
        Table([[Table(identity, [32 * mm, 61 * mm]), figure]], [99 * mm, 71 * mm], style=LINES[1:2]),
        Paragraph("Ce qui a bougé", HEADING),
        table(sheet["movements"]),
        *expected,
        Table([[foot, *codes]], [105 * mm, 30 * mm, 35 * mm]),
        Paragraph(f"{frame['address']} {frame['fingerprint']}", SMALL),
    ]


def typeset(sheet: dict[str, Any]) -> bytes:
    made = BytesIO()
    margins = {"leftMargin": 20 * mm, "rightMargin": 20 * mm, "topMargin": 15 * mm, "bottomMargin": 20 * mm}
    frame = sheet["frame"]
    document = SimpleDocTemplate(made, pagesize=A4, title=sheet["title"], lang="fr", **margins)
    document.build(story(sheet), canvasmaker=partial(Numbered, foot=f"Référence {frame['reference']}  {frame['stamp']}"))
    return made.getvalue()


def main() -> None:
    received = order()
    for name, file in (("Plain", "Regular"), ("Bold", "SemiBold")):
        pdfmetrics.registerFont(TTFont(name, str(Path(received["fonts"]) / f"SourceSans3-{file}.ttf")))
    seal, at = seal_of(received)
    serve(lambda: typeset(received["sheet"]), seal, at)


if __name__ == "__main__":
    main()
