"""The pages of the desk, as an operator reads them."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mespoints.desk import journal
from mespoints.operations import nightly_chain
from mespoints.operations.progress import Silent
from tests.feed.samples import KEYS, NOW, holder, licence, offence, write

pytestmark = pytest.mark.django_db

PAGES = (
    "/exploitation/",
    "/exploitation/quarantaine/",
    "/exploitation/rapprochement/",
    "/exploitation/incidents/",
)

DOOR = 7
"""Questions of the door itself: the session, its new moment in a transaction, who this is, which roles, which revoked."""


def night(folder: Path, nights_later: int = 0) -> None:
    nightly_chain.run(now=NOW + timedelta(days=nights_later), drop_folder=folder, keys=KEYS, channel=None, progress=Silent())


@pytest.fixture
def a_bad_night(tmp_path: Path) -> int:
    write(tmp_path, [holder(), licence(), offence(points="X")], sequence=1)
    write(tmp_path, [offence()], sequence=2, sha256="0" * 64)
    night(tmp_path)
    return journal.latest(1)[0].number


def test_the_first_page_says_how_fresh_and_what_happened(client: Client, a_bad_night: int) -> None:
    page = client.get("/exploitation/").content.decode()
    told = page.replace("\N{NO-BREAK SPACE}", " ")
    for word in ("À regarder", "1 fichier refusé", "1 ligne attend", f"/exploitation/nuits/{a_bad_night}/"):
        assert word in told


def test_a_report_says_what_happened_to_each_file(client: Client, a_bad_night: int) -> None:
    page = client.get(f"/exploitation/nuits/{a_bad_night}/").content.decode()
    for word in ("N° 1, données du", "N° 2, données du", "refusé", "empreinte", "MESPOINTS_SMTP_URL", "Recalculer"):
        assert word in page


@pytest.mark.usefixtures("a_bad_night")
def test_each_row_in_quarantine_says_what_to_do(client: Client) -> None:
    page = client.get("/exploitation/quarantaine/").content.decode()
    assert "points" in page
    assert "wrong_type" in page
    assert "Que faire" in page


def test_a_long_quarantine_is_read_page_by_page(client: Client, tmp_path: Path) -> None:
    write(tmp_path, [offence(fact_id=f"O{rank}", points="X") for rank in range(150)])
    night(tmp_path)
    first = client.get("/exploitation/quarantaine/").content.decode()
    assert first.count('small">wrong_type') == 100
    following = first.partition('href="/exploitation/quarantaine/suite/')[2].partition("/")[0]
    second = client.get(f"/exploitation/quarantaine/suite/{following}/").content.decode()
    assert second.count('small">wrong_type') == 50
    assert "suite" not in second
    assert "Plus de 100" in client.get("/exploitation/").content.decode()


def test_an_empty_desk_says_how_to_begin(client: Client) -> None:
    assert "Le registre est vide" in client.get("/exploitation/").content.decode()
    assert "Aucune ligne n’attend" in client.get("/exploitation/quarantaine/").content.decode()


@pytest.mark.parametrize("number", ["999", "9" * 30])
def test_a_night_that_was_not_is_not_found(client: Client, number: str) -> None:
    assert client.get(f"/exploitation/nuits/{number}/").status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_shown_and_changes_nothing(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200
    assert client.get(path).headers["Cache-Control"].startswith("max-age=0")
    assert client.post(path).status_code == 405


@pytest.mark.usefixtures("a_bad_night")
def test_pages_ask_the_same_few_questions_whatever_they_list(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3 + DOOR):
        client.get("/exploitation/")
    with django_assert_num_queries(2 + DOOR):
        client.get("/exploitation/quarantaine/")
    with django_assert_num_queries(3 + DOOR):
        client.get("/exploitation/rapprochement/")
    with django_assert_num_queries(1 + DOOR):
        client.get("/exploitation/incidents/")
