"""Which account is whose, over time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection

from mespoints.identity.failures import LinkChanged, RecordNotFound, SignInFailure
from mespoints.identity.link import account_of
from mespoints.identity.linking_failures import SecondProofAsked, WaitingForAgent
from mespoints.identity.linking_tables import LinkingAttempt
from mespoints.identity.models import Account, Link
from mespoints.identity.oidc.claims import VerifiedIdentity
from mespoints.identity.words import Provider
from mespoints.register.identities import PivotIdentity
from mespoints.register.models import Holder
from mespoints.register.search import MOST_CANDIDATES
from tests.identity.journey import BY_KEY, hold

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
CALM = PivotIdentity(
    birth_name="QUATREVENTS",
    given_names=("Odile", "Marie Ange"),
    sex="F",
    birth_date="1971-04-18",
    birth_commune="29019",
    birth_country="99100",
)


def sure(subject: str = "first", pivot: PivotIdentity = CALM) -> VerifiedIdentity:
    return VerifiedIdentity(
        provider=Provider.FRANCECONNECT, subject=subject, pivot=pivot, email=None, id_token="a.b.c", acr="eidas1"
    )


def test_equal_in_all_opens_and_one_field_short_asks_for_a_number(calm: Holder) -> None:
    assert account_of(sure(), NOW).current_link is not None
    with pytest.raises(SecondProofAsked):
        account_of(sure("another", replace(CALM, birth_date="1971-04-00")), NOW)
    hold(BY_KEY["calm"], "150399200912")
    with pytest.raises(SecondProofAsked):
        account_of(sure("another"), NOW)


def test_what_was_linked_once_is_not_asked_again(calm: Holder) -> None:
    account = account_of(sure(), NOW)
    assert account_of(sure(pivot=replace(CALM, birth_date="1971-04-00")), NOW) == account
    hold(BY_KEY["calm"], "150399200912")
    assert account_of(sure(), NOW) == account


def test_a_linked_person_gets_in_however_many_homonyms_appear(db: None) -> None:
    homonyms = [hold(BY_KEY["calm"], f"1503992{rank:05}").pk for rank in range(MOST_CANDIDATES + 1)]
    Holder.objects.update(birth_month=5)
    hold(BY_KEY["calm"], "150399200911")
    account = account_of(sure(), NOW)
    Holder.objects.filter(pk__in=homonyms).update(birth_month=4)
    assert account_of(sure(), NOW) == account
    with pytest.raises(WaitingForAgent):
        account_of(sure("second"), NOW)


def test_each_attempt_leaves_its_codes_and_no_identity(calm: Holder) -> None:
    account_of(sure(), NOW)
    for pivot in (replace(CALM, birth_date="1971-04-00"), replace(CALM, birth_name="Personne")):
        with pytest.raises(SignInFailure):
            account_of(sure("second", pivot), NOW)
    linked, asked, absent = LinkingAttempt.objects.order_by("pk")
    assert [each.outcome for each in (linked, asked, absent)] == ["linked", "PROOF-ASKED", "RECORD-NOT-FOUND"]
    assert [each.verdict for each in (linked, asked, absent)] == ["link", "second_proof", "not_found"]
    assert "birth_date:day_unknown" in asked.codes[str(calm.pk)]
    assert len({each.inputs_digest for each in (linked, asked, absent)}) == 3
    assert asked.subject_digest == absent.subject_digest != linked.subject_digest
    kept = str([vars(each) for each in (linked, asked, absent)]).casefold()
    assert not any(word in kept for word in ("quatrevents", "odile", "1971", "29019", "'second'"))
    assert linked.rules.startswith("1/cog-")


def test_attempts_are_forgotten_after_a_year(calm: Holder) -> None:
    account_of(sure(), NOW)
    account_of(sure(), NOW + timedelta(days=366))
    assert LinkingAttempt.objects.count() == 1


def test_a_new_subject_of_the_same_holder_keeps_the_account_and_the_former_link(calm: Holder) -> None:
    first = account_of(sure("before the correction"), NOW)
    later = NOW + timedelta(days=400)
    again = account_of(sure("after the correction"), later)
    assert again.pk == first.pk
    assert again.current_link is not None
    assert again.current_link.subject == "after the correction"
    former = Link.objects.get(subject="before the correction")
    assert (former.since, former.until) == (NOW, later)


def test_a_subject_is_never_moved_to_another_holder(calm: Holder) -> None:
    account_of(sure(), NOW)
    Holder.objects.filter(pk=calm.pk).update(birth_year=1970)
    with pytest.raises(RecordNotFound):
        account_of(sure(), NOW)
    hold(BY_KEY["calm"], "150399200912")
    with pytest.raises(LinkChanged):
        account_of(sure(), NOW)
    assert Link.objects.get().holder_id == calm.pk


def test_an_ended_link_does_not_open_the_former_account(calm: Holder) -> None:
    first = account_of(sure(), NOW)
    Link.objects.update(until=NOW)
    assert account_of(sure(), NOW).pk != first.pk


@pytest.mark.parametrize(
    ("account", "subject", "holder"),
    [("new", "first", "new"), ("same", "second", "new"), ("new", "second", "same")],
    ids=["one per subject", "one per account", "one per holder"],
)
def test_the_database_itself_refuses_a_second_current_link(calm: Holder, account: str, subject: str, holder: str) -> None:
    same = account_of(sure(), NOW)
    other_account = Account.objects.open_without_password(email=None, now=NOW)
    other_holder = hold(BY_KEY["stranger"], "150399200977")
    with pytest.raises(IntegrityError, match="one_current_link"):
        Link.objects.create(
            account=same if account == "same" else other_account,
            provider=Provider.FRANCECONNECT,
            subject=subject,
            holder=calm if holder == "same" else other_holder,
            since=NOW,
        )


def test_a_link_cannot_end_before_it_began(calm: Holder) -> None:
    account_of(sure(), NOW)
    with pytest.raises(IntegrityError, match="link_ends_after_it_began"):
        Link.objects.update(until=NOW - timedelta(seconds=1))


@pytest.mark.django_db(transaction=True)
def test_first_visits_at_the_same_moment_make_one_account() -> None:
    """Outside any transaction, as in production."""

    def visit(_: int) -> int:
        try:
            return account_of(sure(), NOW).pk
        finally:
            connection.close()

    hold(BY_KEY["calm"], "150399200911")
    with ThreadPoolExecutor(4) as pool:
        accounts = set(pool.map(visit, range(8)))
    assert len(accounts) == 1
    assert (Account.objects.count(), Link.objects.count()) == (1, 1)
