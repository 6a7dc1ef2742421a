"""After FranceConnect, a number of the licence: the whole way, with the simulated provider."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from mespoints.identity import pending
from mespoints.identity.linking_tables import LinkingReview
from mespoints.identity.models import Account
from mespoints.register.models import Holder
from tests.identity.journey import BY_KEY, Stage, Visitor, hold

PAGE = "/connexion/numero/"
NUMBER, OTHER_NUMBER = "150399200911", "150399200912"
SOFTENED: dict[str, dict[str, Any]] = {
    "birth name": {"birth_name": "de Quatrevents", "birth_name_key": "DE QUATREVENTS"},
    "given names": {"given_names": ["Odile"], "given_names_key": "ODILE"},
    "sex": {"sex": "X"},
    "birth date": {"birth_day": None},
    "place": {"birth_commune": None},
}


def without_tokens(answer: Any) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())


def type_number(visitor: Visitor, number: str) -> Any:
    page = visitor.site.get(PAGE).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None, page
    return visitor.site.post(PAGE, {"csrfmiddlewaretoken": token.group(1), "number": number})


def is_signed_in(visitor: Visitor) -> bool:
    return "_auth_user_id" in visitor.site.session


@pytest.fixture
def soft(calm: Holder) -> Holder:
    Holder.objects.filter(pk=calm.pk).update(birth_day=None)
    return calm


def test_the_number_opens_what_franceconnect_could_not(stage: Stage, visitor: Visitor, soft: Holder) -> None:
    answer = visitor.sign_in("calm")
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    assert not is_signed_in(visitor)
    assert visitor.site.get("/solde/").headers["Location"] == "/connexion/"
    assert type_number(visitor, "150399 200911").headers["Location"] == "/solde/"
    assert is_signed_in(visitor)
    assert visitor.site.get(PAGE).headers["Location"] == "/connexion/"
    visitor.post("/deconnexion/")
    assert visitor.sign_in("calm").headers["Location"] == "/solde/"


def test_the_page_is_the_same_whatever_field_is_short(stage: Stage, visitor: Visitor, calm: Holder) -> None:
    told = set()
    for change in SOFTENED.values():
        before = Holder.objects.filter(pk=calm.pk).values(*change).get()
        Holder.objects.filter(pk=calm.pk).update(**change)
        assert visitor.sign_in("calm").headers["Location"] == PAGE
        told.add((without_tokens(visitor.site.get(PAGE)), without_tokens(type_number(visitor, "21AA00009"))))
        Holder.objects.filter(pk=calm.pk).update(**before)
    assert len(told) == 1
    assert not re.search(r"naissance|prénom|commune|sexe", str(told))


def test_a_wrong_number_is_given_back_with_what_to_do(stage: Stage, visitor: Visitor, soft: Holder) -> None:
    visitor.sign_in("calm")
    wrong = type_number(visitor, "150399299999")
    assert wrong.status_code == 403
    page = wrong.content.decode()
    for said in ('value="150399299999"', 'aria-invalid="true"', "FC-PROOF-WRONG", "<title>Erreur"):
        assert said in page
    unread = type_number(visitor, "<b>")
    assert (unread.status_code, "FC-PROOF-UNREADABLE" in unread.content.decode()) == (400, True)
    assert "<b>" not in unread.content.decode()
    assert type_number(visitor, NUMBER).headers["Location"] == "/solde/"


def test_after_five_tries_the_day_is_over(stage: Stage, visitor: Visitor, soft: Holder) -> None:
    visitor.sign_in("calm")
    for _ in range(5):
        assert type_number(visitor, "150399299999").status_code == 403
    over = type_number(visitor, NUMBER)
    assert over.status_code == 429
    assert "FC-PROOF-TRIES" in over.content.decode()
    assert visitor.site.get(PAGE).headers["Location"] == "/connexion/"


def test_ten_minutes_then_one_signs_in_again(
    stage: Stage, visitor: Visitor, soft: Holder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pending, "PENDING_LIFE", timedelta(0))
    visitor.sign_in("calm")
    late = visitor.site.get(PAGE)
    assert (late.status_code, "FC-PROOF-LATE" in late.content.decode()) == (400, True)
    assert visitor.site.get(PAGE).headers["Location"] == "/connexion/"


def test_nobody_comes_to_the_page_by_its_address(visitor: Visitor, db: None) -> None:
    assert visitor.site.get(PAGE).headers["Location"] == "/connexion/"


def test_several_records_ask_for_the_file_number_alone(stage: Stage, visitor: Visitor, calm: Holder) -> None:
    hold(BY_KEY["calm"], OTHER_NUMBER)
    visitor.sign_in("calm")
    assert "numéro de la carte" not in visitor.site.get(PAGE).content.decode()
    assert type_number(visitor, OTHER_NUMBER).headers["Location"] == "/solde/"


def test_the_session_keeps_the_identity_unreadable(stage: Stage, visitor: Visitor, soft: Holder) -> None:
    visitor.sign_in("calm")
    kept = str([session.get_decoded() for session in Session.objects.all()])
    assert "awaits_proof" in kept
    assert not re.search(r"quatrevents|odile|1971|29019|example", kept, re.IGNORECASE)


def test_the_session_changes_name_and_forgets_what_was_there(stage: Stage, visitor: Visitor, soft: Holder) -> None:
    back = visitor.way_back("calm")
    before = visitor.site.session.session_key
    planted = visitor.site.session
    planted["planted"] = "by someone else"
    planted.save()
    visitor.follow(back)
    assert visitor.site.session.session_key != before
    assert "planted" not in visitor.site.session


def test_a_doubt_is_told_and_waits(stage: Stage, visitor: Visitor, soft: Holder, caplog: pytest.LogCaptureFixture) -> None:
    Holder.objects.filter(pk=soft.pk).update(birth_commune=None)
    with caplog.at_level(logging.INFO, logger="mespoints"):
        answer = visitor.sign_in("calm")
    assert (answer.status_code, "FC-AGENT-WAITING" in answer.content.decode()) == (403, True)
    assert [record.getMessage() for record in caplog.records if record.name.startswith("mespoints")] == ["FC-AGENT-WAITING"]
    assert LinkingReview.objects.count() == 1
    assert not Account.objects.exists()


def test_the_form_needs_its_token(stage: Stage, visitor: Visitor, soft: Holder) -> None:
    visitor.sign_in("calm")
    assert visitor.site.post(PAGE, {"number": NUMBER}).status_code == 403
    assert not is_signed_in(visitor)
