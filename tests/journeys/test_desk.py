"""Agents come in, and only they: the journeys of the desk in a real Chromium, on a phone, without JavaScript."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.stage import Demo

pytestmark = pytest.mark.browser

WIDTHS = (PHONE, {"width": 1280, "height": 900})
ComeIn = Callable[..., Page]


@pytest.fixture
def come_in(browser: Browser, demo: Demo) -> Iterator[ComeIn]:
    """A browser of its own for each person, at the door of the desk and through it."""
    with ExitStack() as open_contexts:

        def walk(name: str, **options: object) -> Page:
            settings = {"viewport": PHONE, "java_script_enabled": False, "locale": "fr-FR"} | options
            context = browser.new_context(**settings)  # type: ignore[arg-type]
            open_contexts.callback(context.close)
            page = context.new_page()
            page.goto(f"{demo.url}/exploitation/")
            expect(page).to_have_url(re.compile(r"/exploitation/connexion/$"))
            page.get_by_role("button", name="S’identifier avec ProConnect").click()
            page.get_by_role("button", name=name).first.click()
            return page

        yield walk


def menu(page: Page) -> None:
    page.get_by_text("Menu", exact=True).click()


def test_the_operator_reads_the_night_and_leaves_on_both_sides(come_in: ComeIn, demo: Demo) -> None:
    page = come_in("Solène Vigie")
    expect(page).to_have_url(re.compile(r"/exploitation/$"))
    page.locator("ul.rows a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nuit du")
    menu(page)
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("main")).to_contain_text("Vous êtes déconnecté, ici et chez ProConnect.")
    page.goto(f"{demo.url}/exploitation/")
    expect(page).to_have_url(re.compile(r"/exploitation/connexion/$"))
    page.get_by_role("button", name="S’identifier avec ProConnect").click()
    assert page.get_by_text("Session ouverte").count() == 0


@pytest.mark.parametrize(
    ("name", "code"),
    [("Loïc Dehors", "PC-NOT-INVITED"), ("Maud Distraite", "PC-SECOND-FACTOR"), ("Identité refusée", "PC-ACCESS-DENIED")],
)
def test_who_stays_outside_is_told_why_and_what_to_do(come_in: ComeIn, demo: Demo, name: str, code: str) -> None:
    page = come_in(name)
    expect(page.get_by_role("main")).to_contain_text(code)
    expect(page.get_by_role("heading", name="Que faire maintenant")).to_be_visible()
    page.goto(f"{demo.url}/exploitation/")
    expect(page).to_have_url(re.compile(r"/exploitation/connexion/$"))


def test_an_agent_meets_a_page_of_another_role(come_in: ComeIn, demo: Demo) -> None:
    page = come_in("Prune Guichet")
    expect(page).to_have_url(re.compile(r"/exploitation/rattachements/$"))
    page.goto(f"{demo.url}/exploitation/")
    expect(page.get_by_role("main")).to_contain_text("le rôle exploitant")
    page.goto(f"{demo.url}/solde/")
    expect(page).to_have_url(re.compile(r"/connexion/$"))


def test_four_eyes_in_two_browsers(come_in: ComeIn) -> None:
    """Solène invites, cannot approve; Simon approves; Loïc, refused until then, comes in; Simon shuts the door again."""
    solene, simon = come_in("Solène Vigie"), come_in("Simon Regard")
    menu(solene)
    solene.get_by_role("link", name="Accès", exact=True).click()
    solene.get_by_label("Adresse professionnelle").fill("Loic.Dehors@exemple.invalid")
    solene.get_by_role("radio", name="agent").check()
    solene.get_by_role("button", name="Inviter").click()
    expect(solene.get_by_role("status")).to_contain_text("une deuxième personne doit maintenant l’approuver")
    offer = "loic.dehors@exemple.invalid"
    assert solene.get_by_role("button", name=f"Approuver agent pour {offer}").count() == 0
    expect(come_in("Loïc Dehors").get_by_role("main")).to_contain_text("PC-NOT-APPROVED")

    simon.reload()
    simon.get_by_role("button", name=f"Approuver agent pour {offer}").click()
    expect(simon.get_by_role("status")).to_contain_text("peut entrer par ProConnect")
    loic = come_in("Loïc Dehors")
    expect(loic.get_by_role("heading", level=1)).to_have_text("Rattachements douteux")

    simon.reload()
    expect(simon.get_by_role("main")).to_contain_text("Solène Vigie a invité loic.dehors@exemple.invalid")
    simon.locator("summary", has_text="Retirer agent à Loïc Dehors").click()
    simon.get_by_role("button", name="Retirer cet accès").locator("visible=true").click()
    expect(simon.get_by_role("status")).to_contain_text("sessions ouvertes de cette personne sont finies")
    loic.reload()
    expect(loic).to_have_url(re.compile(r"/exploitation/connexion/\?vers=rattachements$"))


def test_a_mistake_in_the_form_stands_beside_its_field(come_in: ComeIn, demo: Demo) -> None:
    page = come_in("Solène Vigie")
    page.goto(f"{demo.url}/exploitation/acces/")
    page.get_by_label("Adresse professionnelle").fill("solene.vigie@exemple.invalid")
    page.get_by_role("radio", name="médiateur").check()
    page.get_by_role("button", name="Inviter").click()
    field = page.get_by_label("Adresse professionnelle")
    expect(field).to_have_accessible_description(re.compile("On ne s’invite pas soi-même"))
    expect(field).to_have_value("solene.vigie@exemple.invalid")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", WIDTHS, ids=lambda size: str(size["width"]))
def test_no_accessibility_violation_and_no_page_too_wide(come_in: ComeIn, demo: Demo, size: dict[str, int], scheme: str) -> None:
    """The checker (axe) needs JavaScript to run, and a page that lets it in: the pages themselves have none."""
    pages = {
        "Solène Vigie": ("/exploitation/", "/exploitation/acces/", "/exploitation/mon-compte/", "/exploitation/connexion/"),
        "Prune Guichet": ("/exploitation/quarantaine/",),
        "Maud Distraite": ("/exploitation/connexion/proconnect/retour/", "/exploitation/connexion/"),
    }
    for name, paths in pages.items():
        page = come_in(name, viewport=size, color_scheme=scheme, bypass_csp=True, java_script_enabled=True)
        for path in paths:
            page.goto(demo.url + path)
            results = Axe().run(page)
            assert results.violations_count == 0, f"{path} ({scheme}):\n{results.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], f"{path} is too wide"
