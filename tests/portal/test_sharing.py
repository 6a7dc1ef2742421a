"""A right shared by its driver, opened by a hirer: two pages that never meet, but for a receipt."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mespoints.access_log.models import AccessTrace
from mespoints.documents.models import Share
from mespoints.documents.share import Wish
from mespoints.identity.models import Account
from mespoints.portal.pages.share import AUDIENCE, CATEGORIES, LIFE, VIEWS, read_wish
from tests.feed.samples import enter, fact
from tests.identity.signing_in import signed_in_by_password
from tests.portal.accounts import letters
from tests.portal.test_documents import post
from tests.portal.test_issued import text
from tests.portal.test_pages_served import ROWS, SPACE_BEFORE_A_DOUBLE_SIGN, SignIn, Text, account, driver, visitor

__all__ = ["account", "driver", "visitor"]

NEW, LIST, DOOR = "/documents/partages/nouveau/", "/documents/partages/", "/partage/"
TODAY = date(2026, 11, 25)
ASKED = {AUDIENCE: "Location Rivage", CATEGORIES: "B", LIFE: "7", VIEWS: "3"}
NAME = "lefevre coeuret"


@pytest.fixture
def hirer() -> Client:
    """With the forms' protection on, as in production."""
    return Client(enforce_csrf_checks=True)


def code_of(answer: Any) -> str:
    found = re.search(r"Code : ([0-9A-Z]{5}-[0-9A-Z]{5})", text(answer))
    assert found is not None, text(answer)
    return found.group(1)


def ask(client: Client, code: str, name: str = NAME) -> Any:
    return client.post(DOOR, {"code": code, "nom": name})


def test_a_hirer_reads_the_right_and_the_driver_reads_the_receipt(driver: SignIn, hirer: Client, account: Account) -> None:
    account.email = "zoe@example.org"
    account.save()
    client = driver(*ROWS)
    assert "Aucun partage" in text(client.get(LIST))
    code = code_of(post(client, NEW, **ASKED))
    assert "Personne ne l’a consulté" in text(client.get(LIST))
    answer = ask(hirer, code)
    said = text(answer)
    assert "Catégorie B : peut conduire aujourd’hui" in said
    assert "Partagé pour « Location Rivage »" in said
    assert "Encore 2 consultations" in said
    assert not re.search(r"\d+ points?|Téléphone|solde|Lefèvre|Zoé", said)
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]
    seen = text(client.get(LIST))
    assert seen.count("Consulté le") == 1
    assert code not in seen
    assert [(letter.template, letter.recipient) for letter in letters()] == [("share_viewed", "zoe@example.org")]
    assert AccessTrace.objects.filter(role="system", reason__contains="ouvert par un tiers").count() == 1
    assert "Location Rivage : B, encore 2 consultations" in text(client.get("/documents/delivres/"))


def test_whatever_is_wrong_the_page_is_the_same(driver: SignIn, hirer: Client) -> None:
    client = driver(*ROWS)
    stopped, spent, late, right = (code_of(post(client, NEW, **{**ASKED, VIEWS: "1"})) for _ in range(4))
    stopped_share, _, late_share, _ = Share.objects.order_by("id")
    post(client, f"{LIST}{stopped_share.pk}/arreter/")
    Share.objects.filter(pk=late_share.pk).update(expires_on=date(2020, 1, 1))
    assert ask(hirer, spent).status_code == 200
    answers = [ask(hirer, code, name) for code, name in ((stopped, NAME), (spent, NAME), (late, NAME), (right, "Martin"))]
    answers.append(ask(hirer, "00000-00000"))
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert "Ce code et ce nom n’ouvrent rien" in text(answers[0])
    said = text(client.get(LIST))
    for closing in ("Arrêté par vous", "toutes les consultations ont servi", "sa durée est passée"):
        assert closing in said


def test_a_right_that_was_lost_is_not_confirmed_and_no_reason_is_given(driver: SignIn, hirer: Client, tmp_path: Path) -> None:
    client = driver(*ROWS)
    code = code_of(post(client, NEW, **ASKED))
    assert "ne dit pas pourquoi" not in text(ask(hirer, code))
    today = timezone.localdate()
    suspended = fact("suspension", fact_id="S1", on=today.isoformat(), until=(today + timedelta(days=30)).isoformat())
    assert enter(tmp_path, [suspended], sequence=2).rows_refused == 0
    said = text(ask(hirer, code))
    assert "Catégorie B : non confirmé aujourd’hui" in said
    assert "ne dit pas pourquoi" in said
    assert not re.search("suspen", said)


def test_too_many_tries_are_told_to_wait(hirer: Client, db: None) -> None:
    for number in range(20):
        assert ask(hirer, f"ZZZZZ-ZZZ{number:02}").status_code == 404
    answer = ask(hirer, "ZZZZZ-ZZZ99")
    assert answer.status_code == 429
    assert "Réessayez dans une heure" in text(answer)


def test_what_is_missing_is_said_beside_its_field(hirer: Client, db: None) -> None:
    answer = ask(hirer, "K7Q2", "")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert html.count('class="field-error"') == 2
    assert 'value="K7Q2"' in html
    assert 'aria-describedby="code-erreur code-aide"' in html


def test_the_form_keeps_what_was_right(driver: SignIn) -> None:
    client = driver(*ROWS)
    answer = post(client, NEW, **{AUDIENCE: "Location Rivage", LIFE: "30", VIEWS: "1000"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'value="Location Rivage"' in html
    assert 'value="30" checked' in html
    assert "Cochez au moins une catégorie" in html
    assert "Choisissez un nombre" in html
    assert not Share.objects.exists()


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({AUDIENCE: "  "}, AUDIENCE),
        ({AUDIENCE: "x" * 61}, AUDIENCE),
        ({AUDIENCE: "a\0b"}, AUDIENCE),
        ({LIFE: "31"}, LIFE),
        ({VIEWS: "11"}, VIEWS),
    ],
)
def test_what_is_asked_is_bounded(changes: dict[str, str], wrong: str) -> None:
    refused = read_wish({**ASKED, **changes}, ("B",), ("AM", "B"), TODAY)
    assert not isinstance(refused, Wish)
    assert [name for name, problem in refused.items() if problem] == [wrong]


def test_a_category_that_is_not_held_is_not_shared() -> None:
    assert not isinstance(read_wish(ASKED, ("D",), ("AM", "B"), TODAY), Wish)
    wish = read_wish({**ASKED, LIFE: "1"}, ("B", "AM", "D"), ("AM", "B"), TODAY)
    assert isinstance(wish, Wish)
    assert (wish.categories, wish.expires_on) == (("AM", "B"), TODAY)


def test_sharing_asks_for_one_more_proof(driver: SignIn) -> None:
    client = driver(*ROWS)
    signed_in_by_password(client)
    assert post(client, NEW, **ASKED).status_code in {302, 403}
    assert not Share.objects.exists()


def test_somebody_else_s_share_is_left_alone(driver: SignIn) -> None:
    client = driver(*ROWS)
    post(client, NEW, **ASKED)
    number = Share.objects.get().pk
    assert post(client, f"{LIST}{number + 1}/arreter/").headers["Location"] == LIST
    assert Share.objects.get().revoked_at is None


def test_a_learner_has_nothing_to_share(driver: SignIn) -> None:
    assert "Il n’y a rien à partager aujourd’hui" in text(driver().get(NEW))


@pytest.mark.parametrize("path", [NEW, LIST, DOOR, "/documents/delivres/"])
def test_every_page_is_whole_and_leads_nowhere_wrong(driver: SignIn, path: str) -> None:
    client = driver(*ROWS)
    answer = client.get(path)
    assert answer.status_code == 200
    html = answer.content.decode()
    page = Text(html)
    assert page.tags.count("h1") == 1
    assert len(page.ids) == len(set(page.ids))
    assert not SPACE_BEFORE_A_DOUBLE_SIGN.search(page.text), SPACE_BEFORE_A_DOUBLE_SIGN.findall(page.text)
    for inside in set(re.findall(r'href="(/[^"#]*)"', html)):
        if not inside.startswith("/static/"):
            assert client.get(inside).status_code == 200, inside
