"""One-time codes: drawn at random, kept as a digest, good once, for half an hour, for five tries, for one account."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction

from mespoints.messages import contact_proof
from mespoints.messages.channels import ChannelName, DeliveryFailed
from mespoints.messages.contact_proof import (
    ALPHABET,
    KEPT,
    LENGTH,
    LIFE,
    TRIES,
    Proven,
    Spent,
    Wrong,
    begin,
    displayed,
    drawn,
    prove,
    send_code,
    stands,
)
from mespoints.messages.models import ContactProof, Outbox
from mespoints.messages.outbox import DELAYS, deliver_pending
from tests.messages.test_outbox import PaperChannel

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ACCOUNT, OTHER_ACCOUNT, HOLDER = 7, 8, 70
ADDRESS = "lea@example.org"
CODE = "BCDFGHJK"


@pytest.fixture
def drawn_code(monkeypatch: pytest.MonkeyPatch, db: None) -> str:
    monkeypatch.setattr(contact_proof, "drawn", lambda: CODE)
    return CODE


def send(account_id: int = ACCOUNT, now: datetime = NOW) -> None:
    number = begin(account_id, now)
    assert send_code(number, holder_id=HOLDER, channel=ChannelName.EMAIL, recipient=ADDRESS, now=now)


def test_codes_are_drawn_among_letters_that_make_no_word() -> None:
    codes = {drawn() for _ in range(2_000)}
    assert len(codes) == 2_000
    assert {len(code) for code in codes} == {LENGTH}
    assert {letter for code in codes for letter in code} == set(ALPHABET)
    assert not set(ALPHABET) & set("AEIOUY0123456789")


@pytest.mark.parametrize("typed", [CODE, "BCDF-GHJK", "bcdf-ghjk", " bcdf  ghjk ", "B C D F G H J K", "bcdf–ghjk"])
def test_the_right_code_however_it_is_typed(drawn_code: str, typed: str) -> None:
    send()
    assert prove(ACCOUNT, typed, NOW) == Proven(holder_id=HOLDER)


def test_a_code_is_good_once(drawn_code: str) -> None:
    send()
    assert prove(ACCOUNT, CODE, NOW) == Proven(holder_id=HOLDER)
    assert prove(ACCOUNT, CODE, NOW) == Spent()


def test_until_the_last_second_of_half_an_hour(drawn_code: str) -> None:
    send()
    assert prove(ACCOUNT, CODE, NOW + LIFE) == Spent()
    assert prove(ACCOUNT, CODE, NOW + LIFE - SECOND) == Proven(holder_id=HOLDER)


def test_five_tries_then_even_the_right_one_is_refused(drawn_code: str) -> None:
    send()
    assert [prove(ACCOUNT, "BCDFGHJL", NOW) for _ in range(TRIES)] == [Wrong(tries_left=left) for left in (4, 3, 2, 1, 0)]
    assert prove(ACCOUNT, CODE, NOW) == Spent()


def test_the_fifth_try_may_be_the_right_one(drawn_code: str) -> None:
    send()
    for _ in range(TRIES - 1):
        prove(ACCOUNT, "", NOW)
    assert prove(ACCOUNT, CODE, NOW) == Proven(holder_id=HOLDER)


def test_another_account_cannot_use_it(drawn_code: str) -> None:
    send()
    begin(OTHER_ACCOUNT, NOW)
    assert prove(OTHER_ACCOUNT, CODE, NOW) == Wrong(tries_left=4)
    assert prove(99, CODE, NOW) == Spent()


def test_a_digest_moved_to_another_row_opens_nothing(drawn_code: str) -> None:
    send()
    number = begin(OTHER_ACCOUNT, NOW)
    stolen = ContactProof.objects.get(account_id=ACCOUNT)
    ContactProof.objects.filter(pk=number).update(
        code_digest=stolen.code_digest, holder_id=stolen.holder_id, channel=stolen.channel
    )
    assert prove(OTHER_ACCOUNT, CODE, NOW) == Wrong(tries_left=4)
    ContactProof.objects.filter(account_id=ACCOUNT).update(holder_id=HOLDER + 1)
    assert prove(ACCOUNT, CODE, NOW) == Wrong(tries_left=4)


def test_only_the_last_code_serves(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    codes = iter(["BBBBBBBB", "CCCCCCCC"])
    monkeypatch.setattr(contact_proof, "drawn", lambda: next(codes))
    send()
    send()
    assert prove(ACCOUNT, "BBBBBBBB", NOW) == Wrong(tries_left=4)
    assert prove(ACCOUNT, "CCCCCCCC", NOW) == Proven(holder_id=HOLDER)


def test_a_proof_without_a_code_answers_like_any_other(db: None) -> None:
    begin(ACCOUNT, NOW)
    assert stands(ACCOUNT, NOW)
    assert [prove(ACCOUNT, typed, NOW) for typed in ("", "BCDFGHJK", "\0", "é" * 500, "0")] == [
        Wrong(tries_left=left) for left in (4, 3, 2, 1, 0)
    ]
    assert not stands(ACCOUNT, NOW)


def test_a_request_that_was_replaced_sends_nothing(db: None) -> None:
    former = begin(ACCOUNT, NOW)
    begin(ACCOUNT, NOW)
    assert not send_code(former, holder_id=HOLDER, channel=ChannelName.EMAIL, recipient=ADDRESS, now=NOW)
    late = begin(ACCOUNT, NOW)
    assert not send_code(late, holder_id=HOLDER, channel=ChannelName.EMAIL, recipient=ADDRESS, now=NOW + LIFE)
    assert not Outbox.objects.exists()


def test_what_is_kept_tells_nobody_the_code(drawn_code: str) -> None:
    send()
    assert Outbox.objects.get().body.count(displayed(CODE)) == 1, "it must be written somewhere until it has left"
    channel = PaperChannel()
    deliver_pending(channel, NOW)
    assert displayed(CODE) in channel.sent[0].body
    assert "23 novembre 2026 à 10 h 00" in channel.sent[0].body
    with connection.cursor() as cursor:
        cursor.execute("select p::text from messages_contactproof p union all select o::text from messages_outbox o")
        kept = " ".join(row for (row,) in cursor.fetchall())
    assert CODE not in kept.replace("-", "")
    assert ADDRESS not in kept
    assert prove(ACCOUNT, CODE, NOW) == Proven(holder_id=HOLDER)


def test_a_code_that_could_not_leave_is_erased_too(drawn_code: str) -> None:
    send()
    deliver_pending(PaperChannel(DeliveryFailed("recipient_refused", is_final=True)), NOW)
    assert Outbox.objects.values_list("state", "recipient", "body").get() == ("abandoned", "", "")


def test_a_code_is_not_sent_once_it_is_dead(drawn_code: str) -> None:
    """The channel was down: the message waits by the delays of the outbox, and no longer than the code lives."""
    send()
    moment = NOW
    for delay in DELAYS[:3]:
        deliver_pending(PaperChannel(DeliveryFailed("unreachable", is_final=False)), moment)
        moment += delay
    assert moment > NOW + LIFE
    channel = PaperChannel()
    deliver_pending(channel, moment)
    assert channel.sent == []
    assert Outbox.objects.values_list("state", "failure", "recipient", "body").get() == ("abandoned", "too_late", "", "")


def test_the_message_lives_as_long_as_its_code(drawn_code: str) -> None:
    number = begin(ACCOUNT, NOW)
    send_code(number, holder_id=HOLDER, channel=ChannelName.EMAIL, recipient=ADDRESS, now=NOW + LIFE / 2)
    channel = PaperChannel()
    deliver_pending(channel, NOW + LIFE - SECOND)
    assert len(channel.sent) == 1
    assert list(Outbox.objects.values_list("expires_at", flat=True)) == [NOW + LIFE]


def test_a_try_undone_with_its_transaction_is_given_back(drawn_code: str) -> None:
    """Said in the docstring, so that nobody raises inside."""
    send()
    with transaction.atomic():
        prove(ACCOUNT, "wrong", NOW)
        transaction.set_rollback(True)
    assert prove(ACCOUNT, "wrong", NOW) == Wrong(tries_left=4)


def test_old_proofs_are_forgotten(db: None) -> None:
    begin(ACCOUNT, NOW)
    begin(OTHER_ACCOUNT, NOW + LIFE + KEPT)
    assert ContactProof.objects.count() == 2
    begin(OTHER_ACCOUNT, NOW + LIFE + KEPT + SECOND)
    assert set(ContactProof.objects.values_list("account_id", flat=True)) == {OTHER_ACCOUNT}


@pytest.mark.django_db(transaction=True)
def test_two_at_once_use_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contact_proof, "drawn", lambda: CODE)
    for _ in range(10):
        send()
        together = Barrier(2)

        def race(_: int, together: Barrier = together) -> contact_proof.Answer:
            together.wait()
            try:
                return prove(ACCOUNT, CODE, NOW)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as both:
            answers = list(both.map(race, range(2)))
        assert sorted(answers, key=repr) == [Proven(holder_id=HOLDER), Spent()]


@pytest.mark.django_db(transaction=True)
def test_tries_made_at_once_are_all_counted() -> None:
    begin(ACCOUNT, NOW)

    def try_one(_: int) -> contact_proof.Answer:
        try:
            return prove(ACCOUNT, "wrong", NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as all_of_them:
        answers = list(all_of_them.map(try_one, range(12)))
    assert sorted(answer.tries_left for answer in answers if isinstance(answer, Wrong)) == [0, 1, 2, 3, 4]
    assert answers.count(Spent()) == 7


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_leave_one_proof() -> None:
    together = Barrier(4)

    def ask(_: int) -> None:
        together.wait()
        try:
            begin(ACCOUNT, NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as everybody:
        list(everybody.map(ask, range(4)))
    assert ContactProof.objects.filter(ended_at__isnull=True).count() == 1
