"""The stage of a journey: the demonstration as a person starts it, and a phone's browser without JavaScript."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.stage import Demo, running_demo

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    if CHROMIUM is None:
        pytest.fail("Chromium not found: `make test` installs it; or name it in CHROMIUM")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {"executable_path": CHROMIUM, "headless": True, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"viewport": PHONE, "java_script_enabled": False, "locale": "fr-FR", "accept_downloads": True}


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    with running_demo() as started:
        yield started


@pytest.fixture
def sign_in(page: Page, demo: Demo) -> Callable[[str], Page]:
    """From the home page to the balance, as the person whose name is given."""

    def walk(name: str) -> Page:
        page.goto(demo.url)
        page.get_by_role("main").get_by_role("link", name="Se connecter").or_(
            page.get_by_role("main").get_by_role("button", name="S’identifier avec FranceConnect")
        ).first.click()
        if "/connexion/" in page.url:
            page.get_by_role("button", name="S’identifier avec FranceConnect").click()
        page.get_by_role("button", name=name).first.click()
        return page

    return walk
