"""A number of the licence, after the sign-in."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mespoints.identity import reviews
from mespoints.identity.disputes import open_dispute
from mespoints.identity.failures import LinkChanged
from mespoints.identity.link import account_of
from mespoints.identity.linking_failures import (
    RecordBlocked,
    RefusedByAgent,
    SecondProofAsked,
    SecondProofUnreadable,
    SecondProofWrong,
    TooManyTries,
    WaitingForAgent,
)
from mespoints.identity.linking_tables import LinkingAttempt, LinkingReview
from mespoints.identity.models import Account, Link
from mespoints.identity.second_proof import prove
from mespoints.register.models import Holder
from tests.feed.samples import enter, holder, licence
from tests.identity.test_link import CALM, NOW, sure

pytestmark = pytest.mark.django_db

NUMBER, OTHER_NUMBER, CARD = "150399200911", "150399200912", "21AA00001"
CIVIL_STATUS = {
    "birth_name": "Quatrevents",
    "given_names": ["Odile", "Marie-Ange"],
    "birth_date": "1971-04-18",
    "birth_commune": "29019",
    "file_number": NUMBER,
}
SOFT = replace(CALM, birth_date="1971-04-00")


@pytest.fixture(autouse=True)
def entered(tmp_path: Path) -> None:
    enter(tmp_path, [holder(**CIVIL_STATUS), licence(file_number=NUMBER)])


def holder_id(file_number: str = NUMBER) -> int:
    return Holder.objects.get(file_number=file_number).pk


@pytest.mark.parametrize("typed", ["150399 200911", "21aa 00001"])
def test_either_number_opens_the_only_record(typed: str) -> None:
    account = prove(sure(pivot=SOFT), typed, NOW)
    assert Link.objects.get(account=account).holder_id == holder_id()
    assert LinkingAttempt.objects.get().outcome == "linked"
    assert account_of(sure(pivot=SOFT), NOW) == account


def test_a_wrong_number_links_nothing_and_says_the_same_whatever_it_is(tmp_path: Path) -> None:
    enter(tmp_path, [holder(file_number=OTHER_NUMBER, birth_name="Autre")], sequence=2)
    for typed in (OTHER_NUMBER, "150399200999", "21AA00009"):
        with pytest.raises(SecondProofWrong):
            prove(sure(pivot=SOFT), typed, NOW)
    assert not Account.objects.exists()


def test_the_sixth_try_of_the_day_is_not_looked_at() -> None:
    for _ in range(5):
        with pytest.raises(SecondProofWrong):
            prove(sure(pivot=SOFT), OTHER_NUMBER, NOW)
    with pytest.raises(TooManyTries):
        prove(sure(pivot=SOFT), NUMBER, NOW)
    # Another subject has tries of its own; the record has none left.
    with pytest.raises(TooManyTries):
        prove(sure("second", SOFT), NUMBER, NOW)
    assert prove(sure(pivot=SOFT), NUMBER, NOW + timedelta(days=1)).pk


def test_what_is_no_number_costs_no_try() -> None:
    for _ in range(9):
        with pytest.raises(SecondProofUnreadable):
            prove(sure(pivot=SOFT), "?", NOW)
    assert prove(sure(pivot=SOFT), NUMBER, NOW).pk


def test_between_several_records_the_file_number_chooses_and_the_card_does_not(tmp_path: Path) -> None:
    enter(tmp_path, [holder(**{**CIVIL_STATUS, "file_number": OTHER_NUMBER})], sequence=2)
    with pytest.raises(SecondProofWrong):
        prove(sure(), CARD, NOW)
    account = prove(sure(), OTHER_NUMBER, NOW)
    assert Link.objects.get(account=account).holder_id == holder_id(OTHER_NUMBER)


def test_a_doubtful_record_among_several_goes_to_an_agent(tmp_path: Path) -> None:
    doubtful = {**CIVIL_STATUS, "file_number": OTHER_NUMBER, "birth_date": "1971-04-00", "birth_commune": None}
    enter(tmp_path, [holder(**doubtful)], sequence=2)
    with pytest.raises(WaitingForAgent):
        prove(sure(), OTHER_NUMBER, NOW)
    assert LinkingReview.objects.get().doubt == "several"


def test_a_record_that_another_subject_holds_is_not_taken_by_a_number() -> None:
    first = account_of(sure("first"), NOW)
    with pytest.raises(WaitingForAgent):
        prove(sure("second", SOFT), NUMBER, NOW)
    assert LinkingReview.objects.get().doubt == "already_linked"
    assert Link.objects.get(until=None).account_id == first.pk


def test_an_agent_may_give_that_record_to_the_new_subject_or_refuse() -> None:
    first = account_of(sure("first"), NOW)
    for subject in ("second", "third"):
        with pytest.raises(WaitingForAgent):
            prove(sure(subject, SOFT), NUMBER, NOW)
    second, third = (review.pk for review in LinkingReview.objects.order_by("pk"))
    reviews.refuse(third, reason="autre personne", by=None, now=NOW)
    with pytest.raises(RefusedByAgent):
        prove(sure("third", SOFT), NUMBER, NOW)
    reviews.decide_to_link(second, holder_id(), reason="même personne", by=None, now=NOW)
    assert account_of(sure("second", SOFT), NOW) == first


def test_a_linked_subject_is_not_moved_to_another_record_by_a_number(tmp_path: Path) -> None:
    account_of(sure(), NOW)
    enter(tmp_path, [holder(**{**CIVIL_STATUS, "birth_name": "Autre"})], sequence=2)
    enter(tmp_path, [holder(**{**CIVIL_STATUS, "file_number": OTHER_NUMBER, "birth_commune": None})], sequence=3)
    with pytest.raises(LinkChanged):
        account_of(sure(), NOW)
    with pytest.raises(LinkChanged):
        prove(sure(), OTHER_NUMBER, NOW)


def test_the_register_is_asked_again_when_the_number_comes() -> None:
    with pytest.raises(SecondProofAsked):
        account_of(sure(pivot=SOFT), NOW)
    open_dispute(holder_id(), reason="deux personnes", now=NOW)
    with pytest.raises(RecordBlocked):
        prove(sure(pivot=SOFT), NUMBER, NOW)


def test_a_corrected_civil_status_opens_without_a_number() -> None:
    with pytest.raises(SecondProofAsked):
        account_of(sure(pivot=SOFT), NOW)
    assert prove(sure(), "150399200999", NOW).pk
