"""From the balance to the right paper, on a phone, without JavaScript; and what to do when it was refused."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from mespoints.portal.pages.papers import AUDIENCES
from mespoints.portal.pages.refusals import REFUSALS
from tests.journeys.conftest import PHONE
from tests.journeys.stage import Demo

pytestmark = pytest.mark.browser

SignIn = Callable[[str], Page]
PATHS = (
    "/documents/",
    "/documents/releve-partiel/",
    "/documents/refuse/",
    *(f"/documents/pour/{slug}/" for slug in AUDIENCES),
    *(f"/documents/refuse/{slug}/" for slug in REFUSALS),
)


def downloaded(page: Page, button: str, folder: Path) -> tuple[str, str]:
    """The name of the file and its text."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    paper = folder / "paper.pdf"
    download.value.save_as(paper)
    text = subprocess.run(["pdftotext", paper, "-"], capture_output=True, text=True, check=True).stdout  # noqa: S607
    return download.value.suggested_filename, re.sub(r"\s+", " ", text)


def test_an_employer_gets_the_attestation_in_three_taps(sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in("Camille")
    page.get_by_role("main").get_by_role("link", name="Ce qu’il contient").click()
    page.get_by_role("link", name="Un employeur").click()
    expect(page.get_by_role("main")).to_contain_text("jamais combien de points")
    name, text = downloaded(page, "Télécharger mon attestation", tmp_path)
    assert re.fullmatch(r"attestation-droits-a-conduire-[0-9A-Z-]+\.pdf", name)
    assert "Permis valide" in text
    assert "code d’essai" in text
    assert not re.search(r"\d+ points?|Feu rouge|Téléphone", text)


def test_points_demanded_lead_to_the_law_and_to_the_attestation(sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in("Rachid")
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("link", name="Documents", exact=True).click()
    page.get_by_role("link", name="Mon papier a été refusé").click()
    page.get_by_role("link", name="Nous voulons voir vos points").click()
    expect(page.get_by_role("main").get_by_role("link", name="Article L223-7")).to_be_visible()
    name, _ = downloaded(page, "Télécharger mon attestation", tmp_path)
    assert name.startswith("attestation")
    expect(page.get_by_role("link", name="parler à quelqu’un")).to_be_visible()


def test_a_period_is_chosen_corrected_and_downloaded(sign_in: SignIn, demo: Demo, tmp_path: Path) -> None:
    page = sign_in("Camille")
    page.goto(f"{demo.url}/documents/pour/moi/")
    page.get_by_role("link", name="Choisir les deux jours").click()
    last = page.get_by_label("Dernier jour")
    kept = page.get_by_label("Premier jour").input_value()
    last.fill("1991-01-01")
    page.get_by_role("button", name="Télécharger ce relevé").click()
    expect(last).to_have_attribute("aria-describedby", "au-erreur")
    expect(page.locator("#au-erreur")).to_contain_text("1er décembre 1992")
    assert page.get_by_label("Premier jour").input_value() == kept
    page.get_by_role("link", name="Les douze derniers mois").click()
    name, text = downloaded(page, "Télécharger ce relevé", tmp_path)
    assert name.startswith("releve-partiel")
    assert "ces deux jours compris" in text


def test_a_learner_downloads_his_true_situation(sign_in: SignIn, demo: Demo, tmp_path: Path) -> None:
    page = sign_in("Hugo")
    page.goto(f"{demo.url}/documents/pour/employeur/")
    expect(page.get_by_role("main")).to_contain_text("Vous n’avez pas encore de permis")
    _, text = downloaded(page, "Télécharger mon attestation", tmp_path)
    assert "Aucun droit de conduire" in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_of_papers_fits_a_phone_and_has_no_violation(browser: Browser, demo: Demo, scheme: str) -> None:
    """The checker (axe) needs JavaScript to run, and a page that lets it in: the pages themselves have none."""
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{demo.url}/connexion/")
    page.get_by_role("button", name="S’identifier avec FranceConnect").click()
    page.get_by_role("button", name="Hugo").first.click()
    for path in PATHS:
        page.goto(demo.url + path)
        results = Axe().run(page)
        assert results.violations_count == 0, f"{path} ({scheme}):\n{results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], f"{path} is wider than a phone"
    page.goto(f"{demo.url}/documents/releve-partiel/")
    page.get_by_label("Premier jour").fill("")
    page.get_by_role("button", name="Télécharger ce relevé").click()
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    context.close()
