"""The journey « Somebody who does not quite match », in a real Chromium, on a phone, without JavaScript."""

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.stage import Demo

pytestmark = pytest.mark.browser

SignIn = Callable[[str], Page]
NUMBER = "080699 200023"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violation(browser: Browser, demo: Demo, scheme: str) -> None:
    """The checker needs JavaScript, and a page that lets it in. First, while Aurore has not been linked yet."""
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    enter(page, demo, "Aurore")
    expect(page).to_have_url(re.compile(r"/connexion/numero/$"))
    check(page)
    page.get_by_role("textbox", name="Numéro de dossier").fill("?")
    page.get_by_role("button", name="Ouvrir mon dossier").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page)
    page.context.clear_cookies()
    enter(page, demo, "Basile")
    at_desk(page, demo)
    check(page)
    page.get_by_role("main").get_by_role("link", name=re.compile("N°")).first.click()
    check(page)
    context.close()


def enter(page: Page, demo: Demo, name: str) -> None:
    page.goto(f"{demo.url}/connexion/")
    page.get_by_role("button", name="S’identifier avec FranceConnect").click()
    page.get_by_role("button", name=name).first.click()


def at_desk(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.url}/exploitation/connexion/")
    page.get_by_role("button", name="S’identifier avec ProConnect").click()
    page.get_by_role("button", name="Prune Guichet").first.click()
    expect(page).to_have_url(re.compile(r"/exploitation/rattachements/$"))


def check(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_number_of_the_licence_opens_the_record_and_is_not_asked_twice(sign_in: SignIn, demo: Demo) -> None:
    page = sign_in("Aurore")
    expect(page).to_have_url(re.compile(r"/connexion/numero/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Un numéro de votre permis, et vous y êtes")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    field = page.get_by_role("textbox", name="Numéro de dossier")
    field.fill("080699 200099")
    page.get_by_role("button", name="Ouvrir mon dossier").click()
    expect(page.get_by_role("alert")).to_contain_text("FC-PROOF-WRONG")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("080699 200099")
    field.fill(NUMBER)
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/solde/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("11")

    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("button", name=re.compile("déconnecter", re.IGNORECASE)).click()
    sign_in("Aurore")
    expect(page).to_have_url(re.compile(r"/solde/$"))


def test_a_doubt_waits_for_an_agent_whose_word_opens_the_record(sign_in: SignIn, demo: Demo) -> None:
    page = sign_in("Basile")
    expect(page.get_by_role("main")).to_contain_text("un agent le vérifie")
    expect(page.get_by_role("main")).to_contain_text("FC-AGENT-WAITING")

    at_desk(page, demo)
    page.get_by_role("main").get_by_role("link", name=re.compile("N°")).first.click()
    for said in ("D’ARVOR", "DARVOR", "premiers prénoms seuls", "apostrophe"):
        expect(page.get_by_role("main")).to_contain_text(said)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_label("Ce que vous décidez").select_option(label="Rattacher au dossier 990499200024")
    page.get_by_label("Motif", exact=True).fill("Titre et acte de naissance vus au guichet.")
    page.get_by_role("button", name="Garder cette décision").click()
    expect(page.get_by_role("status")).to_contain_text("Rien n’est encore rattaché")

    sign_in("Basile")
    expect(page).to_have_url(re.compile(r"/solde/$"))
