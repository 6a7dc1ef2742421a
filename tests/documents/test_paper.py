"""The paper itself: an archive PDF that a screen reader can read, and that says all the content, on one page when it can."""

import os
import re
import subprocess
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from shutil import which

import pikepdf
import pytest

from mespoints.documents.content import FullStatement, StatedClosing, StatedObligation, StatedSituation, fingerprint
from mespoints.documents.layout.length import expected_pages
from mespoints.documents.layout.sheet import Proofs, SealedBy
from mespoints.documents.layout.statement import full_statement_sheet
from mespoints.documents.press import press
from mespoints.documents.symbols import symbols
from mespoints.law.readings.obligations import ObligationKind
from mespoints.law.state import ClosingRule, Status
from tests.documents.statements import HISTORY, ISSUED_AT, REFERENCE, identity, marks, statement

SEALED_BY = SealedBy(name="Organisme d’essai", is_self_signed=True)


def pdf_of(content: FullStatement, *, invented: bool = True) -> bytes:
    drawn = symbols(content, REFERENCE, signer=None, base_url="https://points.example.fr", pages=1)
    pages = expected_pages(content)
    proofs = Proofs(reference=REFERENCE, sealed_by=SEALED_BY, symbols=drawn, pages=pages, invented=invented)
    return press().pdf(full_statement_sheet(content, proofs), content.issued_at)


def text_of(pdf: bytes) -> str:
    """Words in their order, any blank as one space, a form feed after each page."""
    said = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True)  # noqa: S607
    return re.sub(r"[^\S\f]+", " ", said.stdout.decode())


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


def structure(pdf: bytes) -> list[str]:
    """Names of the tags, in the order of reading."""
    names: list[str] = []

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Dictionary) and "/S" in node:
            names.append(str(node.S))
        if isinstance(node, pikepdf.Dictionary) and "/K" in node:
            children = node.K if isinstance(node.K, pikepdf.Array) else [node.K]
            for child in children:
                walk(child)

    with pikepdf.open(BytesIO(pdf)) as opened:
        walk(opened.Root.StructTreeRoot)
    return names


def alternatives(pdf: bytes) -> list[str]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return [str(item.Alt) for item in opened.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]


def test_it_is_an_accessible_archive_file(sealed: bytes) -> None:
    with pikepdf.open(BytesIO(sealed)) as opened:
        root = opened.Root
        assert str(root.Lang) in {"fr", "fr-FR"}
        assert root.MarkInfo.Marked
        assert root.ViewerPreferences.DisplayDocTitle
        assert "/StructTreeRoot" in root
        assert all(str(page.Tabs) == "/S" for page in opened.pages)
        with opened.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("2", "A", "1")
            assert xmp["dc:title"].startswith("Relevé intégral du permis de conduire")
        assert "/OutputIntents" in root
        assert "/EmbeddedFiles" not in root.get("/Names", {})


def test_every_font_is_embedded(sealed: bytes) -> None:
    with pikepdf.open(BytesIO(sealed)) as opened:
        descriptors = [
            item for item in opened.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        ]
    assert {str(item.FontName).split("+")[1].split("-")[0] for item in descriptors} == {"SourceSans3"}
    assert all("/FontFile2" in item or "/FontFile3" in item for item in descriptors)


def test_the_tables_have_true_headers_and_the_sections_true_headings(sealed: bytes) -> None:
    tags = structure(sealed)
    assert tags.count("/TH") == 10
    assert tags.count("/TR") == 12 + 1 + 2
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == 3


def test_the_twelve_marks_are_said_in_words(sealed: bytes) -> None:
    said = " ".join(alternatives(sealed)).replace("\N{NO-BREAK SPACE}", " ")
    assert "6 en votre possession, 2 reviennent le 1er avril 2027, 4 perdus pour plus longtemps" in said


def test_qpdf_finds_nothing_wrong(sealed_file: Path) -> None:
    checked = subprocess.run(["qpdf", "--check", sealed_file], capture_output=True, text=True, check=False)  # noqa: S607
    assert (checked.returncode, checked.stderr) == (0, "")


def test_vera_pdf_agrees(sealed_file: Path) -> None:
    command = os.environ.get("VERAPDF") or which("verapdf")
    if not command:
        pytest.skip("veraPDF is not installed: name its command in VERAPDF to check PDF/A-2a and PDF/UA-1 with it")
    for flavour in ("2a", "ua1"):
        verdict = subprocess.run(
            [command, "--format", "text", "--flavour", flavour, sealed_file], capture_output=True, text=True, check=False
        )
        assert verdict.stdout.startswith("PASS"), verdict.stdout + verdict.stderr


def test_twelve_movements_hold_on_one_page_and_nothing_is_missing(sealed: bytes) -> None:
    assert pages_of(sealed) == 1
    text = text_of(sealed)
    for *_, label, points, _balance, _articles in HISTORY:
        assert label in text
        assert f"{points:+}".replace("-", "\N{MINUS SIGN}") in text
    for said in (
        "Lœuillet-Fÿ",
        "Beaumarchais",
        "Maëlle, Ségolène",
        "150399 200011",
        "n° 15AA00011, catégories A1, B, BE, obtenu le 12 juin 2009",
        "points sur 12",
        "Commise le 2 février 2019, établie le 1er mars 2019. Amende payée.",
        "L223-1 al. 1 et 4, L223-2",
        "2 octobre 2029",
        "Retour au maximum de points",
        "+1 le 1er mars 2026 (« Point rendu ») : remis en cause par un fait plus ancien, enregistré le 2 avril 2026.",
        "Ni un employeur, ni un assureur",
        "Situation au 22 novembre 2026. Données arrêtées au 21 novembre 2026, écriture n° 1234.",
        "Établi le 22 novembre 2026 à 14 h 05 min 09 s (heure de Paris)",
        f"Référence {REFERENCE}",
        "Données fictives",
    ):
        assert said in text
    assert re.search(r"\b1 ?/ ?1\b", text)


def test_the_fingerprint_of_the_content_is_on_the_paper_and_in_its_metadata(sealed: bytes) -> None:
    digest = fingerprint(statement())
    assert digest in text_of(sealed).replace(" ", "")
    with pikepdf.open(BytesIO(sealed)) as opened, opened.open_metadata() as xmp:
        assert f"sha256:{digest}" in xmp["pdf:Keywords"]


def test_three_hundred_movements_repeat_their_header_and_number_their_pages() -> None:
    pdf = pdf_of(statement(300))
    pages = text_of(pdf).split("\f")[:-1]
    assert 10 <= len(pages) <= 14
    assert sum(page.count("Feu rouge non respecté") for page in pages) == 25
    for number, page in enumerate(pages, start=1):
        assert re.search(rf"\b{number} ?/ ?{len(pages)}\b", page)
        assert REFERENCE in page
        assert "Données fictives" in page
        for title in ("Date", "Mouvement", "Article", "Points", "Solde"):
            assert title in page
    # Repeated on paper, read once: a screen reader hears the header of each table a single time.
    assert structure(pdf).count("/TH") == 10


@pytest.mark.parametrize(
    "name",
    [
        "#sys.inputs",
        '#eval("1+1")',
        "$x^2$",
        "*gras* _italique_ `code`",
        "[crochets] <repère> @renvoi",
        "// disparu /* disparu */",
        "\\u{41} ~ -- --- fin",
        'Dit "Le Grand"',
        "= Titre",
        "- liste + liste",
    ],
)
def test_what_is_received_is_never_markup(name: str) -> None:
    assert name in text_of(pdf_of(statement(1, identity=identity(birth_name=name))))


def test_names_that_are_hard_to_print() -> None:
    long = "Abcdefghijklmnopqrstuvwxyzé" * 3
    pdf = pdf_of(
        statement(
            1,
            identity=identity(
                birth_name=long[:60],
                usage_name="Jean-Éric Maximilien Œdipe-Ÿves de la Très Longue Particule",
                given_names=("Zo\x00é", "中文", "a\u202eb"),
            ),
        )
    )
    text = text_of(pdf)
    assert long[:60] in re.sub(r"[\s\u200b]", "", text)
    assert "Jean-Éric Maximilien Œdipe-Ÿves de la Très Longue Particule" in text
    assert "Zoé, □□, ab" in text


def test_a_learner_has_no_figure_and_no_marks() -> None:
    situation = StatedSituation(balance=0, ceiling=None, status=Status.NONE, probation_ends_on=None)
    pdf = pdf_of(statement(0, licences=(), situation=situation, marks=(), forecast=(), revocations=()))
    text = text_of(pdf)
    assert "Pas encore de permis, donc pas encore de points." in text
    assert "Aucun mouvement enregistré." in text
    assert "aucun titre enregistré" in text
    assert "points sur" not in text
    assert not any("marques" in said for said in alternatives(pdf))


def test_an_invalidated_licence_says_so_and_shows_its_end() -> None:
    situation = StatedSituation(balance=0, ceiling=None, status=Status.INVALIDATED, probation_ends_on=None)
    closing = StatedClosing(on=date(2026, 10, 20), rule=ClosingRule.INVALIDATION)
    text = text_of(pdf_of(statement(situation=situation, marks=marks(held=0, lost=12), closings=(closing,), forecast=())))
    assert "Permis invalidé faute de points (lettre 48SI reçue)." in text
    assert "12 perdus avec le permis" in text
    assert text.index("2 octobre 2026 Excès") < text.index("20 octobre 2026 Permis invalidé")


def test_probation_and_obligations_are_said() -> None:
    situation = StatedSituation(balance=6, ceiling=8, status=Status.VALID, probation_ends_on=date(2028, 3, 1))
    duty = StatedObligation(
        kind=ObligationKind.MANDATORY_COURSE,
        due_on=date(2027, 3, 1),
        overdue=False,
        text="Vous devez suivre un stage obligatoire.",
    )
    text = text_of(pdf_of(statement(situation=situation, marks=marks(held=6, lost=2, above=4), obligations=(duty,))))
    assert "Elle prend fin le 1er mars 2028." in text
    assert "points sur 8" in text
    assert "4 au-dessus du plafond actuel" in text
    assert "À faire. Vous devez suivre un stage obligatoire." in text


def test_real_data_carry_no_banner() -> None:
    assert "fictives" not in text_of(pdf_of(statement(1), invented=False))


def test_the_same_content_and_moment_make_the_same_file() -> None:
    assert pdf_of(statement()) == pdf_of(statement())
    assert pdf_of(statement(issued_at=ISSUED_AT + timedelta(seconds=1))) != pdf_of(statement())
