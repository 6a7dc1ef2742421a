"""``make screenshots``: the pictures of the README, taken from the demonstration in a real Chromium."""

import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.conftest import CHROMIUM
from tests.journeys.stage import CHECKOUT, Demo, running_demo
from tests.journeys.test_by_number import open_account

FOLDER = CHECKOUT / "docs" / "screenshots"
WIDTHS = {"phone": 390, "desk": 1280}
HEIGHT = 900
PICTURES = {
    "Camille": ("/solde/", "/historique/", "/previsions/", "/documents/"),
    "Rachid": ("/solde/",),
    "Lucie": ("/solde/",),
    "Bruno": ("/solde/",),
    "Sofia": ("/solde/",),
    "Marc": ("/solde/",),
    "Hugo": ("/solde/",),
}
DOORS = {"/connexion/": "doors", "/connexion/numero-de-dossier/": "by-number", "/acces-bloque/": "lost-access"}
PAPER_DOTS_PER_INCH = "80"


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_demo() as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for size, width in WIDTHS.items():
            for scheme in ("light", "dark"):
                take_all(browser, demo, size, width, scheme)
            take_doors(browser, demo, size, width)
        browser.close()


def take_doors(browser: Browser, demo: Demo, size: str, width: int) -> None:
    """Every way in, in the light only: what one sees before, and an account of one's own."""
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, java_script_enabled=False)
    page = context.new_page()
    for path, name in DOORS.items():
        shot(page, demo, path, f"{name}-{size}-light", whole=path != "/acces-bloque/")
    open_account(page, demo, f"{size}@exemple.invalid")
    shot(page, demo, "/mon-dossier/relier/", f"claim-{size}-light")
    shot(page, demo, "/compte/", f"account-{size}-light")
    context.close()
    context = browser.new_context(viewport={"width": width, "height": HEIGHT}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{demo.url}/exploitation/")
    page.get_by_role("button", name="S’identifier avec ProConnect").click()
    page.get_by_role("button", name="Solène Vigie").first.click()
    shot(page, demo, "/exploitation/acces/", f"desk-access-{size}-light", whole=False)
    context.close()


def take_all(browser: Browser, demo: Demo, size: str, width: int, scheme: str) -> None:
    for name, paths in PICTURES.items():
        if scheme == "dark" and name != "Camille":
            continue
        context = browser.new_context(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme, java_script_enabled=False)  # type: ignore[arg-type]
        page = context.new_page()
        suffix = f"{size}-{scheme}"
        if name == "Camille":
            shot(page, demo, "/", f"home-{suffix}")
        sign_in(page, demo, name)
        for path in paths:
            shot(page, demo, path, f"{name.lower()}-{path.strip('/')}-{suffix}")
        if (name, suffix) == ("Camille", "desk-light"):
            take_paper(page, demo)
        context.close()
    print(f"{size}, {scheme}: done")


def sign_in(page: Page, demo: Demo, name: str) -> None:
    page.goto(f"{demo.url}/connexion/")
    page.get_by_role("button", name="S’identifier avec FranceConnect").click()
    page.get_by_role("button", name=name).first.click()


def shot(page: Page, demo: Demo, path: str, name: str, *, whole: bool = True) -> None:
    """``whole=False``: what one sees first; for the pages that are long."""
    page.goto(demo.url + path)
    page.screenshot(path=FOLDER / f"{name}.png", full_page=whole)


def take_paper(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.url}/solde/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger mon relevé").click()
    paper = Path(download.value.path())
    pdftoppm = shutil.which("pdftoppm") or "pdftoppm"
    command = [pdftoppm, "-r", PAPER_DOTS_PER_INCH, "-png", "-singlefile", str(paper), str(FOLDER / "full-statement")]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
