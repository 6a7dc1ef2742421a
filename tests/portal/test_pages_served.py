"""The pages as they leave the server: on real rows of the register, with the headers and within the limits promised."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mespoints.access_log.models import AccessTrace
from mespoints.documents.seal import SealFiles, generate_demo_seal
from mespoints.identity.models import Account, Link
from mespoints.identity.sessions import BACKEND
from mespoints.portal.pages.frame import Place
from mespoints.register.incidents import close_incident, declare_incident
from mespoints.register.licence_state import LicenceState
from mespoints.register.models import Holder, StatedLicenceState
from mespoints.register.sources import Source
from tests.feed.samples import FILE_NUMBER, NOW, Fields, enter, holder, licence, offence, unestablished
from tests.identity.signing_in import signed_in_by_franceconnect

SINCE = datetime(2026, 11, 1, tzinfo=UTC)
SignIn = Callable[..., Client]

PERSONAL = ("/solde/", "/historique/", "/previsions/", "/documents/")
PUBLIC = ("/", "/aide/", "/etat-des-donnees/", "/verifier/", "/connexion/", "/articles/L223-6-al-3/", "/articles/L223-7/")
ROWS = (licence(), offence(label="Téléphone tenu en main"), unestablished(fact_id="O2", committed_on="2026-10-14"))
SPACE_BEFORE_A_DOUBLE_SIGN = re.compile(r"\w [:;!?»]|« ")


class Text(HTMLParser):
    """What is read: the text of the page, and the names of its elements and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.ids: list[str | None] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def account(db: None) -> Account:
    return Account.objects.open_without_password(email=None, now=SINCE)


@pytest.fixture
def visitor(db: None) -> Client:
    """With the forms' protection on, as in production."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def driver(account: Account, visitor: Client, tmp_path: Path) -> SignIn:
    """Enters these rows by the feed, links the account to their holder, opens the session."""

    def sign_in(*rows: Fields) -> Client:
        enter(tmp_path, [holder(), *rows])
        person = Holder.objects.get(file_number=FILE_NUMBER)
        Link.objects.create(account=account, provider="franceconnect", subject="subject of tests", holder=person, since=SINCE)
        visitor.force_login(account, backend=BACKEND)
        signed_in_by_franceconnect(visitor)
        return visitor

    return sign_in


@pytest.mark.parametrize("path", PERSONAL)
def test_a_stranger_is_led_to_the_door(visitor: Client, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].partition("?")[0] == "/connexion/"


@pytest.mark.parametrize("path", PERSONAL)
def test_an_account_without_a_record_is_told_so(visitor: Client, account: Account, path: str) -> None:
    visitor.force_login(account, backend=BACKEND)
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert "aucun dossier" in answer.content.decode()


@pytest.mark.parametrize("path", [*PERSONAL, *PUBLIC])
def test_a_page_is_small_whole_and_needs_no_script(driver: SignIn, path: str) -> None:
    answer = driver(*ROWS).get(path)
    assert answer.status_code == 200
    assert len(answer.content) <= 30_000
    page = Text(answer.content.decode())
    assert not {"script", "style", "iframe", "object"} & set(page.tags)
    assert not [name for name in page.attributes if name == "style" or name.startswith("on")]
    assert len(page.ids) == len(set(page.ids))
    assert page.tags.count("h1") == page.tags.count("main") == 1
    assert not SPACE_BEFORE_A_DOUBLE_SIGN.search(page.text), SPACE_BEFORE_A_DOUBLE_SIGN.findall(page.text)


@pytest.mark.parametrize("path", PERSONAL)
def test_a_personal_page_is_kept_by_nobody(driver: SignIn, path: str) -> None:
    assert "no-store" in driver(*ROWS).get(path).headers["Cache-Control"]


def test_the_balance_takes_two_statements_beside_session_and_account(driver: SignIn) -> None:
    client = driver(*ROWS)
    with CaptureQueriesContext(connection) as captured:
        client.get("/solde/")
    said = [query["sql"] for query in captured.captured_queries]
    beside = [sql for sql in said if "django_session" not in sql and "identity_account" not in sql]
    assert len(said) == 4, said
    assert len(beside) == 2, beside


@pytest.mark.parametrize(
    ("path", "at_most"),
    [
        *((path, 4) for path in ("/historique/", "/previsions/", "/documents/", "/documents/releve-partiel/")),
        *((path, 4) for path in ("/compte/", "/connexion/", "/aide/")),
    ],
)
def test_no_page_asks_the_database_for_much(driver: SignIn, path: str, at_most: int) -> None:
    """Session and account included."""
    client = driver(*ROWS)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    assert len(captured.captured_queries) <= at_most, captured.captured_queries


@pytest.mark.parametrize(
    "path", ["/connexion/?vers=historique", "/connexion/numero-de-dossier/", "/compte/ouvrir/", "/acces-bloque/"]
)
def test_the_doors_ask_the_database_for_nothing(visitor: Client, path: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert visitor.get(path).status_code == 200
    assert captured.captured_queries == []


def test_an_incident_is_said_where_the_balance_is_within_the_same_statements(driver: SignIn) -> None:
    client = driver(*ROWS)
    day = date(2026, 11, 20)
    number = declare_incident(
        first_day=day, last_day=None, sentence="Les jugements manquent !", by=0, since=NOW, source=Source.COURTS
    )
    with CaptureQueriesContext(connection) as captured:
        html = client.get("/solde/").content.decode()
    assert len(captured.captured_queries) == 4
    for path in ("/", "/etat-des-donnees/"):
        html += client.get(path).content.decode()
    assert html.count("Les jugements manquent") == 4
    assert "Tribunaux, depuis le 20" in html
    close_incident(number, last_day=day, by=0, at=timezone.now())
    for path in ("/solde/", "/", "/etat-des-donnees/"):
        assert "Les jugements manquent" not in client.get(path).content.decode()


@pytest.mark.usefixtures("db")
def test_public_pages_about_the_data_take_one_statement(visitor: Client, django_assert_num_queries: Any) -> None:
    for path in ("/", "/etat-des-donnees/"):
        with django_assert_num_queries(1):
            visitor.get(path)


def test_looking_leaves_a_trace(driver: SignIn) -> None:
    driver(*ROWS).get("/solde/")
    assert list(AccessTrace.objects.values_list("role", "reason")) == [("holder", "mon solde")]


def test_a_driver_sees_his_points(driver: SignIn) -> None:
    html = driver(*ROWS).get("/solde/").content.decode()
    assert "Téléphone tenu en main" in html
    assert "Données fictives" in html
    assert "Vous êtes bien sur votre dossier" in html


def test_a_learner_is_told_that_his_file_was_found(driver: SignIn) -> None:
    html = driver().get("/solde/").content.decode()
    assert "Dossier trouvé" in html
    assert "Télécharger" not in html


def test_the_menu_says_where_one_is(driver: SignIn) -> None:
    html = driver(*ROWS).get("/historique/").content.decode()
    assert re.findall(r'href="([^"]+)" aria-current="page"', html) == ["/historique/"]


@pytest.fixture
def seal(tmp_path: Path) -> SealFiles:
    return generate_demo_seal(tmp_path / "seal", NOW)


def download(client: Client) -> Any:
    client.get("/documents/")
    return client.post("/documents/releve-integral/", {"csrfmiddlewaretoken": client.cookies["form"].value})


def test_the_statement_is_one_click_away(driver: SignIn, seal: SealFiles, settings: Any) -> None:
    settings.SEAL = seal
    answer = download(driver(*ROWS))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="releve-integral-')
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.content.startswith(b"%PDF-")


def test_without_a_seal_no_paper_is_handed_over(driver: SignIn, settings: Any) -> None:
    settings.SEAL = None
    answer = download(driver(*ROWS))
    assert answer.status_code == 503
    assert "ne peut pas être scellé" in answer.content.decode()


def test_the_statement_needs_its_button(driver: SignIn) -> None:
    client = driver(*ROWS)
    assert client.get("/documents/releve-integral/").status_code == 405
    refused = client.post("/documents/releve-integral/")
    assert refused.status_code == 403
    assert "ouverte depuis trop longtemps" in refused.content.decode()


@pytest.mark.parametrize("path", ["/nulle-part/", "/articles/L999-1/"])
def test_a_page_that_is_not_there_says_what_to_do(visitor: Client, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert "Revenir à l’accueil" in answer.content.decode()


def test_a_failure_is_ours_and_says_so(driver: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    client = driver(*ROWS)
    client.raise_request_exception = False
    monkeypatch.setattr("mespoints.portal.views.balance.balance_page", lambda *_: 1 // 0)
    answer = client.get("/solde/")
    assert answer.status_code == 500
    assert "La panne vient de nous" in answer.content.decode()
    assert "Traceback" not in answer.content.decode()


def test_an_unknown_variable_fails(driver: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    client = driver(*ROWS)
    monkeypatch.setattr("mespoints.portal.views.balance.balance_page", lambda *_: object())
    with pytest.raises(pytest.fail.Exception, match="Undefined template variable"):
        client.get("/solde/")


def test_the_watcher_gets_its_word(visitor: Client) -> None:
    answer = visitor.get("/sante")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_no_address_of_the_menu_is_broken(driver: SignIn) -> None:
    client = driver(*ROWS)
    html = client.get("/solde/").content.decode()
    inside = set(re.findall(r'href="(/[^"#]*)"', html))
    assert len(inside) > len(Place)
    for path in inside:
        if not path.startswith("/static/"):
            assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("path", PERSONAL)
def test_the_record_of_somebody_who_died_is_closed_at_once(driver: SignIn, path: str) -> None:
    """His session was open; a password would still open one."""
    client = driver(*ROWS)
    assert client.get(path).status_code == 200
    person = Holder.objects.get(file_number=FILE_NUMBER)
    StatedLicenceState.objects.create(holder=person, state=LicenceState.DECEASED, since=SINCE.date(), known_from=0)
    answer = client.get(path)
    assert answer.status_code == 403
    text = Text(answer.content.decode()).text
    assert "Ce dossier est fermé" in text
    assert "Accès bloqué" in text
    for paper in ("/documents/attestation/", "/documents/releve-integral/", "/documents/releve-partiel/"):
        asked = client.post(paper, {"csrfmiddlewaretoken": client.cookies["form"].value})
        assert (asked.status_code, "Ce dossier est fermé" in asked.content.decode()) == (403, True), paper
