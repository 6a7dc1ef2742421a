"""A hirer is handed a paper: he checks it by its file, by its reference, by its code; on a phone, without JavaScript."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from mespoints.documents.visible_code.symbol import SymbolKind, read
from tests.documents.visible_code.test_symbol import photographed
from tests.journeys.conftest import PHONE
from tests.journeys.stage import Demo

pytestmark = pytest.mark.browser
SignIn = Callable[[str], Page]


@pytest.fixture
def paper(sign_in: SignIn, demo: Demo, tmp_path: Path) -> Path:
    """The full statement of an invented driver, as he downloads it; then he signs out."""
    page = sign_in("Marc")
    page.goto(f"{demo.url}/documents/pour/autorite/")
    with page.expect_download() as waiting:
        page.get_by_role("button", name=re.compile("relevé intégral", re.IGNORECASE)).first.click()
    path = tmp_path / "recu.pdf"
    waiting.value.save_as(path)
    page.context.clear_cookies()
    return path


def test_a_hirer_checks_the_file(page: Page, demo: Demo, paper: Path) -> None:
    page.goto(demo.url)
    page.get_by_role("main").get_by_role("link", name="vérifiez-le").click()
    page.get_by_label("Fichier reçu").set_input_files(paper)
    page.get_by_role("button", name="Vérifier ce fichier").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Document d’essai, sans valeur")
    expect(page.get_by_role("main")).to_contain_text("Relevé intégral")
    expect(page.get_by_role("main")).to_contain_text("Ce papier dit des points")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    paper.write_bytes(paper.read_bytes() + b"\n")
    page.get_by_role("link", name="Vérifier un autre document").click()
    page.get_by_label("Fichier reçu").set_input_files(paper)
    page.get_by_role("button", name="Vérifier ce fichier").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Modifié")


def test_a_hirer_types_the_reference(page: Page, demo: Demo, paper: Path) -> None:
    from mespoints.documents.verification.seal_inspection import inspection

    reference = inspection(paper.read_bytes()).reference
    assert reference is not None
    page.goto(f"{demo.url}/verifier/")
    page.get_by_label("Référence", exact=True).fill(reference.lower().replace("-", " "))
    page.get_by_role("button", name="Chercher ce document").click()
    expect(page).to_have_url(f"{demo.url}/verifier/{reference}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Référence connue")


def test_a_hirer_pastes_the_code_that_he_scanned(page: Page, demo: Demo, paper: Path, tmp_path: Path) -> None:
    command = ["pdftoppm", "-gray", "-r", "200", "-f", "1", "-singlefile", str(paper), str(tmp_path / "page")]
    subprocess.run(command, check=True)
    scanned = read(photographed((tmp_path / "page.pgm").read_bytes()))
    [code] = [each.content.decode("ascii") for each in scanned if each.kind is SymbolKind.DATA_MATRIX]
    page.goto(f"{demo.url}/verifier/")
    page.get_by_label("Texte du code 2D-Doc").fill(code.replace("\x1d", "<GS>").replace("\x1e", "<RS>").replace("\x1f", "<US>"))
    page.get_by_role("button", name="Vérifier ce code").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Document d’essai, sans valeur")
    expect(page.get_by_role("main")).to_contain_text("Il n’a été ni remplacé ni retiré")


def test_a_code_badly_pasted_is_given_back(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.url}/verifier/")
    page.get_by_label("Texte du code 2D-Doc").fill("dc04fr000001")
    page.get_by_role("button", name="Vérifier ce code").click()
    expect(page.get_by_text("Ce code n’est pas un 2D-Doc lisible")).to_be_visible()
    expect(page.get_by_label("Texte du code 2D-Doc")).to_have_value("dc04fr000001")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violation(browser: Browser, demo: Demo, scheme: str) -> None:
    """The checker (axe) needs JavaScript to run, and a page that lets it in."""
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    for path in ("/verifier/", "/verifier/0000-0000-0000/"):
        page.goto(demo.url + path)
        results = Axe().run(page)
        assert results.violations_count == 0, f"{path} ({scheme}):\n{results.generate_report()}"
    page.goto(demo.url + "/verifier/")
    page.get_by_role("button", name="Chercher ce document").click()
    assert Axe().run(page).violations_count == 0, f"with a problem ({scheme})"
    context.close()
