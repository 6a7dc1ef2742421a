"""By the file number, on a phone and without JavaScript: a young driver, a learner, a code that never comes."""

import re
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.stage import Demo
from tests.journeys.test_password_account import six_digits

pytestmark = pytest.mark.browser

LETTER_SECONDS = 30.0
PASSWORD = "quatre mots pris au hasard"
INES = {"number": "240999 200015", "name": "printemps", "born": "21/02/2005"}
HUGO = {"number": "260999200020", "name": "Novembre", "born": "29 03 2008"}
THEO = {"number": "240299200016", "name": "Martin Pecheur", "born": "14/07/2007"}
NOBODY = {"number": "240999299999", "name": "Personne", "born": "00/00/2000"}


def codes_sent(page: Page, demo: Demo, recipient: str, subject: str) -> list[str]:
    """Newest first."""
    letters = page.request.get(f"{demo.mailbox_url}/letters.json").json()
    to_them = [letter for letter in letters if recipient in letter["recipients"] and subject in letter["subject"]]
    return [found[1] for letter in to_them if (found := re.search(r"^ {4}(\S+)$", letter["body"], re.MULTILINE))]


def next_code(page: Page, demo: Demo, recipient: str, subject: str, *, already: int = 0) -> str:
    limit = time.monotonic() + LETTER_SECONDS
    while len(codes := codes_sent(page, demo, recipient, subject)) <= already:
        assert time.monotonic() < limit, f"no letter to {recipient}"
        page.wait_for_timeout(200)
    return codes[0]


def open_account(page: Page, demo: Demo, email: str) -> None:
    """From the home page to the third step."""
    page.goto(demo.url)
    page.get_by_role("main").get_by_role("link", name="Se connecter").click()
    page.get_by_role("link", name="Entrer par le numéro de dossier").click()
    page.get_by_role("link", name="Ouvrir mon compte").click()
    expect(page.get_by_role("main")).to_contain_text("Étape 1 sur 4")
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Ouvrir mon compte").click()
    expect(page.get_by_role("main")).to_contain_text("Étape 2 sur 4")
    page.get_by_label("Code reçu par message").fill(next_code(page, demo, email, "votre code"))
    page.get_by_role("button", name="Confirmer mon adresse").click()
    expect(page.get_by_role("main")).to_contain_text("Étape 3 sur 4")


def type_claim(page: Page, person: dict[str, str]) -> None:
    page.get_by_label("Numéro de dossier").fill(person["number"])
    page.get_by_label("Nom de naissance").fill(person["name"])
    page.get_by_label("Date de naissance").fill(person["born"])
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("main")).to_contain_text("Étape 4 sur 4")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def type_code(page: Page, code: str) -> None:
    page.get_by_label("Code d’activation").fill(code)
    page.get_by_role("button", name="Ouvrir mon dossier").click()


def paper_by(page: Page, button: str) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return download.value.suggested_filename


def test_ines_opens_an_account_and_reads_her_balance(page: Page, demo: Demo) -> None:
    assert "240999 200015" in demo.printed, "the list gives what one types"
    open_account(page, demo, "young@exemple.invalid")
    type_claim(page, INES)
    type_code(page, next_code(page, demo, "ines@exemple.invalid", "activation").lower())
    expect(page).to_have_url(f"{demo.url}/solde/")
    expect(page.get_by_role("main")).to_contain_text("Inès PRINTEMPS")
    expect(page.get_by_role("main")).to_contain_text("Permis probatoire")
    page.goto(f"{demo.url}/documents/")
    assert paper_by(page, "Télécharger mon attestation").startswith("attestation-")
    page.get_by_role("button", name="Télécharger mon relevé intégral").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Une étape de plus")
    page.get_by_role("link", name="Ajouter une application de codes").click()
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Continuer").click()
    secret = page.locator(".key").inner_text().replace(" ", "")
    page.get_by_label("Les six chiffres affichés").fill(six_digits(secret))
    page.get_by_role("button", name="Ajouter cette application").click()
    page.get_by_role("link", name="C’est fait, reprendre où j’en étais").click()
    assert paper_by(page, "Télécharger mon relevé intégral").startswith("releve-integral-")
    told = page.request.get(f"{demo.mailbox_url}/letters.json").json()
    assert not re.search("printemps|240999|solde|http", str([(each["subject"], each["body"]) for each in told]), re.IGNORECASE)


def test_hugo_loses_his_first_code_and_learns_what_awaits_him(page: Page, demo: Demo) -> None:
    open_account(page, demo, "learner@exemple.invalid")
    type_claim(page, HUGO)
    lost = next_code(page, demo, "hugo@exemple.invalid", "activation")
    page.get_by_role("button", name="Envoyer un autre code").click()
    second = next_code(page, demo, "hugo@exemple.invalid", "activation", already=1)
    type_code(page, lost)
    expect(page.get_by_role("main")).to_contain_text("Ce code ne convient pas")
    type_code(page, second)
    expect(page).to_have_url(f"{demo.url}/solde/")
    main = page.get_by_role("main")
    for said in ("Hugo NOVEMBRE", "Dossier trouvé", "Pas encore de points", "6 points", "Conduite accompagnée"):
        expect(main).to_contain_text(said)
    page.get_by_role("link", name="Ce que dit l’article R223-1 II").click()
    expect(page.get_by_role("main")).to_contain_text("R223-1 II")


def test_theo_whose_code_cannot_come_is_told_what_to_do(page: Page, demo: Demo) -> None:
    open_account(page, demo, "theo.ailleurs@exemple.invalid")
    type_claim(page, THEO)
    page.wait_for_timeout(5_000)
    type_code(page, "BBBB-BBBB")
    expect(page.get_by_role("main")).to_contain_text("Ce code ne convient pas")
    page.get_by_role("link", name="Le code n’arrive pas").click()
    expect(page).to_have_url(f"{demo.url}/acces-bloque/#code")
    expect(page.get_by_role("heading", level=1)).to_have_text("Accès bloqué")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violation_on_the_way(browser: Browser, demo: Demo, scheme: str) -> None:
    """The checker (axe) needs JavaScript to run, and a page that lets it in: the pages themselves have none."""
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    for path in ("/", "/connexion/", "/connexion/numero-de-dossier/", "/acces-bloque/", "/compte/ouvrir/"):
        page.goto(demo.url + path)
        check(page)
    open_account(page, demo, f"{scheme}@exemple.invalid")
    check(page)
    page.get_by_role("button", name="Continuer").click()
    check(page)
    type_claim(page, NOBODY)
    check(page)
    type_code(page, "BBBB-BBBB")
    check(page)
    for _ in range(6):
        page.goto(f"{demo.url}/mon-dossier/relier/code/")
        page.get_by_role("button", name="Envoyer un autre code").click()
    expect(page.get_by_role("main")).to_contain_text("LN-ASKED-TOO-OFTEN")
    check(page)
    context.close()


def check(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"
