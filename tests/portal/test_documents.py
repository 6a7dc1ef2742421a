"""Which paper for whom, the papers as they are handed over, the period form, and what to do when one was refused."""

import re
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mespoints.access_log.models import AccessTrace
from mespoints.config.environment import VisibleCodeKey
from mespoints.documents.models import IssuedDocument
from mespoints.documents.seal import generate_demo_seal
from mespoints.documents.visible_code.signature import TEST_AUTHORITY, TEST_CERTIFICATE, generate_test_key
from mespoints.portal.pages.papers import ATTESTATION, AUDIENCES, FULL_STATEMENT, true_state
from mespoints.portal.pages.period import Period, proposed, read_day, read_period
from mespoints.portal.pages.refusals import REFUSALS
from mespoints.register.licence_state import LicenceState
from tests.feed.samples import NOW
from tests.portal.test_pages_served import (
    ROWS,
    SPACE_BEFORE_A_DOUBLE_SIGN,
    SignIn,
    Text,
    account,
    driver,
    visitor,
)

__all__ = ["account", "driver", "visitor"]

TODAY = date(2026, 11, 25)
PAGES = (
    *(f"/documents/pour/{slug}/" for slug in AUDIENCES),
    *(f"/documents/refuse/{slug}/" for slug in REFUSALS),
    "/documents/",
    "/documents/refuse/",
    "/documents/releve-partiel/",
)


@pytest.fixture
def means(tmp_path: Path, settings: Any) -> None:
    """A seal and a key of tests, as in the demonstration."""
    settings.SEAL = generate_demo_seal(tmp_path / "seal", NOW)
    key = generate_test_key(tmp_path / "seal" / "code.pem")
    settings.VISIBLE_CODE = VisibleCodeKey(key=key, authority=TEST_AUTHORITY, certificate=TEST_CERTIFICATE)


def post(client: Client, path: str, **answers: str) -> Any:
    client.get("/documents/")
    return client.post(path, {"csrfmiddlewaretoken": client.cookies["form"].value, **answers})


def text_of(pdf: bytes) -> str:
    said = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True)  # noqa: S607
    return re.sub(r"\s+", " ", said.stdout.decode())


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_whole_small_and_leads_nowhere_wrong(driver: SignIn, path: str) -> None:
    client = driver(*ROWS)
    answer = client.get(path)
    assert answer.status_code == 200
    assert len(answer.content) <= 30_000
    assert "no-store" in answer.headers["Cache-Control"]
    html = answer.content.decode()
    page = Text(html)
    assert page.tags.count("h1") == 1
    assert len(page.ids) == len(set(page.ids))
    assert not SPACE_BEFORE_A_DOUBLE_SIGN.search(page.text), SPACE_BEFORE_A_DOUBLE_SIGN.findall(page.text)
    for inside in set(re.findall(r'href="(/[^"#]*)"', html)):
        if not inside.startswith("/static/"):
            assert client.get(inside).status_code == 200, inside


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_led_to_the_door(visitor: Client, path: str) -> None:
    answer = visitor.get(path)
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/connexion/")


@pytest.mark.parametrize("path", ["/documents/pour/personne/", "/documents/refuse/rien/"])
def test_an_answer_that_was_not_offered_is_not_found(driver: SignIn, path: str) -> None:
    assert driver(*ROWS).get(path).status_code == 404


@pytest.mark.parametrize("slug", sorted(set(AUDIENCES) - {"autorite", "moi"}))
def test_whoever_may_not_know_the_points_is_never_offered_them(driver: SignIn, slug: str) -> None:
    html = driver(*ROWS).get(f"/documents/pour/{slug}/").content.decode()
    assert "/documents/attestation/" in html
    assert "/documents/releve" not in html
    assert re.search(r"/articles/(L223-7|L225-5|R225-6)/", html)


def test_authorities_and_the_holder_get_the_statements(driver: SignIn) -> None:
    client = driver(*ROWS)
    for_authority = client.get("/documents/pour/autorite/").content.decode()
    assert "/documents/releve-integral/" in for_authority
    assert "Ce papier porte vos points" in for_authority
    for_me = client.get("/documents/pour/moi/").content.decode()
    assert "/documents/releve-integral/" in for_me
    assert "/documents/releve-partiel/" in for_me


def test_choosing_and_downloading_leave_their_traces(driver: SignIn, means: None) -> None:
    client = driver(*ROWS)
    client.get("/documents/pour/employeur/")
    post(client, "/documents/attestation/")
    assert list(AccessTrace.objects.order_by("id").values_list("reason", flat=True)) == [
        "choisir un document",
        "choisir un document",
        "mon attestation de droits à conduire",
    ]


def test_the_attestation_is_handed_over_without_a_point(driver: SignIn, means: None) -> None:
    answer = post(driver(*ROWS), "/documents/attestation/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="attestation-droits-a-conduire-')
    text = text_of(answer.content)
    assert "Permis valide" in text
    assert "2D-DOC" in text
    assert not re.search(r"\d+ points?|Téléphone|solde", text)
    issued = IssuedDocument.objects.get()
    assert (issued.kind, issued.first_on, issued.expires_on is not None) == ("entitlement_attestation", None, True)
    assert f"testserver/verifier/{issued.reference}/" in text


def test_without_a_key_the_paper_has_its_qr_alone(driver: SignIn, means: None, settings: Any) -> None:
    settings.VISIBLE_CODE = None
    text = text_of(post(driver(*ROWS), "/documents/attestation/").content)
    assert "2D-DOC" not in text
    assert "Le QR ouvre la page" in text


def test_a_key_that_cannot_sign_hands_over_nothing(
    driver: SignIn, means: None, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.VISIBLE_CODE = replace(settings.VISIBLE_CODE, key=Path("/nowhere/key.pem"))
    answer = post(driver(*ROWS), "/documents/attestation/")
    assert answer.status_code == 503
    assert "ne peut pas être scellé" in answer.content.decode()
    assert not IssuedDocument.objects.exists()


def test_the_period_statement_is_handed_over(driver: SignIn, means: None) -> None:
    answer = post(driver(*ROWS), "/documents/releve-partiel/", du="2025-07-01", au="31/12/2025")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="releve-partiel-')
    text = text_of(answer.content)
    assert "Du 1er juillet 2025 au 31 décembre 2025" in text
    assert "Téléphone tenu en main" in text
    issued = IssuedDocument.objects.get()
    assert (issued.kind, issued.first_on, issued.last_on) == ("period_statement", date(2025, 7, 1), date(2025, 12, 31))


def test_a_faulty_day_is_said_at_its_field_and_nothing_is_lost(driver: SignIn, means: None) -> None:
    answer = post(driver(*ROWS), "/documents/releve-partiel/", du="2025-07-01", au="2025-02-30")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'value="2025-07-01"' in html
    assert re.search(r'id="au"[^>]* aria-invalid="true" aria-describedby="au-erreur"', html)
    assert not re.search(r'id="du"[^>]* aria-invalid', html)
    assert "n’est pas un jour du calendrier" in html
    assert not IssuedDocument.objects.exists()


def test_a_learner_is_told_what_the_papers_will_say(driver: SignIn, means: None) -> None:
    client = driver()
    assert "Vous n’avez pas encore de permis" in client.get("/documents/pour/employeur/").content.decode()
    assert "Aucun droit de conduire" in text_of(post(client, "/documents/attestation/").content)


@pytest.mark.parametrize("state", list(LicenceState))
def test_a_licence_that_is_not_plainly_valid_is_said_before_the_download(state: LicenceState) -> None:
    said = true_state(state)
    valid = {LicenceState.VALID, LicenceState.EXCHANGED_VALID, LicenceState.OVERSEAS_VALID, LicenceState.EU_VALID}
    assert (said is None) is (state in valid)


@pytest.mark.parametrize(
    ("du", "au", "at", "said"),
    [
        ("", "2026-01-01", 0, "Il manque ce jour"),
        ("2026-01-01", "", 1, "Il manque ce jour"),
        ("hier", "2026-01-01", 0, "« hier » n’est pas un jour du calendrier"),
        ("29/02/2025", "2026-01-01", 0, "n’est pas un jour du calendrier"),
        ("2026-01-01", "2026-11-26", 1, "26 novembre 2026 n’est pas encore passé"),
        ("1992-11-30", "2026-01-01", 0, "Les points existent depuis le 1er décembre 1992"),
        ("0001-01-01", "2026-01-01", 0, "Les points existent"),
        ("2026-02-01", "2026-01-31", 1, "Ce jour vient avant le premier, le 1er février 2026"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(du: str, au: str, at: int, said: str) -> None:
    fields = read_period({"du": du, "au": au}, TODAY)
    assert not isinstance(fields, Period)
    assert said in fields[at].problem.replace("\N{NO-BREAK SPACE}", " ")
    assert fields[1 - at].problem == ""


@pytest.mark.parametrize(
    ("du", "au"),
    [("1992-12-01", "2026-11-25"), ("2026-11-25", "2026-11-25"), ("01/02/2026", "1.3.2026"), (" 2026-02-01 ", "1 3 2026")],
)
def test_days_are_read_as_browsers_and_people_write_them(du: str, au: str) -> None:
    asked = read_period({"du": du, "au": au}, TODAY)
    assert isinstance(asked, Period)
    assert (asked.first_on, asked.last_on) == (read_day(du), read_day(au))


def test_two_wrong_days_are_both_said() -> None:
    fields = read_period({}, TODAY)
    assert not isinstance(fields, Period)
    assert all(field.problem for field in fields)


@pytest.mark.parametrize("given", [{}, {"du": "x", "au": "2026-01-01"}])
def test_the_last_twelve_months_are_proposed(given: dict[str, str]) -> None:
    assert [field.value for field in proposed(given, TODAY)] == ["2025-11-26", "2026-11-25"]


def test_a_ready_made_period_fills_the_form() -> None:
    given = {"du": "2025-01-01", "au": "2025-12-31"}
    assert [field.value for field in proposed(given, TODAY)] == ["2025-01-01", "2025-12-31"]


def test_each_refusal_leads_to_a_paper_or_to_the_chooser_and_never_gives_the_points_away() -> None:
    for met in REFUSALS.values():
        assert met.papers or met.leads_to_chooser, met.slug
        assert met.steps
    assert REFUSALS["points-exiges"].papers == (ATTESTATION,)
    assert FULL_STATEMENT in REFUSALS["perime"].papers


def test_every_refusal_ends_with_a_human(driver: SignIn) -> None:
    client = driver(*ROWS)
    for slug in REFUSALS:
        assert "parler à quelqu’un" in client.get(f"/documents/refuse/{slug}/").content.decode()
