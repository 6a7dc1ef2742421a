"""The papers already issued, on their page: taken again, withdrawn, and seen so by whoever checks them."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mespoints.access_log.models import AccessTrace
from mespoints.documents.copies import generate_copy_keys
from mespoints.documents.models import DocumentCopy, IssuedDocument
from mespoints.documents.seal import generate_demo_seal
from mespoints.documents.visible_code.signature import generate_test_key
from tests.feed.samples import NOW
from tests.identity.signing_in import signed_in_by_password
from tests.portal.test_documents import post
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

LIST = "/documents/delivres/"


@pytest.fixture(autouse=True)
def means(tmp_path: Path, settings: Any) -> None:
    settings.SEAL = generate_demo_seal(tmp_path / "seal", NOW)
    settings.PAPER_KEYS = generate_copy_keys(tmp_path / "keys.txt")
    settings.STATUS_KEY = generate_test_key(tmp_path / "status.pem")


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", Text(answer.content.decode()).text.replace("\N{NO-BREAK SPACE}", " "))


def reference() -> str:
    return str(IssuedDocument.objects.latest("id").reference)


def test_before_any_paper_the_page_says_so(driver: SignIn) -> None:
    said = text(driver(*ROWS).get(LIST))
    assert "Aucun document pour l’instant" in said
    assert "À personne en ce moment" in said


@pytest.mark.parametrize("path", ["/documents/attestation/", "/documents/releve-integral/"])
def test_a_paper_is_listed_and_taken_again_byte_for_byte(driver: SignIn, path: str) -> None:
    client = driver(*ROWS)
    first = post(client, path)
    page = client.get(LIST)
    assert reference() in text(page)
    html = Text(page.content.decode())
    assert len(html.ids) == len(set(html.ids))
    assert not SPACE_BEFORE_A_DOUBLE_SIGN.search(html.text)
    again = post(client, f"{LIST}{reference()}/copie/")
    assert again.content == first.content
    assert again.headers["Content-Disposition"] == first.headers["Content-Disposition"]
    assert "no-store" in again.headers["Cache-Control"]
    assert AccessTrace.objects.filter(reason__startswith="télécharger de nouveau").count() == 1


def test_a_withdrawn_paper_is_said_so_to_whoever_checks_it(driver: SignIn) -> None:
    client = driver(*ROWS)
    post(client, "/documents/attestation/")
    assert "Document retiré" not in text(client.get(f"/verifier/{reference()}/"))
    question = client.get(f"{LIST}{reference()}/retirer/")
    assert "C’est définitif" in text(question)
    answer = post(client, f"{LIST}{reference()}/retirer/")
    assert (answer.status_code, answer.headers["Location"]) == (302, LIST)
    assert "Document retiré" in text(client.get(f"/verifier/{reference()}/"))
    said = text(client.get(LIST))
    assert "Vous l’avez retiré" in said
    assert "Télécharger de nouveau" not in said
    assert not DocumentCopy.objects.exists()
    for path in ("copie", "retirer"):
        assert post(client, f"{LIST}{reference()}/{path}/").headers["Location"] == LIST


def test_a_paper_of_somebody_else_is_not_found(driver: SignIn) -> None:
    client = driver(*ROWS)
    for path in ("copie", "retirer"):
        assert post(client, f"{LIST}K7Q2-M4XD-9TPA/{path}/").status_code == 404


def test_a_paper_with_points_asks_for_one_more_proof_and_an_attestation_does_not(driver: SignIn) -> None:
    client = driver(*ROWS)
    post(client, "/documents/releve-integral/")
    with_points = reference()
    post(client, "/documents/attestation/")
    without = reference()
    signed_in_by_password(client)
    for path in ("copie", "retirer"):
        assert post(client, f"{LIST}{with_points}/{path}/").status_code in {302, 403}
    assert IssuedDocument.objects.get(reference=with_points).state == "current"
    assert post(client, f"{LIST}{without}/copie/").status_code == 200
    assert post(client, f"{LIST}{without}/retirer/").headers["Location"] == LIST
    assert IssuedDocument.objects.get(reference=without).state == "withdrawn"


def test_a_copy_that_does_not_open_is_ours_to_mend(driver: SignIn, tmp_path: Path, settings: Any) -> None:
    client = driver(*ROWS)
    post(client, "/documents/attestation/")
    settings.PAPER_KEYS = generate_copy_keys(tmp_path / "other.txt")
    assert post(client, f"{LIST}{reference()}/copie/").status_code == 503


def test_without_keys_the_page_says_that_no_copy_is_kept(driver: SignIn, settings: Any) -> None:
    settings.PAPER_KEYS = None
    client = driver(*ROWS)
    post(client, "/documents/attestation/")
    assert "Nous n’en gardons pas de copie" in text(client.get(LIST))


def test_the_status_list_is_public_short_lived_and_leaves_no_cookie(visitor: Client) -> None:
    for path, kind in (("/statuts/1", "application/statuslist+jwt"), ("/statuts/cles", "application/json")):
        answer = visitor.get(path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")
    assert '"d"' not in visitor.get("/statuts/cles").content.decode()
    assert visitor.get("/statuts/2").status_code == 404


def test_without_a_key_no_list_is_published(visitor: Client, settings: Any) -> None:
    settings.STATUS_KEY = None
    assert visitor.get("/statuts/1").status_code == visitor.get("/statuts/cles").status_code == 404


@pytest.mark.parametrize(
    ("path", "word"),
    [
        (LIST, "delivres"),
        (f"{LIST}K7Q2-M4XD-9TPA/retirer/", "delivres"),
        ("/documents/partages/", "partages"),
        ("/documents/partages/nouveau/", "nouveau-partage"),
    ],
)
def test_a_stranger_is_led_to_the_door_and_back(visitor: Client, path: str, word: str) -> None:
    answer = visitor.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/connexion/?vers={word}")
