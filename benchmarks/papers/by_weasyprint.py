"""The same statement by WeasyPrint: HTML and CSS to PDF/A-2a. Run in the environment of the peers.

What its file has not: PDF/UA-1 beside PDF/A-2a (one variant a file); the twelve as one figure with its words. What it is spared:
symbols come ready, drawn once; nothing is read back.
"""

from base64 import b64encode
from html import escape
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML  # type: ignore[import-not-found,unused-ignore]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-not-found,unused-ignore]

from benchmarks.papers.maker import order, seal_of, serve

STYLE = """
@font-face { font-family: Paper; src: url("file://%(fonts)s/SourceSans3-Regular.ttf") }
@font-face { font-family: Paper; font-weight: 600; src: url("file://%(fonts)s/SourceSans3-SemiBold.ttf") }
@page { size: A4; margin: 15mm 20mm 20mm; @bottom-left { content: "%(foot)s"; font: 7.6pt Paper; color: #59635e }
  @bottom-right { content: counter(page) " / " counter(pages); font: 7.6pt Paper; color: #59635e } }
body { font: 9.6pt/1.3 Paper; color: #1d2521; margin: 0 } b, h1, h2 { font-weight: 600 }
h1 { font-size: 19pt; margin: 6mm 0 2mm } h2 { font-size: 11.5pt; color: #0b5c5e; margin: 6mm 0 2mm }
.small { font-size: 8pt; color: #59635e } .top { display: flex; justify-content: space-between }
.balance { font-size: 50pt; font-weight: 600; color: #0b5c5e; line-height: 1 }
dl { display: grid; grid-template-columns: 32mm 61mm; row-gap: 1.5mm } dt { color: #59635e } dd { margin: 0 }
table { border-collapse: collapse; table-layout: fixed; width: 170mm; font-size: 9.2pt }
td, th { border-bottom: .4pt solid #c9cfcb; padding: 1.1mm 0; text-align: left; vertical-align: top } tr { break-inside: avoid }
th { font-size: 8.1pt; color: #0b5c5e } .figure { text-align: right } .foot { display: flex; font-size: 8.2pt; margin-top: 5mm }
.dot { display: inline-block; width: 1.15mm; height: 1.15mm; margin-left: .35mm; border-radius: 50%% }
.held { background: #0b5c5e }
.lost { background: #c9cfcb } .foot img { height: 26mm }
"""
COLUMNS = (("Date", 28), ("Mouvement", 90), ("Article", 22), ("Points", 10), ("Solde", 20))


def page(sheet: dict[str, Any]) -> str:
    frame = sheet["frame"]
    pairs = "".join(f"<dt>{escape(pair['name'])}</dt><dd>{escape(pair['value'])}</dd>" for pair in sheet["identity"])
    legend = "".join(f"<div>{escape(each['words'])}</div>" for each in sheet["legend"])
    codes = "".join(
        f'<img alt="{alt}" src="data:image/svg+xml;base64,{b64encode(frame["symbols"][name].encode()).decode()}">'
        for name, alt in (("data_matrix", "Code 2D-Doc"), ("qr", "Code QR"))
    )
    expected = f"<h2>Ce qui va revenir</h2>{table(sheet['forecast'])}" if sheet["forecast"] else ""
    return (
        f'<!doctype html><html lang="fr"><head><title>{escape(sheet["title"])}</title></head><body>'
        f"<b>Mes points permis</b><h1>{escape(sheet['title'])}</h1><p class=small>{escape(sheet['freshness'])}</p>"
        f"<div class=top><dl>{pairs}</dl><div><span class=balance>{sheet['balance']}</span> "
        f"{escape(sheet['balance_caption'])}<div>{dots(int(sheet['balance']), 12)}</div>{legend}</div></div>"
        f"<h2>Ce qui a bougé</h2>{table(sheet['movements'])}{expected}"
        f"<div class=foot><div><p>{escape(sheet['warning'])}</p><p>{escape(sheet['check'])}</p></div>{codes}</div>"
        f"<p class=small>{escape(frame['address'])} {frame['fingerprint']}</p></body></html>"
    )


def table(lines: list[dict[str, Any]]) -> str:
    head = "".join(f'<th scope=col style="width:{width}mm">{name}</th>' for name, width in COLUMNS)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(map(row, lines))}</tbody></table>"


def row(line: dict[str, Any]) -> str:
    balance = "–" if line["balance"] is None else f"{line['balance']}<br>{dots(line['balance'], line['ceiling'])}"
    return (
        f"<tr><td>{escape(line['day'])}</td>"
        f"<td><b>{escape(line['label'])}</b><br><span class=small>{escape(line['detail'])}</span></td>"
        f"<td class=small>{escape(line['articles'])}</td><td class=figure><b>{line['points']}</b></td>"
        f"<td class=figure>{balance}</td></tr>"
    )


def dots(balance: int, ceiling: int) -> str:
    return "".join(f'<i class="dot {"held" if place < balance else "lost"}"></i>' for place in range(ceiling))


def main() -> None:
    received = order()
    sheet = received["sheet"]
    fonts = FontConfiguration()
    foot = f"Référence {sheet['frame']['reference']}  {sheet['frame']['stamp']}"
    style = CSS(string=STYLE % {"fonts": Path(received["fonts"]), "foot": foot}, font_config=fonts)
    seal, at = seal_of(received)

    def typeset() -> bytes:
        pdf: bytes = HTML(string=page(sheet)).write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/a-2a")
        return pdf

    serve(typeset, seal, at)


if __name__ == "__main__":
    main()
