"""What-if and the three balances: expected values worked out from the law by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mespoints.law import (
    DecisionCancelled,
    InvalidationNotified,
    JudicialAnnulment,
    LicenceObtained,
    PostLicenceTraining,
    ProbationPath,
    Rule,
    Status,
    replay,
    situation,
    three_balances,
    what_if,
)
from mespoints.law.readings.what_if import StepKind
from tests.law.invented import brief, course, day, offence, random_record, record
from tests.law.test_properties import law

CLASS_4 = offence("a", "2024-01-10", "2024-02-10", "C4", 3)
"""Three points of class 4: twelve again three years later, on 10 February 2027 (L223-6 al. 2)."""
AS_OF = date(2025, 6, 1)


def test_one_more_point_returns_alone_and_pushes_the_restoration_back() -> None:
    """L223-1 al. 4, L223-6 al. 3 (six months), L223-6 al. 1 and 2 (the period starts again, three years still)."""
    supposed = offence("b", "2025-06-05", "2025-07-05", "C3", 1)
    answer = what_if(record(CLASS_4), supposed, as_of=AS_OF, on=[day("2025-07-05"), day("2026-01-05"), day("2027-02-10")])
    assert brief(answer.movements.added) == [
        ("2025-07-05", -1, Rule.WITHDRAWAL),
        ("2026-01-05", 1, Rule.SINGLE_POINT_RETURN),
    ]
    assert brief(answer.movements.removed) == []
    assert [(each.before.on.isoformat(), each.after.on.isoformat(), each.after.points) for each in answer.movements.moved] == [
        ("2027-02-10", "2028-07-05", 3)
    ]
    assert [(pair.before.balance, pair.after.balance) for pair in answer.situations] == [(9, 9), (9, 8), (9, 9), (12, 9)]
    assert answer.forecast == answer.movements


def test_each_step_is_told_in_order_with_its_articles() -> None:
    supposed = offence("b", "2025-06-05", "2025-07-05", "C3", 1)
    steps = what_if(record(CLASS_4), supposed, as_of=AS_OF).steps
    assert [(step.kind, [note.reference for note in step.articles]) for step in steps] == [
        (StepKind.ADDED, ["L223-1 al. 1", "L223-1 al. 4", "L223-2"]),
        (StepKind.ADDED, ["L223-6 al. 3"]),
        (StepKind.MOVED, ["L223-6 al. 1", "L223-6 al. 2"]),
    ]
    back = "Vous récupéreriez 3 points, et votre solde serait de 12 points."
    told = [step.text.replace("\u00a0", " ") for step in steps]
    assert told == [
        "Le 5 juillet 2025, vous perdriez 1 point. Votre solde serait de 8 points.",
        "Le 5 janvier 2026, vous récupéreriez 1 point. Votre solde serait de 9 points.",
        f"Le retour du 10 février 2027 passerait au 5 juillet 2028. {back}",
    ]
    assert steps[2].was is not None
    assert steps[2].was.on == day("2027-02-10")
    assert steps[0].phrase.said("en").startswith("On ")


def test_a_course_leaves_nothing_to_restore() -> None:
    """Three points missing: the course gives three from the day after (R223-8 II, III); at twelve, nothing is left to return."""
    answer = what_if(record(CLASS_4), course("s", "2025-06-20"), as_of=AS_OF)
    assert brief(answer.movements.added) == [("2025-06-21", 3, Rule.COURSE)]
    assert brief(answer.movements.removed) == [("2027-02-10", 3, Rule.RESTORATION)]
    assert [step.text.replace("\u00a0", " ") for step in answer.steps] == [
        "Le 21 juin 2025, vous récupéreriez 3 points. Votre solde serait de 12 points.",
        "Le retour de 3 points du 10 février 2027 n’aurait pas lieu.",
    ]


def test_a_course_that_leaves_a_point_to_return_changes_the_return() -> None:
    """Six points missing (délit): four by the course, two left on the same day (R223-8 II, L223-6 al. 2)."""
    answer = what_if(record(offence("d", "2024-01-10", "2024-02-10", "D", 6)), course("s", "2025-06-20"), as_of=AS_OF)
    ((was, now),) = answer.movements.moved
    assert (was.on, was.points, now.on, now.points) == (day("2027-02-10"), 6, day("2027-02-10"), 2)
    assert "2\u00a0points au lieu de 6\u00a0points" in answer.steps[-1].text


def test_a_supposed_payment_takes_the_place_of_the_pending_offence() -> None:
    pending = offence("p", "2025-05-20", None, "C4", 4)
    paid = offence("p", "2025-05-20", "2025-06-15", "C4", 4)
    held = record(CLASS_4, pending)
    answer = what_if(held, paid, as_of=AS_OF, on=[day("2025-06-14"), day("2025-06-15")])
    assert [pair.after.balance for pair in answer.situations] == [9, 9, 5]
    # The pending offence already bars the restoration of 2027: nothing to move, one more to come three years after the payment.
    assert brief(answer.movements.added) == [("2025-06-15", -4, Rule.WITHDRAWAL), ("2028-06-15", 7, Rule.RESTORATION)]
    assert held == record(CLASS_4, pending)


def test_a_supposed_letter_ends_the_licence_and_its_returns() -> None:
    """A 48SI at zero (L223-1 al. 3, R223-3 III): no return any more."""
    facts = [offence(name, "2024-01-10", "2024-02-10", "D", 6) for name in ("a", "b")]
    answer = what_if(
        record(*facts), InvalidationNotified(fact_id="48si", on=day("2025-07-01")), as_of=AS_OF, on=[day("2025-07-01")]
    )
    assert [pair.after.status for pair in answer.situations] == [Status.ZERO_NOT_NOTIFIED, Status.INVALIDATED]
    assert brief(answer.movements.removed) == [("2027-02-10", 12, Rule.RESTORATION)]
    assert answer.movements.added == ()
    assert answer.movements.moved == ()


def test_a_supposed_cancellation_of_the_past_shows_in_the_past_only() -> None:
    cancelled = DecisionCancelled(fact_id="c", on=AS_OF, target="a")
    answer = what_if(record(CLASS_4), cancelled, as_of=AS_OF)
    assert brief(answer.movements.removed) == [("2024-02-10", -3, Rule.WITHDRAWAL), ("2027-02-10", 3, Rule.RESTORATION)]
    assert brief(answer.forecast.removed) == [("2027-02-10", 3, Rule.RESTORATION)]
    assert answer.steps[0].text.replace("\u00a0", " ") == "Le retrait de 3 points du 10 février 2024 n’aurait pas lieu."


def test_training_that_shortens_probation_moves_its_end() -> None:
    """R223-1 II al. 3: two years instead of three, twelve points then."""
    licence = LicenceObtained(fact_id="licence", on=day("2024-03-01"), path=ProbationPath.STANDARD)
    training = PostLicenceTraining(fact_id="t", on=day("2024-10-15"))
    answer = what_if(record(licence=licence), training, as_of=day("2024-09-01"))
    assert [(brief([was]), brief([now])) for was, now in answer.movements.moved] == [
        ([("2027-03-01", 2, Rule.PROBATION_END)], [("2026-03-01", 4, Rule.PROBATION_END)])
    ]
    assert brief(answer.movements.removed) == [("2026-03-01", 2, Rule.PROBATION_INCREMENT)]


def test_a_new_licence_is_told_as_a_licence() -> None:
    ended = record(JudicialAnnulment(fact_id="j", on=day("2024-01-01")))
    again = LicenceObtained(fact_id="again", on=day("2025-09-01"), path=ProbationPath.NONE)
    (step,) = what_if(ended, again, as_of=AS_OF).steps
    assert step.text.replace("\u00a0", " ") == "Le 1er septembre 2025, un permis commencerait avec 12 points."


def test_two_supposed_facts_with_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two facts carry the same fact_id"):
        what_if(record(CLASS_4), course("s", "2025-06-20"), course("s", "2025-06-21"), as_of=AS_OF)


@law
@given(st.integers(min_value=0, max_value=2**32))
def test_no_fact_changes_nothing(seed: int) -> None:
    held, as_of, _ = random_record(seed)
    answer = what_if(held, as_of=as_of, on=[as_of])
    assert not answer.movements
    assert not answer.forecast
    assert answer.steps == ()
    assert [pair.before for pair in answer.situations] == [pair.after for pair in answer.situations]


@law
@given(st.integers(min_value=0, max_value=2**32))
def test_a_fact_taken_out_and_supposed_again_gives_the_record(seed: int) -> None:
    held, as_of, chance = random_record(seed)
    fact = chance.choice(held.facts[1:] or held.facts)
    without = type(held).of(other for other in held.facts if other is not fact)
    answer = what_if(without, fact, as_of=as_of)
    assert answer.after.movements == replay(held).movements
    changed = len(answer.movements.added) + len(answer.movements.removed) + len(answer.movements.moved)
    assert len(answer.steps) == changed
    gained = sum(each.points for each in answer.movements.added) - sum(each.points for each in answer.movements.removed)
    gained += sum(now.points - was.points for was, now in answer.movements.moved)
    assert gained == sum(each.points for each in answer.after.movements) - sum(each.points for each in answer.before.movements)


# Three balances


def test_what_comes_back_before_counts_in_likely_and_not_in_worst() -> None:
    """The single point of 20 December returns on 20 June (L223-6 al. 3): the pending offence was committed before its window."""
    single = offence("a", "2024-11-01", "2024-12-20", "C3", 1)
    pending = offence("p", "2024-12-10", None, "C4", 4)
    answer = three_balances(record(single, pending), as_of=day("2025-06-15"), assumed_on=day("2025-09-15"))
    assert (answer.recorded.balance, answer.likely.balance, answer.worst.balance) == (11, 8, 7)
    assert (answer.recorded.on, answer.likely.on, answer.worst.on) == (day("2025-06-15"), day("2025-09-15"), day("2025-06-15"))


def test_a_contested_notice_counts_in_the_worst_case_only() -> None:
    typed_in = offence("n", "2025-05-30", None, "D", 6)
    pending = offence("p", "2025-06-01", None, "C4", 4)
    answer = three_balances(record(pending), [typed_in], as_of=day("2025-06-15"), assumed_on=day("2025-09-15"), contested=["n"])
    assert (answer.recorded.balance, answer.likely.balance, answer.worst.balance) == (12, 8, 2)


def test_a_notice_may_carry_its_own_assumed_day_and_takes_the_place_of_the_pending_one() -> None:
    """Established on 1 July, its single point is back on 1 January: nothing is missing six months later."""
    assumed = offence("p", "2025-06-01", "2025-07-01", "C3", 1)
    answer = three_balances(
        record(offence("p", "2025-06-01", None, "C3", 1)), [assumed], as_of=day("2025-06-15"), assumed_on=day("2026-01-01")
    )
    assert (answer.recorded.balance, answer.likely.balance, answer.worst.balance) == (12, 12, 11)


def test_the_worst_day_may_come_later() -> None:
    """A loss already dated after the day of the question adds to the pending one."""
    known = offence("k", "2025-05-01", "2025-08-01", "C4", 3)
    answer = three_balances(
        record(known, offence("p", "2025-06-01", None, "C4", 4)), as_of=day("2025-06-15"), assumed_on=day("2025-09-15")
    )
    assert (answer.recorded.balance, answer.likely.balance, answer.worst.balance) == (12, 5, 5)


def test_a_notice_may_be_worse_pending_than_established() -> None:
    """Eight points taken on the spot, twelve again three years later. A third offence of the same instant, still pending, is new
    and bars that return (contract, reading c); once established the cap leaves it nothing, and it bars nothing (reading a).
    """
    instant = "2020-05-04"
    held = record(
        offence("a", instant, instant, "C3", 2),
        offence("d", instant, instant, "D", 6, simultaneous_with="a"),
        offence("p", instant, None, "C4", 3, simultaneous_with="a"),
    )
    answer = three_balances(held, as_of=day("2023-05-04"), assumed_on=day("2023-05-04"))
    assert (answer.recorded.balance, answer.likely.balance, answer.worst.balance) == (4, 12, 4)


@law
@given(st.integers(min_value=0, max_value=2**32))
def test_the_worst_is_never_better(seed: int) -> None:
    held, as_of, chance = random_record(seed)
    assumed_on = date.fromordinal(as_of.toordinal() + chance.choice((0, 1, 45, 90, 200)))
    answer = three_balances(held, as_of=as_of, assumed_on=assumed_on)
    assert answer.worst.balance <= answer.recorded.balance
    assert answer.worst.balance <= answer.likely.balance
    assert as_of <= answer.worst.on <= assumed_on
    if not any(fact.committed_on <= as_of and (fact.established_on or date.max) > as_of for fact in held.offences):
        assert answer.likely.balance == situation(replay(held), assumed_on).balance
