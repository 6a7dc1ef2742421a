"""Five a day, exactly, whoever counts at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from mespoints.identity.linking_tables import Tries
from mespoints.identity.tries import PROOFS_OF_RECORD, PROOFS_OF_SUBJECT, spend

MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_five_a_day_then_five_the_next_day() -> None:
    assert [spend(PROOFS_OF_SUBJECT, "someone", MORNING) for _ in range(7)] == [True] * 5 + [False] * 2
    assert spend(PROOFS_OF_SUBJECT, "someone else", MORNING)
    assert spend(PROOFS_OF_RECORD, "someone", MORNING)
    # The day is that of Paris: 23:30 UTC is already tomorrow there.
    assert not spend(PROOFS_OF_SUBJECT, "someone", MORNING.replace(hour=22, minute=30))
    assert spend(PROOFS_OF_SUBJECT, "someone", MORNING.replace(hour=23, minute=30))


@pytest.mark.django_db
def test_yesterday_is_forgotten_and_the_key_is_not_kept() -> None:
    spend(PROOFS_OF_SUBJECT, "someone", MORNING)
    spend(PROOFS_OF_SUBJECT, "someone", MORNING + timedelta(days=1))
    (kept,) = Tries.objects.all()
    assert "someone" not in kept.key_digest


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_five_pass_and_no_more() -> None:
    def one(_: int) -> bool:
        try:
            return spend(PROOFS_OF_SUBJECT, "someone", MORNING)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(one, range(24))) == 5
