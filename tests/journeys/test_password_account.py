"""An account by e-mail and password in a real Chromium, with an authenticator that the browser itself plays.

A context of its own for each: a passkey needs JavaScript, which the other journeys do without.
"""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import PHONE
from tests.journeys.stage import Demo

pytestmark = pytest.mark.browser

PASSWORD = "quatre mots pris au hasard"
TO_LINK = "Retrouver mon dossier"
"""Where an account without a record arrives."""
LETTER_SECONDS = 30.0
CODE = re.compile(r"^ {4}(\d{4}-\d{4})$", re.MULTILINE)
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass
class Driver:
    """One person at one telephone."""

    page: Page
    demo: Demo
    email: str

    def code(self) -> str:
        """The newest code sent to this address."""
        limit = time.monotonic() + LETTER_SECONDS
        while time.monotonic() < limit:
            for letter in self.page.request.get(f"{self.demo.mailbox_url}/letters.json").json():
                found = CODE.search(letter["body"]) if self.email in letter["recipients"] else None
                if found is not None:
                    return found.group(1)
            self.page.wait_for_timeout(200)
        raise AssertionError("no code came")

    def open_account(self) -> None:
        self.page.goto(f"{self.demo.url}/connexion/")
        self.page.get_by_role("link", name="Entrer par le numéro de dossier").click()
        self.page.get_by_role("link", name="Ouvrir mon compte").click()
        self.page.get_by_label("Adresse électronique").fill(self.email)
        self.page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Ouvrir mon compte").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Regardez vos messages")
        self.page.get_by_label("Code reçu par message").fill(self.code())
        self.page.get_by_role("button", name="Confirmer mon adresse").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(TO_LINK)
        self.page.goto(f"{self.demo.url}/compte/")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Mon compte")

    def prove(self) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Confirmez que c’est bien vous")
        self.page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Continuer").click()

    def sign_out(self) -> None:
        self.page.goto(f"{self.demo.url}/compte/")
        self.page.get_by_text("Menu", exact=True).click()
        self.page.get_by_role("button", name="Se déconnecter").click()


@contextmanager
def telephone(browser: Browser, demo: Demo, *, script: bool = True, **options: Any) -> Iterator[tuple[BrowserContext, Driver]]:
    context = browser.new_context(viewport=PHONE, locale="fr-FR", java_script_enabled=script, **options)  # type: ignore[arg-type]
    yield context, Driver(context.new_page(), demo, f"zoe-{uuid4().hex[:8]}@example.org")
    context.close()


@pytest.fixture
def driver(browser: Browser, demo: Demo) -> Iterator[Driver]:
    with telephone(browser, demo) as (context, driver):
        devtools = context.new_cdp_session(driver.page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        yield driver


def refused_by_policy(page: Page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if "Content Security Policy" in message.text else None)
    return said


def test_a_passkey_is_added_guards_the_account_and_opens_it_alone(driver: Driver) -> None:
    page, refused = driver.page, refused_by_policy(driver.page)
    driver.open_account()
    page.get_by_role("link", name="Ajouter une clé d’accès").click()
    driver.prove()
    page.get_by_label("Nom de cette clé").fill("Mon téléphone")
    page.get_by_role("button", name="Ajouter cet appareil").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    codes = page.locator(".recovery-codes code").all_inner_texts()
    assert len(codes) == 10
    with page.expect_download() as download:
        page.get_by_role("button", name="Enregistrer le fichier").click()
    assert download.value.suggested_filename == "codes-de-secours.txt"
    page.get_by_role("link", name="C’est fait").click()
    expect(page.get_by_role("main")).to_contain_text("Mon téléphone")

    driver.sign_out()
    page.get_by_role("link", name="J’ai déjà un compte et un mot de passe").click()
    page.get_by_label("Adresse électronique").fill(driver.email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Une étape de plus")
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TO_LINK)

    driver.sign_out()
    page.goto(f"{driver.demo.url}/connexion/mot-de-passe/")
    page.get_by_role("button", name="Entrer par ma clé d’accès").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TO_LINK)

    page.goto(f"{driver.demo.url}/compte/")
    page.get_by_role("link", name="Changer d’adresse").click()
    page.get_by_role("link", name="Utiliser ma clé d’accès").click()
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Changer d’adresse électronique")
    assert refused == []


def test_a_lost_passkey_is_replaced_by_a_recovery_code(driver: Driver, browser: Browser) -> None:
    driver.open_account()
    driver.page.get_by_role("link", name="Ajouter une clé d’accès").click()
    driver.prove()
    driver.page.get_by_role("button", name="Ajouter cet appareil").click()
    expect(driver.page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    codes = driver.page.locator(".recovery-codes code").all_inner_texts()
    with telephone(browser, driver.demo, script=False) as (_, newcomer):
        page = newcomer.page
        page.goto(f"{driver.demo.url}/connexion/mot-de-passe/")
        page.get_by_label("Adresse électronique").fill(driver.email)
        page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Se connecter", exact=True).click()
        expect(page.get_by_role("main")).to_contain_text("Pour utiliser une clé d’accès, votre navigateur doit être récent")
        page.get_by_label("Code", exact=True).fill(codes[0])
        page.get_by_role("button", name="Entrer").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(TO_LINK)


def test_an_authenticator_that_gives_nothing_is_said(browser: Browser, demo: Demo) -> None:
    with telephone(browser, demo) as (context, driver):
        devtools = context.new_cdp_session(driver.page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR | {"isUserVerified": False}})
        driver.open_account()
        driver.page.get_by_role("link", name="Ajouter une clé d’accès").click()
        driver.prove()
        driver.page.get_by_role("button", name="Ajouter cet appareil").click()
        expect(driver.page.get_by_text("Votre appareil n’a pas donné de clé")).to_be_visible()


Look = Callable[[str], None]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violation_in_the_account(browser: Browser, demo: Demo, scheme: str) -> None:
    """The checker (axe) needs a page that lets it in."""
    with telephone(browser, demo, color_scheme=scheme, bypass_csp=True) as (_, driver):
        page = driver.page

        def look(what: str) -> None:
            results = Axe().run(page)
            assert results.violations_count == 0, f"{what} ({scheme}):\n{results.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], what

        walk(driver, look)


def walk(driver: Driver, look: Look) -> None:
    """Every page of the account, in the order a person meets them."""
    page, url = driver.page, driver.demo.url
    for path in ("/connexion/", "/connexion/mot-de-passe/", "/compte/ouvrir/", "/compte/mot-de-passe/oublie/"):
        page.goto(url + path)
        look(path.strip("/").replace("/", "-"))
    page.goto(f"{url}/compte/ouvrir/")
    page.get_by_role("button", name="Ouvrir mon compte").click()
    look("compte-ouvrir-refus")
    driver.open_account()
    look("compte-nu")
    for path in ("/compte/mot-de-passe/", "/compte/adresse/"):
        page.goto(url + path)
        look(path.strip("/").replace("/", "-"))
    driver.prove()
    look("compte-adresse-prouve")
    for path in ("/compte/protection/cle-d-acces/", "/compte/protection/application/"):
        page.goto(url + path)
        look(path.strip("/").replace("/", "-"))
    secret = page.locator(".key").inner_text().replace(" ", "")
    page.get_by_label("Les six chiffres affichés").fill(six_digits(secret))
    page.get_by_role("button", name="Ajouter cette application").click()
    look("codes")
    page.goto(f"{url}/compte/protection/codes/")
    look("codes-deja-vus")
    for path in ("/compte/protection/codes/renouveler/", "/compte/protection/application/retirer/", "/compte/confirmer/code/"):
        page.goto(url + path)
        look(path.strip("/").replace("/", "-"))
    page.goto(f"{url}/compte/")
    look("compte-protege")


def six_digits(secret: str) -> str:
    """RFC 6238, by the standard library alone."""
    import base64
    import hashlib
    import hmac

    counter = int(time.time() // 30).to_bytes(8, "big")
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(int.from_bytes(digest[offset : offset + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"
