"""What the operator does about the rows that wait, from the pages."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.db import connection
from django.test import Client

from mespoints.feed.quarantine_rows import QuarantinedRow, QuarantineState, quarantined, row
from mespoints.identity.roles import Role
from tests.desk import forms
from tests.desk.conftest import AtDesk
from tests.desk.forms import read
from tests.feed.samples import enter, holder, licence, offence

pytestmark = pytest.mark.django_db

LIST = "/exploitation/quarantaine/"
RIGHT = msgspec.json.encode(offence()).decode()


@pytest.fixture
def client(at_desk: AtDesk) -> Client:
    browser = at_desk(Role.OPERATOR)
    browser.handler.enforce_csrf_checks = True
    return browser


@pytest.fixture
def bad(tmp_path: Path) -> QuarantinedRow:
    enter(tmp_path, [holder(), licence(), offence(points="X")])
    [waiting] = quarantined(1)
    return waiting


def post(client: Client, path: str, **fields: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute("select min(id) from feed_quarantine")
        [first] = cursor.fetchone()
    return forms.post(client, path, form_on=f"{LIST}{first}/", **fields)


def decided(number: int) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute("select state, decided_by, decided_at is not null from feed_quarantine where id = %s", [number])
        return tuple(cursor.fetchone())


def test_a_row_is_shown_with_what_is_wrong_and_what_to_do(client: Client, bad: QuarantinedRow) -> None:
    assert f'href="{LIST}{bad.id}/"' in read(client.get(LIST))
    page = read(client.get(f"{LIST}{bad.id}/"))
    for word in ("Fichier n° 1, ligne 3", "wrong_type", "points", "docs/feed.md", "&quot;fact_id&quot;: &quot;O1&quot;"):
        assert word in page


def test_what_is_no_json_is_shown_as_it_came(client: Client, tmp_path: Path) -> None:
    enter(tmp_path, [b'{"row":"course","row":"course"}', b"caf\xe9 {"])
    twice, unreadable = quarantined(1)
    assert read(client.get(f"{LIST}{twice.id}/")).count("&quot;row&quot;: &quot;course&quot;") == 4
    assert r"caf\xe9 {" in read(client.get(f"{LIST}{unreadable.id}/"))


def test_a_correction_is_kept_then_replayed_and_the_figures_are_said(client: Client, bad: QuarantinedRow) -> None:
    laid_out = msgspec.json.format(RIGHT.encode(), indent=2).decode().replace("\n", "\r\n")
    answer = post(client, f"{LIST}{bad.id}/correction/", ligne=laid_out)
    assert (answer.status_code, answer.headers["Location"]) == (302, LIST)
    assert decided(bad.id) == ("corrected", client.session["agent"]["account_id"], True)
    listed = read(client.get(LIST))
    assert "La ligne 3 du fichier n° 1 est corrigée" in listed
    assert "1 ligne corrigée attend d’entrer" in listed
    assert "est corrigée" not in read(client.get(LIST))
    assert "Corrigée, pas encore entrée" in read(client.get(f"{LIST}{bad.id}/"))

    assert post(client, f"{LIST}rejeu/").status_code == 302
    assert "1 ligne relue : 1 entrée." in read(client.get(LIST))
    assert "Elle est entrée depuis" in read(client.get(f"{LIST}{bad.id}/"))
    assert post(client, f"{LIST}rejeu/").status_code == 302
    assert "Aucune ligne corrigée n’attendait" in read(client.get(LIST))


def test_a_correction_that_does_not_read_comes_back_with_its_text(client: Client, bad: QuarantinedRow) -> None:
    typed = msgspec.json.encode(offence(points=99)).decode()
    answer = post(client, f"{LIST}{bad.id}/correction/", ligne=typed)
    page = read(answer)
    assert answer.status_code == 422
    assert "Champ « points » : trouvé « 99 »" in page
    assert 'aria-invalid="true" aria-describedby="erreur-ligne aide-ligne"' in page
    assert "&quot;points&quot;:99" in page
    assert decided(bad.id) == ("waiting", None, False)
    for nothing in ("", "\x00", "[]"):
        assert post(client, f"{LIST}{bad.id}/correction/", ligne=nothing).status_code == 422


def test_what_is_refused_again_says_so(client: Client, bad: QuarantinedRow) -> None:
    typed = msgspec.json.encode(offence(simultaneous_with="O9")).decode()
    post(client, f"{LIST}{bad.id}/correction/", ligne=typed)
    post(client, f"{LIST}rejeu/")
    assert "1 ligne relue : 0 entrée, 1 refusée de nouveau" in read(client.get(LIST))
    page = read(client.get(f"{LIST}{bad.id}/"))
    assert "dangling_reference" in page
    assert "&quot;O9&quot;" in page


def test_a_row_is_put_away_with_its_reason(client: Client, bad: QuarantinedRow) -> None:
    refused = post(client, f"{LIST}{bad.id}/ecart/", raison=" \x00 ")
    assert refused.status_code == 422
    assert "Dites en quelques mots pourquoi" in read(refused)
    assert post(client, f"{LIST}{bad.id}/ecart/", raison="x" * 501).status_code == 422
    assert post(client, f"{LIST}{bad.id}/ecart/", raison="Dossier\x07 d’essai.").status_code == 302
    assert decided(bad.id) == ("dismissed", client.session["agent"]["account_id"], True)
    kept = row(bad.id)
    assert kept is not None
    assert kept.reason == "Dossier d’essai."
    page = read(client.get(f"{LIST}{bad.id}/"))
    assert "Raison donnée : Dossier d’essai." in page
    assert "<form" not in page.partition("<main")[2]


def test_what_is_settled_is_not_settled_twice(client: Client, bad: QuarantinedRow) -> None:
    post(client, f"{LIST}{bad.id}/ecart/", raison="Une fois.")
    client.get(LIST)
    for path, fields in (("ecart", {"raison": "Deux fois."}), ("correction", {"ligne": RIGHT})):
        answer = client.post(f"{LIST}{bad.id}/{path}/", {"csrfmiddlewaretoken": client.cookies["form"].value, **fields})
        assert answer.status_code == 409
        assert "déjà réglé" in read(answer)
    kept = row(bad.id)
    assert kept is not None
    assert (kept.state, kept.reason) == (QuarantineState.DISMISSED, "Une fois.")


@pytest.mark.parametrize("number", ["999999", "9" * 30])
@pytest.mark.parametrize("path", ["", "correction/", "ecart/"])
def test_a_row_that_is_not_there_gives_a_page(client: Client, bad: QuarantinedRow, number: str, path: str) -> None:
    address = f"{LIST}{number}/{path}"
    answer = post(client, address, raison="x", ligne="{}") if path else client.get(address)
    assert answer.status_code == 404
    assert "Aucune ligne ne porte ce numéro" in read(answer)


def test_a_file_of_bad_rows_is_put_away_at_once_after_saying_how_many(client: Client, tmp_path: Path) -> None:
    enter(tmp_path, [holder(), licence(), *(offence(fact_id=f"O{n}", points="X") for n in range(130)), b"?"])
    path = f"{LIST}fichier/1/wrong_type/"
    assert f'href="{path}"' in read(client.get(LIST))
    assert "130 lignes attendent pour ce motif dans le fichier n° 1" in read(client.get(path))
    assert post(client, path, raison=" ").status_code == 422
    assert post(client, path, raison="La source renverra tout.").status_code == 302
    assert "130 lignes sont écartées" in read(client.get(LIST))
    assert [each.state.value for each in quarantined(1)] == ["dismissed"] * 130 + ["waiting"]
    assert client.get(path).status_code == 409
    for elsewhere in (f"{LIST}fichier/1/no_such_code/", f"{LIST}fichier/{'9' * 30}/json/"):
        assert client.get(elsewhere).status_code == 404


@pytest.mark.parametrize("path", ["rejeu/", "1/correction/", "1/ecart/", "fichier/1/json/"])
def test_an_act_needs_its_form_and_its_role(client: Client, path: str) -> None:
    assert client.post(LIST + path).status_code == 403
    assert Client().post(LIST + path).headers["Location"].partition("?")[0] == "/exploitation/connexion/"


def test_the_desk_settles_rows_without_the_right_to_enter_them(client: Client, bad: QuarantinedRow) -> None:
    from mespoints.operations.database_roles import grant_roles

    grant_roles()
    post(client, f"{LIST}{bad.id}/correction/", ligne=RIGHT)
    with connection.cursor() as cursor:
        cursor.execute("set local role mespoints_desk")
        assert client.get(f"{LIST}{bad.id}/").status_code == 200
        assert post(client, f"{LIST}rejeu/").status_code == 302
        assert "elles entreront cette nuit" in read(client.get(LIST))
        assert post(client, f"{LIST}{bad.id}/ecart/", raison="Non.").status_code == 302
        cursor.execute("set local role none")
    assert decided(bad.id)[0] == "dismissed"
