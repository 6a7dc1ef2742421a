"""Both symbols, read back from the printed page as a phone would, on each of the three papers."""

import logging
import re
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from mespoints.documents.content import Content
from mespoints.documents.issuance import Workshop, set_in_type
from mespoints.documents.symbols import visible_code
from mespoints.documents.visible_code.signature import TEST_CERTIFICATE, KeySigner
from mespoints.documents.visible_code.symbol import SymbolKind, read
from mespoints.documents.visible_code.trust import Authority, Trust, TrustedCertificate
from mespoints.documents.visible_code.verification import Outcome, verify
from tests.documents.statements import REFERENCE, attestation, identity, period, statement
from tests.documents.test_length import long_winded
from tests.documents.test_paper import alternatives, structure, text_of
from tests.documents.visible_code.test_symbol import photographed

PAPERS: dict[str, Content] = {
    "full": statement(),
    "period": period(),
    "attestation": attestation(),
    "three hundred": statement(300),
    "three hundred in a period": period(300),
    "one": statement(1),
    "longer than expected": long_winded(),
}
ADDRESS = b"https://points.example.fr/verifier/K7Q2-M4XD-9TPA/"


def trust(signer: KeySigner) -> Trust:
    known = TrustedCertificate(
        identifier=TEST_CERTIFICATE,
        public_key=signer.key.public_key(),
        valid_from=date(2026, 1, 1),
        valid_until=date(2026, 12, 31),
    )
    return Trust(authorities=(Authority(identifier="FR00", name="Essais", certificates=(known,)),))


@pytest.mark.parametrize("content", PAPERS.values(), ids=PAPERS)
def test_both_are_read_back_from_the_first_page_printed_in_grey(
    content: Content, workshop: Workshop, signer: KeySigner, tmp_path: Path
) -> None:
    pdf = set_in_type(content, REFERENCE, workshop)
    (tmp_path / "paper.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-gray", "-r", "200", "-f", "1", "-singlefile", str(tmp_path / "paper.pdf"), str(tmp_path / "page")]
    subprocess.run(command, check=True, capture_output=True)
    found = {each.kind: each.content for each in read(photographed((tmp_path / "page.pgm").read_bytes()))}
    with pikepdf.open(BytesIO(pdf)) as opened:
        pages = len(opened.pages)
    assert found == {SymbolKind.QR: ADDRESS, SymbolKind.DATA_MATRIX: visible_code(content, REFERENCE, signer, pages)}
    verdict = verify(found[SymbolKind.DATA_MATRIX], trust(signer), datetime(2026, 11, 23, tzinfo=UTC))
    assert verdict.outcome is Outcome.VALID_TEST
    assert verdict.holder_fields == ()
    assert verdict.remarks == ()


@pytest.mark.parametrize("content", PAPERS.values(), ids=PAPERS)
def test_each_paper_is_an_accessible_archive_file(content: Content, workshop: Workshop) -> None:
    pdf = set_in_type(content, REFERENCE, workshop)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) in {"fr", "fr-FR"}
        assert opened.Root.MarkInfo.Marked
        with opened.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("2", "A", "1")
        with opened.open_outline() as outline:
            assert [entry.title.startswith(("Relevé", "Attestation")) for entry in outline.root] == [True]
            assert len(outline.root[0].children) >= 1
    tags = structure(pdf)
    assert tags.count("/H1") == 1
    assert "/TH" in tags
    assert sum(said.startswith("Code ") for said in alternatives(pdf)) == 2


def test_without_a_signer_the_paper_speaks_of_no_code(workshop: Workshop) -> None:
    for content in (statement(), period(), attestation()):
        pdf = set_in_type(content, REFERENCE, replace(workshop, signer=None))
        text = text_of(pdf)
        assert not re.search("2D|essai, qui|code d’essai", text)
        assert "Le QR ouvre la page" in text
        assert [said for said in alternatives(pdf) if said.startswith("Code ")] == [
            "Code QR : ouvre la page de vérification, points.example.fr/verifier/K7Q2-M4XD-9TPA/"
        ]


def test_a_real_authority_is_not_called_a_test(workshop: Workshop, signer: KeySigner) -> None:
    real = replace(workshop, signer=replace(signer, authority="FR05"))
    text = text_of(set_in_type(statement(), REFERENCE, real))
    assert "2D-DOC" in text
    assert "code d’essai" not in text


def test_a_name_in_another_alphabet_costs_the_code_and_nothing_else(workshop: Workshop, caplog: pytest.LogCaptureFixture) -> None:
    content = attestation(identity=identity(birth_name="Иванова"))
    with caplog.at_level(logging.WARNING):
        text = text_of(set_in_type(content, REFERENCE, workshop))
    assert "Иванова" in text
    assert "2D-DOC" not in text
    assert "cannot be written in a visible code" in caplog.text
    assert "Иванова" not in caplog.text


@pytest.mark.parametrize("name", ["Lœuillet-Fÿ", "D’Urville", "Nguyễn", "Łukasz Øster", "x" * 60, "Al-Ṭabarī Çağrı"])
def test_names_of_many_places_are_written_in_the_code(name: str, signer: KeySigner) -> None:
    assert visible_code(attestation(identity=identity(birth_name=name)), REFERENCE, signer, 1) is not None
