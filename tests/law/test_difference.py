"""The difference between two days, or two states of knowledge: expected values worked out from the law by hand."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mespoints.law import Revocation, Rule, Viewpoint, difference, situation
from mespoints.law.replay import replay
from tests.law.invented import brief, day, offence, random_record, record
from tests.law.test_properties import law

SINGLE = offence("a", "2023-02-10", "2023-03-01", "C3", 1)
"""One point: back on 1 September 2023 if no offence is committed before (L223-6 al. 3)."""
LATE = offence("b", "2023-08-20", "2023-12-05", "C2", 2, recorded="2023-12-20")
"""Committed in that window, known on 20 December only."""
AUTUMN = Viewpoint(day("2023-10-01"), day("2023-10-01"))
WINTER = Viewpoint(day("2024-01-01"), day("2024-01-01"))


def test_late_knowledge_takes_a_return_back() -> None:
    """Twelve was told in autumn; known whole, one point and two points are missing (contract, Meaning 3 and 6)."""
    found = difference(record(SINGLE, LATE), AUTUMN, WINTER)
    assert (found.before.balance, found.after.balance, found.points) == (12, 9, -3)
    assert brief(found.movements.removed) == [("2023-09-01", 1, Rule.SINGLE_POINT_RETURN)]
    assert brief(found.movements.added) == [("2023-12-05", -2, Rule.WITHDRAWAL)]
    assert found.movements.moved == ()
    assert found.revoked == (
        Revocation(
            would_have_been_on=day("2023-09-01"),
            points=1,
            rule=Rule.SINGLE_POINT_RETURN,
            months=6,
            undone_on=day("2023-12-20"),
            cause="b",
        ),
    )
    assert (found.learned, found.not_yet_known) == ((LATE,), ())
    assert not found.is_empty


def test_seen_from_the_other_side() -> None:
    found = difference(record(SINGLE, LATE), WINTER, AUTUMN)
    assert found.points == 3
    assert brief(found.movements.added) == [("2023-09-01", 1, Rule.SINGLE_POINT_RETURN)]
    assert brief(found.movements.removed) == [("2023-12-05", -2, Rule.WITHDRAWAL)]
    assert (found.learned, found.not_yet_known, found.revoked) == ((), (LATE,), ())


def test_one_day_as_known_then_and_as_known_now() -> None:
    """On 1 October itself: twelve as known then, eleven in law (Q2)."""
    found = difference(record(SINGLE, LATE), AUTUMN, (day("2023-10-01"), None))
    assert (found.before.balance, found.after.balance) == (12, 11)
    assert brief(found.movements.removed) == [("2023-09-01", 1, Rule.SINGLE_POINT_RETURN)]
    assert found.movements.added == ()
    assert len(found.revoked) == 1


def test_two_days_with_hindsight() -> None:
    """The day before the loss and the day itself; then the return; nothing is learned in between."""
    held = record(SINGLE)
    loss = difference(held, (day("2023-02-28"), None), (day("2023-03-01"), None))
    assert (loss.points, brief(loss.movements.added), loss.learned) == (-1, [("2023-03-01", -1, Rule.WITHDRAWAL)], ())
    back = difference(held, (day("2023-02-28"), None), (day("2023-09-01"), None))
    assert back.points == 0
    assert not back.is_empty
    assert difference(held, (day("2023-03-01"), None), (day("2023-08-31"), None)).is_empty


def test_a_restoration_that_knowledge_delays_is_moved() -> None:
    """Class 3, paid 2020-05-04: twelve on 2022-05-04. An older offence, established 2020-06-10 and known in 2023, starts the
    two years again (L223-6 al. 1): 2022-06-10, for five points instead of three.
    """
    first = offence("a", "2020-03-01", "2020-05-04", "C3", 3)
    older = offence("b", "2020-02-01", "2020-06-10", "C3", 2, recorded="2023-01-15")
    found = difference(record(first, older), (day("2023-02-01"), day("2023-01-14")), (day("2023-02-01"), day("2023-01-15")))
    assert found.points == 0
    ((was, now),) = found.movements.moved
    assert brief([was, now]) == [("2022-05-04", 3, Rule.RESTORATION), ("2022-06-10", 5, Rule.RESTORATION)]
    assert brief(found.movements.added) == [("2020-06-10", -2, Rule.WITHDRAWAL)]
    assert [(each.would_have_been_on, each.undone_on) for each in found.revoked] == [(day("2022-05-04"), day("2023-01-15"))]


@law
@given(st.integers(min_value=0, max_value=2**32))
def test_with_itself_it_is_empty(seed: int) -> None:
    held, as_of, chance = random_record(seed)
    viewpoint = (as_of, chance.choice((None, as_of, chance.choice(held.facts).recorded_on)))
    assert difference(held, viewpoint, viewpoint).is_empty


@law
@given(st.integers(min_value=0, max_value=2**32))
def test_back_and_forth(seed: int) -> None:
    """What one way adds, the other removes; the points are those of the two situations."""
    held, as_of, chance = random_record(seed)
    one = (as_of, as_of if chance.random() < 0.5 else None)
    other = (date.fromordinal(as_of.toordinal() + chance.randint(-900, 900)), None)
    forth, back = difference(held, one, other), difference(held, other, one)
    assert forth.points == -back.points == situation(replay(held), other[0]).balance - forth.before.balance
    assert sorted(forth.movements.added) == sorted(back.movements.removed)
    assert sorted(forth.movements.removed) == sorted(back.movements.added)
    assert (forth.learned, forth.not_yet_known) == (back.not_yet_known, back.learned)
    assert forth.is_empty <= back.is_empty or forth.revoked == ()
