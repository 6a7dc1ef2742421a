"""The agents' queue as an agent reads it and decides."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from mespoints.access_log.models import AccessTrace
from mespoints.desk.pages.linking import AGREEMENTS, DIFFERENCES, DOUBTS, FIELDS
from mespoints.identity import reviews
from mespoints.identity.disputes import disputed, open_dispute
from mespoints.identity.failures import SignInFailure
from mespoints.identity.link import account_of
from mespoints.identity.linking_tables import LinkingReview
from mespoints.identity.matching.decision import Doubt
from mespoints.identity.matching.reasons import Field, Why
from mespoints.identity.models import Link
from mespoints.identity.roles import Role
from mespoints.register.models import Holder
from tests.desk.conftest import AtDesk
from tests.desk.test_pages import DOOR
from tests.identity.journey import BY_KEY, hold
from tests.identity.test_link import CALM, NOW, sure

pytestmark = pytest.mark.django_db

LIST = "/exploitation/rattachements/"
DOUBTFUL = replace(CALM, birth_date="1971-04-00", sex="X")
WHY = "acte de naissance vu en préfecture"


@pytest.fixture
def calm() -> Holder:
    return hold(BY_KEY["calm"], "150399200911")


@pytest.fixture
def client(at_desk: AtDesk) -> Client:
    return at_desk(Role.AGENT)


@pytest.fixture
def number(calm: Holder) -> int:
    with pytest.raises(SignInFailure):
        account_of(sure(pivot=DOUBTFUL), NOW)
    return LinkingReview.objects.get().pk


def decide(client: Client, number: int, **said: Any) -> Any:
    return client.post(f"{LIST}{number}/", {"reason": WHY, **said})


def test_the_list_says_how_long_and_why_and_no_name(client: Client, number: int) -> None:
    page = client.get(LIST).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    for said in ("23 novembre 2026", "Plusieurs champs compatibles", f"{LIST}{number}/", "1 demande attend"):
        assert said in page
    assert "QUATREVENTS" not in page.upper()


def test_both_identities_stand_side_by_side(client: Client, number: int, calm: Holder) -> None:
    page = client.get(f"{LIST}{number}/").content.decode()
    for said in ("QUATREVENTS", "Quatrevents", "1971-04-00", "1971-04-18", "jour inconnu", "sexe non précisé", "150399200911"):
        assert said in page


def test_a_link_is_decided_and_nothing_is_linked_yet(client: Client, number: int, calm: Holder) -> None:
    answer = decide(client, number, holder=calm.pk)
    assert answer.headers["Location"] == LIST
    assert "Rien n’est encore rattaché" in client.get(LIST).content.decode()
    assert not Link.objects.exists()
    assert LinkingReview.objects.get().decided_by is not None
    assert account_of(sure(pivot=DOUBTFUL), NOW).pk
    assert client.get(f"{LIST}{number}/").status_code == 404


def test_a_refusal_is_kept_with_its_reason(client: Client, number: int) -> None:
    assert decide(client, number, holder="none").headers["Location"] == LIST
    assert LinkingReview.objects.get().reason == WHY


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"holder": "none", "reason": "ok"}, "Le motif manque"),
        ({"holder": "none", "reason": ""}, "Le motif manque"),
        ({"holder": "0"}, "n’est pas de ceux"),
        ({"holder": ""}, "n’est pas de ceux"),
        ({}, "n’est pas de ceux"),
    ],
)
def test_half_a_decision_is_given_back(client: Client, number: int, said: dict[str, str], told: str) -> None:
    answer = decide(client, number, **said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page
    assert said.get("reason", WHY) in page
    assert reviews.waiting_review(number).number == number


def test_a_blocked_record_cannot_be_chosen(client: Client, number: int, calm: Holder) -> None:
    open_dispute(calm.pk, reason="deux personnes le réclament", now=NOW)
    assert "Rattacher au dossier" not in client.get(f"{LIST}{number}/").content.decode()
    assert "ne peut pas être rattaché" in decide(client, number, holder=calm.pk).content.decode()


def test_without_the_identity_nothing_can_be_linked(client: Client, number: int, calm: Holder) -> None:
    LinkingReview.objects.update(sealed_words=None)
    assert "n’est plus lisible" in client.get(f"{LIST}{number}/").content.decode()
    assert decide(client, number, holder=calm.pk).status_code == 422
    assert decide(client, number, holder="none").status_code == 302


def test_a_dispute_is_opened_with_a_reason_and_settled(client: Client, number: int, calm: Holder) -> None:
    address = f"{LIST}{number}/litige/"
    assert client.post(address, {"holder": calm.pk, "reason": ""}).status_code == 422
    assert client.post(address, {"holder": "0", "reason": WHY}).status_code == 422
    assert client.post(address, {"holder": calm.pk, "reason": WHY}).headers["Location"] == LIST
    assert disputed([calm.pk]) == {calm.pk}
    assert "en litige" in client.get(f"{LIST}{number}/").content.decode()
    assert client.post(address, {"holder": calm.pk}).headers["Location"] == LIST
    assert not disputed([calm.pk])


def test_whose_records_were_read_is_traced(client: Client, number: int, calm: Holder) -> None:
    client.get(LIST)
    assert not AccessTrace.objects.exists()
    client.get(f"{LIST}{number}/")
    assert list(AccessTrace.objects.values_list("holder_id", "role", "reason")) == [
        (calm.pk, "agent", "rattachement douteux, à comparer")
    ]
    assert AccessTrace.objects.get().account_id is not None


@pytest.mark.parametrize("holder", ["none", "calm"])
def test_two_agents_who_decide_at_once(client: Client, number: int, calm: Holder, holder: str, monkeypatch: Any) -> None:
    """The second one is told that nothing waits any more, and the first decision stands."""
    shown = reviews.waiting_review(number)
    decide(client, number, holder="none", reason="la première décision")
    monkeypatch.setattr("mespoints.desk.views.linking.reviews.waiting_review", lambda _: shown)
    answer = decide(client, number, holder=calm.pk if holder == "calm" else holder)
    assert answer.status_code == 404
    assert LinkingReview.objects.get().reason == "la première décision"


def test_a_zero_character_is_no_reason_to_fail(client: Client, number: int) -> None:
    assert decide(client, number, holder="none", reason=f"{WHY}\0").headers["Location"] == LIST
    assert LinkingReview.objects.get().reason == WHY


def test_the_pages_are_those_of_agents(at_desk: AtDesk, stranger: Client, number: int) -> None:
    for path in (LIST, f"{LIST}{number}/"):
        assert stranger.get(path).headers["Location"] == "/exploitation/connexion/?vers=rattachements"
        assert at_desk(Role.OPERATOR).get(path).status_code == 403
        assert at_desk(Role.SUPERVISOR).get(path).status_code == 200
    assert at_desk(Role.OPERATOR).post(f"{LIST}{number}/litige/").status_code == 403
    assert at_desk(Role.AGENT).get(f"{LIST}{'9' * 30}/").status_code == 404


def test_pages_ask_the_same_few_questions_whatever_they_list(client: Client, number: int, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1 + DOOR):
        client.get(LIST)
    hold(BY_KEY["calm"], "150399200912")
    with django_assert_num_queries(3 + 1 + DOOR):
        client.get(f"{LIST}{number}/")


def test_every_code_has_its_words() -> None:
    assert set(AGREEMENTS) | set(DIFFERENCES) == set(Why)
    assert (set(FIELDS), set(DOUBTS)) == (set(Field), set(Doubt))
