"""What a key may spend of a limit in a window: counted exactly, in the database, under names that tell nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries, Settings

from mespoints.rate_limits.limits import KEPT, Limit, Spending, count, digest, first_exceeded, spend, spend_all
from mespoints.rate_limits.models import Counter

NOW = datetime(2026, 11, 23, 9, 0, 20, tzinfo=UTC)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
THREE_A_MINUTE = Limit(name="tests-minute", at_most=3, within=MINUTE)
FIVE_A_DAY = Limit(name="tests-day", at_most=5, within=DAY)


@pytest.mark.parametrize(
    ("limit", "ends"),
    [(THREE_A_MINUTE, NOW.replace(minute=1, second=0)), (FIVE_A_DAY, datetime(2026, 11, 24, tzinfo=UTC))],
)
def test_a_window_ends_where_the_clock_turns(limit: Limit, ends: datetime) -> None:
    assert limit.ends(NOW) == ends
    assert limit.ends(ends) == ends + limit.within


def test_the_last_that_passes_and_the_next(db: None) -> None:
    assert [spend(THREE_A_MINUTE, "a", NOW) for _ in range(5)] == [True, True, True, False, False]
    assert spend(THREE_A_MINUTE, "b", NOW), "another key has its own count"
    assert spend(FIVE_A_DAY, "a", NOW), "another limit too"
    assert spend(THREE_A_MINUTE, "a", NOW + MINUTE), "and the next window"


def test_a_cost_is_spent_whole(db: None) -> None:
    assert spend(FIVE_A_DAY, "a", NOW, cost=5)
    assert spend(FIVE_A_DAY, "a", NOW, cost=0)
    assert not spend(FIVE_A_DAY, "a", NOW)


def test_what_is_left_and_how_long_to_wait(db: None) -> None:
    first, second = count([Spending(limit=THREE_A_MINUTE, key="a", cost=2), Spending(limit=FIVE_A_DAY, key="a", cost=9)], NOW)
    assert (first.spent, first.remaining, first.is_within, first.seconds_to_wait(NOW)) == (2, 1, True, 40)
    assert (second.spent, second.remaining, second.is_within, second.seconds_to_wait(NOW)) == (9, 0, False, 14 * 3600 + 3580)
    assert first.seconds_to_wait(first.until - timedelta(milliseconds=1)) == 1


def test_all_are_spent_whichever_is_exceeded(db: None) -> None:
    assert spend(THREE_A_MINUTE, "a", NOW, cost=3)
    both = [Spending(limit=THREE_A_MINUTE, key="a"), Spending(limit=FIVE_A_DAY, key="b", cost=5)]
    assert not spend_all(both, NOW)
    assert not spend(FIVE_A_DAY, "b", NOW)


def test_in_turn_what_is_refused_spends_nothing_of_what_comes_after(db: None) -> None:
    own, shared = Spending(limit=THREE_A_MINUTE, key="a"), Spending(limit=FIVE_A_DAY, key="everybody")
    exceeded = [first_exceeded([own, shared], NOW) for _ in range(20)]
    assert exceeded == [None] * 3 + [THREE_A_MINUTE] * 17
    assert count([shared], NOW)[0].spent == 4
    another = [Spending(limit=THREE_A_MINUTE, key="b"), replace(shared, cost=2)]
    assert first_exceeded(another, NOW) == FIVE_A_DAY


def test_one_statement_and_a_second_when_a_key_is_new(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    asked = [Spending(limit=THREE_A_MINUTE, key="a"), Spending(limit=FIVE_A_DAY, key="a", cost=0)]
    for statements in (2, 1, 1):
        with django_assert_num_queries(statements):
            count(asked, NOW)


def test_what_was_counted_is_forgotten_a_minute_after_its_window(db: None) -> None:
    spend(THREE_A_MINUTE, "a", NOW)
    ends = THREE_A_MINUTE.ends(NOW)
    spend(FIVE_A_DAY, "b", ends + KEPT)
    assert Counter.objects.count() == 2
    spend(FIVE_A_DAY, "c", ends + KEPT + SECOND)
    assert set(Counter.objects.values_list("until", flat=True)) == {FIVE_A_DAY.ends(NOW)}


def test_a_row_names_neither_the_key_nor_the_window_before(settings: Settings) -> None:
    asked = Spending(limit=FIVE_A_DAY, key="203.0.113.7")
    now = digest(asked, NOW)
    assert now == digest(asked, NOW + SECOND)
    assert now != digest(asked, NOW + DAY)
    assert now != digest(Spending(limit=FIVE_A_DAY, key="203.0.113.8"), NOW)
    assert now != digest(Spending(limit=THREE_A_MINUTE, key="203.0.113.7"), NOW)
    settings.SECRET_KEY = "another secret of tests"
    assert now != digest(asked, NOW)


def test_the_table_keeps_no_journal(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select relpersistence from pg_class where relname = %s", [Counter._meta.db_table])
        assert cursor.fetchone() == ("u",)


@pytest.mark.django_db(transaction=True)
def test_threads_share_one_count_in_whatever_order_they_name_the_keys() -> None:
    """Two that took the same rows in opposite orders would wait for each other: PostgreSQL would end one with an error."""
    limit = Limit(name="tests-shared", at_most=100, within=DAY)
    keys = [str(number) for number in range(20)]

    def spend_often(turn: int) -> list[bool]:
        spendings = [Spending(limit=limit, key=key) for key in (keys if turn else reversed(keys))]
        try:
            return [spend_all(spendings, NOW) for _ in range(100)]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        passed = [each for turn in both.map(spend_often, range(2)) for each in turn]
    assert passed.count(True) == 100
    assert set(Counter.objects.values_list("spent", flat=True)) == {200}
