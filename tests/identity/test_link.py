"""Which account is whose, over time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection

from mespoints.identity.failures import LinkChanged, RecordNotFound
from mespoints.identity.link import Linked, NotFound, Several, account_of, verdict
from mespoints.identity.models import Account, Link
from mespoints.identity.oidc.claims import VerifiedIdentity
from mespoints.identity.words import Provider
from mespoints.register.models import Holder
from mespoints.register.search import PivotIdentity
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


def test_the_three_verdicts(calm: Holder) -> None:
    assert verdict(CALM) == Linked(holder_id=calm.pk)
    assert verdict(replace(CALM, birth_date="1971-04-00")) == NotFound()
    hold(BY_KEY["calm"], "150399200912")
    assert verdict(CALM) == Several()


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
