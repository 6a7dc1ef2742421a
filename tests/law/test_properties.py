"""Laws of the engine: what must hold on every record, whatever it says."""

from collections import defaultdict
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mespoints.law.case_format import evaluate
from tests.law.random_records import random_case
from tests.law.witness.days import after_months, day_before

Case = dict[str, Any]
CREDITS = (
    "six_months",
    "one_year",
    "two_years",
    "three_years",
    "ten_years",
    "course",
    "probation_increment",
    "probation_end",
    "initial",
)


@st.composite
def records(draw: st.DrawFn) -> Case:
    return random_case(draw(st.integers(min_value=0, max_value=2**32)))


law = settings(max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow])


def asked(case: Case, **changes: Any) -> Any:
    return evaluate({**deepcopy(case), **changes})


@law
@given(records())
def test_bounds(case: Case) -> None:
    answer = asked(case)
    for here in answer["situations"]:
        assert 0 <= here["balance"] <= 12
        if here["status"] in ("valid", "zero_not_notified"):
            assert here["ceiling"] in (6, 8, 9, 10, 12)
            assert here["account"] <= here["ceiling"]
            assert here["balance"] == max(here["account"], 0)
            assert (here["status"] == "zero_not_notified") == (here["account"] <= 0)
        else:
            assert (here["balance"], here["ceiling"]) == (0, None)
    assert {key: answer[key] for key in ("balance", "account", "ceiling", "status")} == {
        key: value for here in answer["situations"] if here["on"] == case["as_of"] for key, value in here.items() if key != "on"
    }


@law
@given(records(), st.randoms(use_true_random=False))
def test_order_of_the_events_is_indifferent(case: Case, random: Random) -> None:
    shuffled = deepcopy(case["events"])
    random.shuffle(shuffled)
    assert asked(case) == asked(case, events=shuffled)


@law
@given(records())
def test_movements_sum_to_the_account(case: Case) -> None:
    """Each licence starts with `initial`; the sum from there is the account written beside each movement, and today's account."""
    answer = asked(case)
    account = 0
    for move in answer["movements"] + answer["forecast"]:
        account = move["points"] if move["rule"] == "initial" else account + move["points"]
        assert move["account"] == account
        assert move["points"] != 0
        assert (move["points"] > 0) == (move["rule"] in CREDITS)
    if answer["movements"]:
        assert answer["account"] == answer["movements"][-1]["account"]


@law
@given(records())
def test_movements_are_dated_named_and_in_order(case: Case) -> None:
    answer = asked(case)
    past, future = [move["on"] for move in answer["movements"]], [move["on"] for move in answer["forecast"]]
    assert past + future == sorted(past + future)
    assert all(day <= case["as_of"] for day in past)
    assert all(day > case["as_of"] for day in future)
    for move in answer["movements"]:
        assert move["articles"]
        assert all(article.startswith(("L2", "R2", "L1", "L3", "R4", "L4", "R3", "Loi", "D")) for article in move["articles"]), (
            move["articles"]
        )
        assert move["text"].strip()
    for move in answer["forecast"]:
        assert move["articles"]
        assert move["condition"].strip()


@law
@given(records())
def test_what_is_forecast_happens_if_nothing_new_happens(case: Case) -> None:
    """The crown: asked again after each day of the forecast, the same movements are there, and nothing else."""
    answer = asked(case)
    rows = [{key: move[key] for key in ("on", "points", "account", "rule")} for move in answer["forecast"]]
    for count, move in enumerate(rows, start=1):
        later = asked(case, as_of=move["on"], **({"known_on": case["known_on"]} if case.get("known_on") else {}))
        happened = [{key: one[key] for key in move} for one in later["movements"] if one["on"] > case["as_of"]]
        assert happened[:count] == rows[:count]
        assert all(one["on"] == move["on"] for one in happened[count:])
    end = asked(case, as_of=after_months(max([case["as_of"], *(move["on"] for move in rows)]), 12 * 30))
    assert end["forecast"] == []
    assert [one["on"] for one in end["movements"]] == [one["on"] for one in answer["movements"] + answer["forecast"]]


@law
@given(records())
def test_the_day_before_and_the_day_itself(case: Case) -> None:
    """Nothing moves but by the movements and closings of the day."""
    answer = asked(case)
    moves: dict[str, list[Any]] = defaultdict(list)
    for move in answer["movements"]:
        moves[move["on"]].append(move)
    days = sorted(moves)
    situations = asked(case, on=sorted({*days, *map(day_before, days)}))["situations"]
    account = {here["on"]: here["account"] for here in situations}
    for day in days:
        start = 0 if any(move["rule"] == "initial" for move in moves[day]) else account[day_before(day)]
        last_licence = moves[day]
        for index, move in enumerate(moves[day]):
            if move["rule"] == "initial":
                last_licence = moves[day][index:]
        assert account[day] == start + sum(move["points"] for move in last_licence)


@law
@given(
    records(), st.integers(min_value=0, max_value=11), st.sampled_from(["C2", "C4", "D"]), st.integers(min_value=1, max_value=6)
)
def test_one_more_withdrawal_never_raises_the_balance(case: Case, age: int, category: str, points: int) -> None:
    """Up to the day the withdrawal is established, at least: later, a 48SI that it brings below zero may take effect."""
    committed = after_months(case["licence"]["obtained"], 12 * age + 1)
    more: Case = {"id": "one more", "type": "offence", "committed": committed, "category": category, "points": points}
    more |= {"established": after_months(committed, 2), "established_by": "conviction"}
    for known_on in (None, more["established"]):
        before = asked(case, as_of=more["established"], known_on=known_on)
        after = asked(case, as_of=more["established"], known_on=known_on, events=[*case["events"], more])
        assert after["balance"] <= before["balance"]
        assert after["account"] <= before["account"] or after["status"] != before["status"]


@law
@given(records())
def test_the_same_question_has_the_same_answer(case: Case) -> None:
    """No clock, nothing remembered, nothing changed in what was given."""
    given_case = deepcopy(case)
    assert evaluate(case) == evaluate(case)
    assert case == given_case


def learnt(event: Case) -> str:
    """The day an event became known (contract, Meaning 3)."""
    return str(event.get("recorded") or event.get("on") or event["established"] or event["committed"])


def days_of_knowledge(case: Case) -> list[str]:
    training = case["licence"].get("post_permit_training")
    return sorted({*(learnt(event) for event in case["events"]), *([training] if training else [])})


def at_some_day(draw_rank: int, case: Case) -> str:
    """One of the days on which something is learnt, or the day of the question."""
    days = [*days_of_knowledge(case), str(case["as_of"])]
    return days[draw_rank % len(days)]


@law
@given(records(), st.integers(min_value=0, max_value=30))
def test_what_is_forecast_today_happens_unless_something_is_learnt(case: Case, rank: int) -> None:
    """The crown, lived day after day: on each day what is known is what was learnt by then."""
    today = at_some_day(rank, case)
    answer = asked(case, as_of=today, known_on=today)
    news = next((day for day in days_of_knowledge(case) if day > today), "9999")
    for expected in answer["forecast"]:
        if expected["on"] >= news:
            break
        later = asked(case, as_of=expected["on"], known_on=expected["on"])
        columns = ("on", "points", "account", "rule", "articles")
        assert [expected[key] for key in columns] in [[move[key] for key in columns] for move in later["movements"]]


@law
@given(records(), st.integers(min_value=0, max_value=30))
def test_nothing_learnt_nothing_changes(case: Case, rank: int) -> None:
    """Between two days on which something is learnt, knowledge is the same, and so is every word of the answer."""
    today = at_some_day(rank, case)
    news = next((day for day in days_of_knowledge(case) if day > today), "2300-01-01")
    assert asked(case, known_on=today) == asked(case, known_on=day_before(news))


RETURNED = ("six_months", "one_year", "two_years", "three_years", "ten_years", "probation_increment", "probation_end")


@law
@given(records(), st.integers(min_value=0, max_value=30), st.integers(min_value=0, max_value=30))
def test_late_knowledge_takes_back_only_what_it_lists(case: Case, one: int, other: int) -> None:
    """A return credited by the first day of knowledge and absent on the second is listed in `revoked`, undone in between."""
    before, after = sorted((at_some_day(one, case), at_some_day(other, case)))
    first, second = asked(case, known_on=before), asked(case, known_on=after)
    still = [returned(move) for move in second["movements"]]
    listed = [(lost["would_have_been_on"], lost["rule"]) for lost in second["revoked"] if lost["undone_on"] > before]
    for move in first["movements"]:
        if move["rule"] in RETURNED and move["on"] <= before and returned(move) not in still:
            assert (move["on"], move["rule"]) in listed
            listed.remove((move["on"], move["rule"]))


def returned(move: Case) -> tuple[str, str, str | None]:
    """A full restoration stays the same when another offence becomes the last of its day."""
    return move["on"], move["rule"], None if move["rule"] in ("two_years", "three_years") else move["cause"]


@law
@given(records(), st.integers(min_value=0, max_value=30), st.integers(min_value=0, max_value=30))
def test_what_differs_between_two_days_of_knowledge_was_learnt_in_between(case: Case, one: int, other: int) -> None:
    """A withdrawal or a course that appears was itself learnt in between; one that goes needs a fact learnt in between."""
    before, after = sorted((at_some_day(one, case), at_some_day(other, case)))
    first, second = (asked(case, as_of="2300-01-01", known_on=day) for day in (before, after))
    news = [event for event in case["events"] if before < learnt(event) <= after]
    if not news and not before < (case["licence"].get("post_permit_training") or before) <= after:
        assert first["movements"] == second["movements"]
    unknown = {event["id"] for event in case["events"] if learnt(event) > after}
    assert not unknown & {move["cause"] for move in second["movements"]}
    assert not unknown & {lost["cause"] for lost in second["revoked"]}
    gone = {event["target"] for event in case["events"] if event["type"] == "decision_cancelled" and learnt(event) <= after}
    assert not gone & {move["cause"] for move in second["movements"]}


@law
@given(records())
def test_known_for_ever_is_hindsight(case: Case) -> None:
    """`known_on` far in the future adds nothing to what is given and takes nothing away."""
    assert asked(case, known_on="2300-01-01") == asked(case, known_on=None)


@law
@given(records())
def test_what_is_revoked_was_believed_once(case: Case) -> None:
    """On the eve of the day that undid it, the return was told as a movement or as the forecast of that morning."""
    answer = asked(case, known_on=None)
    for lost in answer["revoked"]:
        assert lost["would_have_been_on"] <= case["as_of"]
        assert lost["points"] > 0
        assert lost["would_have_been_on"] <= lost["undone_on"]
        eve = day_before(lost["undone_on"])
        believed = asked(case, as_of=eve, known_on=eve)
        told = [(move["on"], move["rule"], move["points"]) for move in believed["movements"] + believed["forecast"]]
        assert (lost["would_have_been_on"], lost["rule"], lost["points"]) in told


@law
@given(records())
def test_a_useful_course_is_useful(case: Case) -> None:
    """A voluntary course taken on the first useful day credits exactly the points promised; on the day before, nothing."""
    advice = asked(case)["course"]
    first = advice["first_useful_day"]
    assert advice["useful"] == (first is not None and day_before(first) == case["as_of"])
    if first is None or case.get("known_on"):
        return
    assert credited(case, first) == advice["points"] > 0
    if advice["last_useful_day"]:
        assert credited(case, advice["last_useful_day"]) > 0
    if not advice["useful"]:
        assert credited(case, day_before(first)) == 0


def credited(case: Case, last_day: str) -> int:
    """`~` sorts after every id of the record, so that a given course of the same day comes first."""
    course = {"id": "~", "type": "course", "on": last_day}
    answer = asked(case, events=[*case["events"], course], as_of=after_months(last_day, 1))
    return sum(int(move["points"]) for move in answer["movements"] if move["cause"] == "~")


@pytest.mark.parametrize("seed", range(20))
def test_seeds_are_valid(seed: int) -> None:
    """The generator itself: a record it draws is never refused."""
    evaluate(random_case(seed))
