from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from mespoints.messages.channels import ChannelName, DeliveryFailed
from mespoints.messages.outbox import CODE_LIFE, DELAYS, DeliveryReport, UnusableRecipient, deliver_pending, enqueue
from mespoints.messages.parcel import Parcel
from mespoints.messages.templates import TemplateCode

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
ADDRESS = "zoe@example.org"


class PaperChannel:
    """Keeps what it is given; fails as often as told."""

    def __init__(self, *failures: DeliveryFailed) -> None:
        self.failures = list(failures)
        self.sent: list[Parcel] = []

    @property
    def name(self) -> ChannelName:
        return ChannelName.EMAIL

    def send(self, parcel: Parcel) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(parcel)


def put(recipient: str = ADDRESS) -> Any:
    return enqueue(template=TemplateCode.SIGN_IN_NOTICE, recipient=recipient, now=NOW)


def outbox(columns: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"select {columns} from messages_outbox order by id")  # noqa: S608 - words of this file
        return list(cursor.fetchall())


def later(code: str = "unreachable") -> DeliveryFailed:
    return DeliveryFailed(code, is_final=False)


def test_a_message_leaves_once() -> None:
    reference = put()
    channel = PaperChannel()
    assert deliver_pending(channel, NOW) == DeliveryReport(sent=1)
    assert deliver_pending(channel, NOW) == DeliveryReport()
    [parcel] = channel.sent
    assert (parcel.reference, parcel.recipient) == (reference, ADDRESS)
    assert "23 novembre 2026 à 5 h 00" in parcel.body


def test_the_address_is_erased_once_it_has_served() -> None:
    put()
    assert outbox("recipient, state") == [(ADDRESS, "pending")]
    deliver_pending(PaperChannel(), NOW)
    assert outbox("recipient, state, sent_at, attempts") == [("", "sent", NOW, 1)]


def test_a_message_is_undone_with_what_caused_it() -> None:
    with transaction.atomic():
        put()
        transaction.set_rollback(True)
    assert outbox("id") == []


def test_a_failed_message_waits_longer_each_time_then_is_abandoned() -> None:
    put()
    moment = NOW
    for delay in DELAYS:
        assert deliver_pending(PaperChannel(later()), moment) == DeliveryReport(postponed=1)
        assert deliver_pending(PaperChannel(), moment + delay - timedelta(seconds=1)) == DeliveryReport()
        moment += delay
    assert deliver_pending(PaperChannel(later()), moment) == DeliveryReport(abandoned=1)
    assert outbox("state, attempts, recipient, failure") == [("abandoned", len(DELAYS) + 1, "", "unreachable")]
    assert deliver_pending(PaperChannel(), moment + timedelta(days=30)) == DeliveryReport()


def test_after_a_failure_it_may_still_leave() -> None:
    put()
    deliver_pending(PaperChannel(later()), NOW)
    assert deliver_pending(PaperChannel(), NOW + DELAYS[0]) == DeliveryReport(sent=1)
    assert outbox("state, attempts, failure") == [("sent", 2, "")]


def test_a_final_refusal_is_not_tried_again() -> None:
    put()
    refusal = DeliveryFailed("recipient_refused", is_final=True)
    assert deliver_pending(PaperChannel(refusal), NOW) == DeliveryReport(abandoned=1)
    assert outbox("state, attempts, failure") == [("abandoned", 1, "recipient_refused")]


def test_one_failure_does_not_hold_the_others() -> None:
    for _ in range(3):
        put()
    channel = PaperChannel(later())
    assert deliver_pending(channel, NOW) == DeliveryReport(sent=2, postponed=1)


def test_a_call_delivers_no_more_than_it_is_told() -> None:
    for _ in range(3):
        put()
    assert deliver_pending(PaperChannel(), NOW, at_most=2) == DeliveryReport(sent=2)


def test_a_message_is_not_sent_before_its_hour() -> None:
    put()
    assert deliver_pending(PaperChannel(), NOW - timedelta(seconds=1)) == DeliveryReport()


@pytest.mark.parametrize(
    "recipient",
    ["", " zoe@example.org", "zoe", "zoé@example.org", "zoe@example.org\nBcc: all@example.org", "a@b@c", "x" * 250 + "@a.fr"],
)
def test_an_address_that_cannot_be_written_is_refused(recipient: str) -> None:
    with pytest.raises(UnusableRecipient):
        put(recipient)
    assert outbox("id") == []


CODE = "1234-5678"


def put_code() -> Any:
    return enqueue(template=TemplateCode.EMAIL_CODE, recipient=ADDRESS, now=NOW, code=CODE)


def test_the_words_that_hold_a_code_are_wiped_once_they_have_served() -> None:
    put_code()
    channel = PaperChannel(later())
    deliver_pending(channel, NOW)
    assert CODE in outbox("body")[0][0]
    assert deliver_pending(channel, NOW + DELAYS[0]) == DeliveryReport(sent=1)
    assert CODE in channel.sent[0].body
    assert outbox("recipient, body, state") == [("", "", "sent")]


def test_a_code_that_cannot_be_sent_is_wiped_too() -> None:
    put_code()
    deliver_pending(PaperChannel(DeliveryFailed("recipient_refused", is_final=True)), NOW)
    assert outbox("recipient, body, state") == [("", "", "abandoned")]


def test_a_code_that_is_no_longer_good_is_not_sent() -> None:
    put_code()
    channel = PaperChannel()
    assert deliver_pending(channel, NOW + CODE_LIFE) == DeliveryReport(abandoned=1)
    assert not channel.sent
    assert outbox("body, state, failure") == [("", "abandoned", "too_late")]


def test_the_words_of_another_message_stay() -> None:
    put()
    deliver_pending(PaperChannel(), NOW)
    assert "Bonjour" in outbox("body")[0][0]
