"""The agents' queue: what waits, what is decided, what the next sign-in makes of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from mespoints.identity import reviews
from mespoints.identity.disputes import open_dispute, settle_dispute
from mespoints.identity.failures import LinkChanged, RecordNotFound
from mespoints.identity.link import account_of
from mespoints.identity.linking_failures import RecordBlocked, RefusedByAgent, SecondProofAsked, WaitingForAgent
from mespoints.identity.linking_tables import LinkingReview
from mespoints.identity.models import Account, Link
from mespoints.identity.reviews import NotACandidate, ReviewGone
from mespoints.register.models import Holder
from tests.identity.journey import BY_KEY, hold
from tests.identity.test_link import CALM, NOW, sure

pytestmark = pytest.mark.django_db

DOUBTFUL = replace(CALM, birth_date="1971-04-00", sex="X")
LATER = NOW + timedelta(days=3)


def queued(subject: str = "first") -> int:
    with pytest.raises(WaitingForAgent):
        account_of(sure(subject, DOUBTFUL), NOW)
    return LinkingReview.objects.latest("pk").pk


def test_a_doubt_waits_once_with_what_an_agent_needs_and_nothing_in_clear(calm: Holder) -> None:
    number = queued()
    assert queued() == number
    (listed,) = reviews.waiting(at_most=10)
    assert (listed.pivot, listed.doubt) == (None, "two_differences")
    review = reviews.waiting_review(number)
    assert review.pivot == DOUBTFUL
    assert {"sex:unspecified", "birth_date:day_unknown"} <= set(review.codes[calm.pk])
    kept = LinkingReview.objects.get()
    assert b"QUATREVENTS" not in bytes(kept.sealed_words or b"")
    assert not any(word in str(vars(kept)) for word in ("QUATREVENTS", "1971", "first"))


def test_a_decision_links_nothing_until_the_person_comes_back(calm: Holder) -> None:
    reviews.decide_to_link(queued(), calm.pk, reason="acte vu", by=None, now=LATER)
    assert not Account.objects.exists()
    assert LinkingReview.objects.get().sealed_words is None
    account = account_of(sure(pivot=DOUBTFUL), LATER)
    assert Link.objects.get(account=account).holder_id == calm.pk
    assert account_of(sure(pivot=DOUBTFUL), LATER) == account


def test_a_decision_is_about_one_civil_status(calm: Holder) -> None:
    reviews.decide_to_link(queued(), calm.pk, reason="acte vu", by=None, now=LATER)
    with pytest.raises(WaitingForAgent):
        account_of(sure(pivot=replace(DOUBTFUL, birth_commune=None)), LATER)
    with pytest.raises(WaitingForAgent):
        account_of(sure("second", DOUBTFUL), LATER)


def test_a_decision_about_a_holder_who_no_longer_fits_is_asked_again(calm: Holder) -> None:
    reviews.decide_to_link(queued(), calm.pk, reason="acte vu", by=None, now=LATER)
    other = hold(BY_KEY["calm"], "150399200912")
    Holder.objects.filter(pk=calm.pk).update(birth_month=5)
    Holder.objects.filter(pk=other.pk).update(birth_commune=None)
    with pytest.raises(WaitingForAgent):
        account_of(sure(pivot=DOUBTFUL), LATER)


def test_a_refusal_is_told_until_something_changes(calm: Holder) -> None:
    reviews.refuse(queued(), reason="autre personne", by=None, now=LATER)
    with pytest.raises(RefusedByAgent):
        account_of(sure(pivot=DOUBTFUL), LATER)
    assert account_of(sure(), LATER).pk


def test_a_refusal_is_about_the_records_that_were_compared(calm: Holder) -> None:
    reviews.refuse(queued(), reason="autre personne", by=None, now=LATER)
    newcomer = hold(BY_KEY["calm"], "150399200912")
    Holder.objects.filter(pk=newcomer.pk).update(birth_commune=None)
    assert queued()


def test_only_a_candidate_can_be_chosen_and_only_once(calm: Holder) -> None:
    number = queued()
    with pytest.raises(NotACandidate):
        reviews.decide_to_link(number, calm.pk + 1, reason="au hasard", by=None, now=LATER)
    reviews.refuse(number, reason="autre personne", by=None, now=LATER)
    with pytest.raises(ReviewGone):
        reviews.decide_to_link(number, calm.pk, reason="trop tard", by=None, now=LATER)
    with pytest.raises(ReviewGone):
        reviews.waiting_review(number)


def test_an_agent_cannot_decide_against_a_dispute(calm: Holder) -> None:
    number = queued()
    reviews.decide_to_link(number, calm.pk, reason="acte vu", by=None, now=LATER)
    open_dispute(calm.pk, reason="deux personnes", now=LATER)
    open_dispute(calm.pk, reason="la même, redite", now=LATER)
    with pytest.raises(RecordBlocked):
        account_of(sure(pivot=DOUBTFUL), LATER)
    with pytest.raises(RecordBlocked):
        account_of(sure(), LATER)
    settle_dispute(calm.pk, LATER)
    assert account_of(sure(pivot=DOUBTFUL), LATER).pk


def test_a_decision_never_moves_a_subject_to_another_record(calm: Holder) -> None:
    account_of(sure(), NOW)
    Holder.objects.filter(pk=calm.pk).update(birth_name_key="AUTRE", birth_name="Autre")
    other = hold(BY_KEY["calm"], "150399200912")
    reviews.decide_to_link(queued(), other.pk, reason="acte vu", by=None, now=LATER)
    with pytest.raises(LinkChanged):
        account_of(sure(pivot=DOUBTFUL), LATER)


def test_a_record_held_by_another_subject_passes_with_the_agents_word_and_keeps_its_history(calm: Holder) -> None:
    former = account_of(sure("former"), NOW)
    soft = replace(CALM, birth_date="1971-04-00")
    with pytest.raises(SecondProofAsked):
        account_of(sure("new", soft), NOW)
    reviews.decide_to_link(queued("new"), calm.pk, reason="même personne, sous un nouvel identifiant", by=None, now=LATER)
    assert account_of(sure("new", DOUBTFUL), LATER) == former
    assert Link.objects.get(subject="former").until == LATER


def test_words_are_erased_after_their_time_and_come_back_with_the_person(calm: Holder) -> None:
    number = queued()
    with pytest.raises(RecordNotFound):
        account_of(sure("somebody else", replace(CALM, birth_name="Personne")), NOW + reviews.WORDS_KEPT + timedelta(seconds=1))
    assert reviews.waiting_review(number).pivot is None
    assert queued() == number
    assert reviews.waiting_review(number).pivot == DOUBTFUL


def test_words_sealed_under_another_key_are_not_read(calm: Holder, settings: object) -> None:
    number = queued()
    settings.SECRET_KEY = "another key, just as long as the first one was"  # type: ignore[attr-defined]
    assert reviews.waiting_review(number).pivot is None


def test_the_database_itself_refuses_half_a_decision(calm: Holder) -> None:
    number = queued()
    for change in ({"state": "refused"}, {"state": "linked", "decided_at": NOW, "sealed_words": None}, {"chosen_holder": calm}):
        with pytest.raises(IntegrityError, match="review_"), transaction.atomic():
            LinkingReview.objects.filter(pk=number).update(**change)
