"""The journeys of docs/journeys.md, « First light », in a real Chromium, on a phone, without JavaScript."""

import re
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from tests.journeys.conftest import PHONE
from tests.journeys.stage import Demo

pytestmark = pytest.mark.browser

LETTER_SECONDS = 30.0
SignIn = Callable[[str], Page]


def test_camille_sees_her_points_and_holds_the_paper(sign_in: SignIn, demo: Demo, tmp_path: Path) -> None:
    page = sign_in("Camille")
    expect(page).to_have_url(re.compile(r"/solde/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("8")
    expect(page.get_by_role("main")).to_contain_text("tranquille")

    page.get_by_role("link", name="Tout l’historique, expliqué").click()
    newest = page.locator("details.movement").first
    newest.locator("summary").click()
    for said in ("Pourquoi", "Ce que cela veut dire", "Que faire", "Article L223-1"):
        expect(newest).to_contain_text(said)

    page.goto(f"{demo.url}/solde/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger mon relevé").click()
    assert re.fullmatch(r"releve-integral-[0-9A-Z-]+\.pdf", download.value.suggested_filename)
    paper = tmp_path / "paper.pdf"
    download.value.save_as(paper)
    # In a thread of its own: pyHanko starts an event loop, and Playwright already runs one here.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(check_paper, paper, demo).result()


def check_paper(paper: Path, demo: Demo) -> None:
    root = load_cert_from_pemder(next(demo.data_dir.rglob("*certificate*.pem")))  # type: ignore[no-untyped-call]
    context = ValidationContext(trust_roots=[root], moment=datetime.now(UTC) + timedelta(minutes=1), allow_fetching=False)
    with paper.open("rb") as file:
        status = validate_pdf_signature(PdfFileReader(file).embedded_signatures[0], context)
    assert status.intact
    assert status.valid
    assert status.trusted
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    said = subprocess.run(["pdfsig", "-nocert", paper], capture_output=True, text=True, check=True).stdout  # noqa: S607
    assert "Signature is Valid" in said
    text = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, text=True, check=True).stdout  # noqa: S607
    assert re.search(r"\b8\b.*points? sur 12", text.replace("\u00a0", " ").replace("\u202f", " ")) or "8" in text
    assert "Feu rouge" in text
    assert "Données fictives" in text or "DONNÉES FICTIVES" in text.upper()


def test_a_sign_in_is_told_by_a_letter_that_tells_nothing_else(sign_in: SignIn, demo: Demo, page: Page) -> None:
    sign_in("Nadia")
    limit = time.monotonic() + LETTER_SECONDS
    letters: list[dict[str, str]] = []
    while not letters and time.monotonic() < limit:
        letters = [each for each in page.request.get(f"{demo.mailbox_url}/letters.json").json() if "nadia" in str(each).lower()]
        page.wait_for_timeout(200)
    assert "une connexion vient d’avoir lieu" in str(letters)
    assert "Recommence" not in str(letters)
    assert "http" not in str(letters)


def test_lucie_at_zero_is_told_what_to_do(sign_in: SignIn) -> None:
    page = sign_in("Lucie")
    main = page.get_by_role("main")
    expect(page.get_by_role("heading", level=1)).to_contain_text("0")
    expect(main).to_contain_text("48SI")
    expect(main).to_contain_text("stage")
    steps = page.locator("ol.steps > li")
    assert steps.count() >= 3


def test_marc_is_told_which_return_was_undone(sign_in: SignIn) -> None:
    page = sign_in("Marc")
    expect(page.get_by_role("heading", name="Un retour de points a été annulé")).to_be_visible()


def test_yvonne_is_nobody_here_and_learns_what_to_do(sign_in: SignIn) -> None:
    page = sign_in("Yvonne")
    expect(page.get_by_role("main")).to_contain_text("dossier")
    assert "Introuvable" not in page.content()
    assert page.goto(re.sub(r"(https?://[^/]+).*", r"\1/solde/", page.url)) is not None
    expect(page).to_have_url(re.compile(r"/connexion/"))


def test_giving_up_at_the_provider_has_a_code(sign_in: SignIn) -> None:
    page = sign_in("Identité refusée")
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"FC-[A-Z-]+"))
    expect(page.get_by_role("main").get_by_role("link").first).to_be_visible()


def test_signing_out_ends_both_sessions(sign_in: SignIn, demo: Demo) -> None:
    page = sign_in("Rachid")
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("button", name=re.compile("déconnecter", re.IGNORECASE)).click()
    expect(page.get_by_role("main")).to_contain_text(re.compile("déconnecté"))
    page.goto(f"{demo.url}/solde/")
    expect(page).to_have_url(re.compile(r"/connexion/"))
    page.get_by_role("button", name="S’identifier avec FranceConnect").click()
    assert page.get_by_text("Session ouverte").count() == 0


@pytest.mark.parametrize("name", ["Camille", "Bruno", "Inès", "Sofia", "Nadia", "Hugo", "Armand"])
def test_every_situation_has_its_pages(name: str, sign_in: SignIn, demo: Demo) -> None:
    page = sign_in(name)
    for path in ("/solde/", "/historique/", "/previsions/", "/documents/", "/aide/"):
        answer = page.goto(demo.url + path)
        assert answer is not None
        assert answer.ok, path
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], f"{path} is wider than a phone"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violation(browser: Browser, demo: Demo, scheme: str) -> None:
    """The checker (axe) needs JavaScript to run, and a page that lets it in: the pages themselves have none."""
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{demo.url}/connexion/")
    page.get_by_role("button", name="S’identifier avec FranceConnect").click()
    page.get_by_role("button", name="Marc").first.click()
    for path in ("/", "/connexion/", "/solde/", "/historique/", "/previsions/", "/documents/", "/aide/", "/api/v1/docs"):
        page.goto(demo.url + path)
        results = Axe().run(page)
        assert results.violations_count == 0, f"{path} ({scheme}):\n{results.generate_report()}"
    context.close()
