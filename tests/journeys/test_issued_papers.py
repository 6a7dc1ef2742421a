"""What becomes of a paper, and of a right that is shared: two people on two phones, without JavaScript."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.stage import Demo

pytestmark = pytest.mark.browser

SignIn = Callable[[str], Page]
CAMILLE_BORN = "Tranquille"


def test_a_paper_is_issued_taken_again_withdrawn_and_checked(sign_in: SignIn, demo: Demo) -> None:
    page = sign_in("Rachid")
    page.goto(f"{demo.url}/documents/pour/employeur/")
    with page.expect_download() as first:
        page.get_by_role("button", name="Télécharger mon attestation").click()
    page.goto(f"{demo.url}/documents/")
    page.get_by_role("link", name="Mes documents délivrés et mes partages").click()
    with page.expect_download() as again:
        page.get_by_role("button", name="Télécharger de nouveau").first.click()
    assert again.value.suggested_filename == first.value.suggested_filename
    assert again.value.path().read_bytes() == first.value.path().read_bytes()
    found = re.search(r"([0-9A-Z]{4}-){2}[0-9A-Z]{4}", first.value.suggested_filename)
    assert found is not None
    page.get_by_role("link", name=f"Retirer ce document {found.group()}").click()
    expect(page.get_by_role("main")).to_contain_text("C’est définitif")
    page.get_by_role("button", name="Retirer ce document").click()
    expect(page.get_by_role("main")).to_contain_text("Vous l’avez retiré")
    page.goto(f"{demo.url}/verifier/{found.group()}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Document retiré")


def test_a_hirer_opens_a_share_and_the_driver_sees_it(sign_in: SignIn, browser: Browser, demo: Demo) -> None:
    page = sign_in("Camille")
    page.goto(f"{demo.url}/documents/partages/")
    page.get_by_role("link", name="Nouveau partage").click()
    page.get_by_label("Pour qui").fill("Location Rivage")
    page.get_by_label("Catégorie B", exact=True).check()
    page.get_by_label("Une seule fois").check()
    page.get_by_role("button", name="Créer le code").click()
    code = (page.locator(".share-code").text_content() or "")[-11:]
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="fr-FR")  # type: ignore[arg-type]
    hirer = context.new_page()
    opened(hirer, demo, code)
    expect(hirer.get_by_role("main")).to_contain_text("Catégorie B : peut conduire aujourd’hui")
    assert not re.search(r"\d+ points?\b", hirer.get_by_role("main").inner_text())
    assert not hirer.context.cookies()
    # It served once: now it is as unknown as any other.
    opened(hirer, demo, code)
    spent = hirer.get_by_role("main").inner_text()
    opened(hirer, demo, "ZZZZZ-ZZZZZ")
    assert hirer.get_by_role("main").inner_text() == spent
    context.close()
    page.get_by_role("link", name="J’ai noté le code").click()
    expect(page.get_by_role("main").get_by_role("listitem").filter(has_text="Consulté le")).to_have_count(1)
    expect(page.get_by_role("main")).to_contain_text("toutes les consultations ont servi")


def opened(page: Page, demo: Demo, code: str) -> None:
    page.goto(f"{demo.url}/verifier/")
    page.get_by_role("link", name="Ouvrir un partage").click()
    page.get_by_label("Code reçu").fill(code.lower())
    page.get_by_label("Nom de naissance").fill(CAMILLE_BORN)
    page.get_by_role("button", name="Voir la réponse").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_a_phone_and_has_no_violation(browser: Browser, demo: Demo, scheme: str) -> None:
    """The checker (axe) needs JavaScript to run, and a page that lets it in: the pages themselves have none."""
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{demo.url}/connexion/")
    page.get_by_role("button", name="S’identifier avec FranceConnect").click()
    page.get_by_role("button", name="Camille").first.click()
    page.goto(f"{demo.url}/documents/pour/moi/")
    with page.expect_download():
        page.get_by_role("button", name="Télécharger mon relevé intégral").click()
    page.goto(f"{demo.url}/documents/partages/nouveau/")
    check(page, scheme)
    page.get_by_role("button", name="Créer le code").click()
    check(page, scheme)
    page.get_by_label("Pour qui").fill("Location Rivage")
    page.get_by_label("Catégorie B", exact=True).check()
    page.get_by_role("button", name="Créer le code").click()
    check(page, scheme)
    code = (page.locator(".share-code").text_content() or "")[-11:]
    for path in ("/documents/partages/", "/documents/delivres/", "/partage/"):
        page.goto(demo.url + path)
        check(page, scheme)
    page.get_by_role("button", name="Voir la réponse").click()
    check(page, scheme)
    opened(page, demo, code)
    check(page, scheme)
    page.goto(f"{demo.url}/documents/delivres/")
    page.get_by_role("link", name="Retirer ce document").first.click()
    check(page, scheme)
    context.close()


def check(page: Page, scheme: str) -> None:
    results = Axe().run(page)
    assert results.violations_count == 0, f"{page.url} ({scheme}):\n{results.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], f"{page.url} is wider than a phone"
