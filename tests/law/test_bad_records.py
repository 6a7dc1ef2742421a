"""Records that contradict themselves: the refusal names the two facts that collide.

And what a careful reader would try though the contract does not name it: a code, or an answer that holds together.
"""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from mespoints.law.case_format import CaseError, evaluate
from mespoints.law.facts import Course, Suspension
from mespoints.law.record import Record
from mespoints.law.texts.article import under
from mespoints.law.texts.parameters import dated
from mespoints.law.texts.sentences import in_words
from tests.law.bad_cases import GOOD, changed, many_suspensions
from tests.law.drivers import Case, Event, driver, event, offence

AS_OF = "2022-01-01"
OBTAINED = "2010-02-03"
PAID = offence("paid", "2020-01-10", "2020-02-10", "C4", 3)
ALL_LOST = [offence(name, "2020-03-01", "2020-04-01", "D", 6) for name in ("six", "twelve")]
LETTER_48SI = event("48SI", "invalidation_notified", "2020-05-01")
NEW = event("new", "licence_obtained", "2021-01-15", probation="standard")


def record(*events: Event) -> Case:
    return {**driver(*events, obtained=OBTAINED), "as_of": AS_OF}


def refusal(case: object) -> CaseError:
    with pytest.raises(CaseError) as caught:
        evaluate(case)
    return caught.value


COLLIDING: dict[str, tuple[list[Event], str, str, tuple[str, str]]] = {  # events, code, path, how each fact is named
    "course before the licence": (
        [event("early", "course", "2010-02-02")], "before_licence", "events[0].on", ("'early' du 2010-02-02", OBTAINED)),
    "48N before the licence": (
        [PAID, event("48N", "mandatory_course_notified", "2009-01-01", target="paid")],
        "before_licence", "events[1].on", ("'48N' du 2009-01-01", OBTAINED)),
    "48SI before the licence": (
        [event("48SI", "invalidation_notified", "1999-12-31")],
        "before_licence", "events[0].on", ("'48SI' du 1999-12-31", OBTAINED)),
    "suspension before the licence": (
        [event("s", "suspension", "2010-01-01", until="2010-06-01")],
        "before_licence", "events[0].on", ("'s' du 2010-01-01", OBTAINED)),
    "second licence before the first": (
        [event("new", "licence_obtained", "2008-02-29", probation="none")],
        "before_licence", "events[0].on", ("'new' du 2008-02-29", OBTAINED)),
    "a group on two days": (
        [PAID, offence("other", "2020-01-11", "2020-02-10", simultaneous_with="paid")],
        "collision", "events[1].simultaneous_with", ("2020-01-11 pour 'other'", "2020-01-10 pour 'paid'")),
    "a chained group on two days": (
        [PAID, offence("b", "2020-01-10", None, simultaneous_with="paid"),
         offence("c", "2020-01-12", None, simultaneous_with="b")],
        "collision", "events[2].simultaneous_with", ("2020-01-12 pour 'c'", "2020-01-10 pour 'b'")),
    "code against points": (
        [offence("a", "2020-01-10", None, "C2", 2, offence="CLIGNOTANT")],
        "collision", "events[0].points", ("trouvé C2, 2 point(s)", "le catalogue donne C2, 3 point(s) pour 'CLIGNOTANT'")),
    "code against class": (
        [offence("a", "2020-01-10", None, "C4", 3, offence="CLIGNOTANT")],
        "collision", "events[0].category", ("trouvé C4, 3 point(s)", "le catalogue donne C2, 3 point(s) pour 'CLIGNOTANT'")),
    "code against class and points": (
        [offence("a", "2020-01-10", None, "C4", 1, offence="CLIGNOTANT")],
        "collision", "events[0].points", ("trouvé C4, 1 point(s)", "le catalogue donne C2, 3 point(s) pour 'CLIGNOTANT'")),
    "code not in force that day": (
        [{"id": "a", "type": "offence", "committed": "2025-07-10", "established": None, "offence": "DRUG_ALC_9PTS"}],
        "unknown_offence", "events[0].offence", ("'DRUG_ALC_9PTS'", "2025-07-10")),
    "same id twice": (
        [PAID, event("paid", "course", "2020-03-01")], "duplicate_id", "events[1].id", ("'paid'", "events[0]")),
    "suspension that ends before it starts": (
        [event("s", "suspension", "2020-05-02", until="2020-05-01")],
        "out_of_range", "events[0].until", ("2020-05-01", "2020-05-02")),
    "established before committed": (
        [offence("a", "2020-01-10", "2020-01-09")],
        "established_before_committed", "events[0].established", ("2020-01-09", "2020-01-10")),
    "established before committed in a group": (
        [PAID, offence("b", "2020-01-10", "2020-01-09", simultaneous_with="paid")],
        "established_before_committed", "events[1].established", ("2020-01-09", "2020-01-10")),
    "simultaneous with itself": (
        [offence("a", "2020-01-10", None, simultaneous_with="a")],
        "dangling_reference", "events[0].simultaneous_with", ("'a'", "'a'")),
    "simultaneous with a course": (
        [PAID, event("c", "course", "2020-03-01"), offence("b", "2020-03-01", None, simultaneous_with="c")],
        "dangling_reference", "events[2].simultaneous_with", ("'b'", "'c'")),
    "cancelled: a decision of nobody's": (
        [PAID, event("x", "decision_cancelled", "2020-03-01", target="nobody")],
        "dangling_reference", "events[1].target", ("'x'", "'nobody'")),
    "cancelled: a cancellation": (
        [PAID, event("x", "decision_cancelled", "2020-03-01", target="paid"),
         event("y", "decision_cancelled", "2020-03-02", target="x")],
        "dangling_reference", "events[2].target", ("'y'", "'x'")),
    "48N about itself": (
        [event("48N", "mandatory_course_notified", "2020-03-01", target="48N")],
        "dangling_reference", "events[0].target", ("'48N'", "'48N'")),
}  # fmt: skip


@pytest.mark.parametrize("name", COLLIDING)
def test_both_facts_are_named(name: str) -> None:
    events, code, path, (one, other) = COLLIDING[name]
    error = refusal(record(*deepcopy(events)))
    assert (error.code, error.path) == (code, path)
    assert one in error.message
    assert other in error.message.replace(one, "", 1), "the other fact"


@pytest.mark.parametrize("on", ["2010-02-03", "2015-06-01", "2021-01-15"])
def test_two_licences_at_once_are_answered_and_to_be_checked(on: str) -> None:
    """Contract, reading p: the new account opens all the same; the duty names the new licence, on the first day too."""
    second = event("second", "licence_obtained", on, probation="none")
    answer = evaluate(record(PAID, second))
    (duty,) = answer["obligations"]
    assert (duty["kind"], duty["cause"]) == ("check_record", "second")
    assert in_words(date.fromisoformat(OBTAINED)) in duty["text"]
    assert in_words(date.fromisoformat(on)) in duty["text"].replace(in_words(date.fromisoformat(OBTAINED)), "", 1)
    assert [move["rule"] for move in answer["movements"]].count("initial") == 2
    assert answer["status"] == "valid"


def test_two_new_licences_on_one_day() -> None:
    """The first stands after the invalidation; the second, by id, replaces it while it is alive."""
    twin = event("twin", "licence_obtained", "2021-01-15", probation="none")
    answer = evaluate(record(*ALL_LOST, LETTER_48SI, NEW, twin))
    assert [duty["cause"] for duty in answer["obligations"]] == ["twin"]
    assert answer["balance"] == 12


ANSWERED: dict[str, tuple[list[Event], int, str]] = {  # events, balance, status
    "annulment before the licence": ([event("j", "judicial_annulment", "2009-01-01")], 12, "valid"),
    "card surrendered before the licence": ([event("c", "licence_surrendered", "2009-01-01")], 12, "valid"),
    "offence before the licence": ([offence("a", "2010-02-02", "2020-12-31", "D", 6)], 12, "valid"),
    "48SI above zero": ([PAID, LETTER_48SI], 9, "valid"),
    "48SI twice": ([*ALL_LOST, LETTER_48SI, event("again", "invalidation_notified", "2020-06-01")], 0, "invalidated"),
    "48SI and annulment on one day": ([*ALL_LOST, LETTER_48SI, event("0", "judicial_annulment", "2020-05-01")], 0, "invalidated"),
    "annulment, then a 48SI": ([*ALL_LOST, event("j", "judicial_annulment", "2020-04-30"), LETTER_48SI], 0, "annulled"),
    "annulment of a licence already lost": ([*ALL_LOST, LETTER_48SI, event("j", "judicial_annulment", AS_OF)], 0, "invalidated"),
    "cancelled twice": (
        [PAID, *(event(name, "decision_cancelled", "2020-03-01", target="paid") for name in "xy")], 12, "valid"),
    "cancelled before it was committed": ([PAID, event("x", "decision_cancelled", "2011-01-01", target="paid")], 12, "valid"),
    "cancelled though never established": (
        [offence("a", "2020-01-10", None), event("x", "decision_cancelled", "2020-03-01", target="a")], 12, "valid"),
    "48N before the offence it speaks of": (
        [PAID, event("48N", "mandatory_course_notified", "2011-01-01", target="paid")], 9, "valid"),
    "48N about an offence of no points": (
        [offence("a", "2020-01-10", "2020-01-10", "C4", 0),
         event("48N", "mandatory_course_notified", "2020-02-01", target="a")], 12, "valid"),
    "group around a cancelled offence": (
        [PAID, offence("b", "2020-01-10", "2020-02-10", "D", 6, simultaneous_with="paid"),
         event("x", "decision_cancelled", "2020-03-01", target="paid")], 6, "valid"),
    "every offence simultaneous with the next": (
        [offence(name, "2021-01-10", "2021-02-10", "C4", 4, simultaneous_with=other)
         for name, other in ("ab", "bc", "ca")], 4, "valid"),
    "suspension of one day": ([event("s", "suspension", "2020-05-01", until="2020-05-01")], 12, "valid"),
    "two suspensions at once": (many_suspensions(2), 12, "valid"),
    "recorded before it was committed": ([{**PAID, "recorded": "2011-01-01"}], 9, "valid"),
    "course taken twice on one day": (
        [*ALL_LOST, event("1", "course", "2020-04-10"), event("2", "course", "2020-04-10")], 4, "valid"),
    "course after the 48SI": ([*ALL_LOST, LETTER_48SI, event("1", "course", "2020-05-01")], 0, "invalidated"),
    "course that ends on the eve of the 48SI": ([*ALL_LOST, LETTER_48SI, event("1", "course", "2020-04-30")], 4, "valid"),
    "new licence on the day of the 48SI": ([*ALL_LOST, LETTER_48SI, {**NEW, "on": "2020-05-01"}], 8, "valid"),
    "all at once": (
        [*({**each, "established": "2020-03-01"} for each in ALL_LOST), event("1", "course", "2020-03-01"),
         {**LETTER_48SI, "on": "2020-03-01"}, event("j", "judicial_annulment", "2020-03-01"), {**NEW, "on": "2020-03-01"}],
        0, "zero_not_notified"),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERED)
def test_answered_all_the_same(name: str) -> None:
    events, balance, status = ANSWERED[name]
    answer = evaluate(record(*deepcopy(events)))
    assert (answer["balance"], answer["status"]) == (balance, status)


@pytest.mark.parametrize("training", ["1950-01-01", "2010-02-02", "2010-02-03", "9000-01-01"])
def test_training_at_odd_times_changes_nothing(training: str) -> None:
    told = record(PAID)
    assert evaluate({**told, "licence": {**told["licence"], "post_permit_training": training}}) == evaluate(told)


@pytest.mark.parametrize("known_on", ["0001-01-01", "2010-02-02", "9900-12-31"])
def test_any_day_of_knowledge(known_on: str) -> None:
    """The first licence is always known; before anything else was, nothing is lost."""
    assert evaluate({**record(PAID), "known_on": known_on})["balance"] == (9 if known_on > AS_OF else 12)


ODD_VALUES: list[tuple[Any, ...]] = [  # path, value, code, a piece of what was found
    ("events", 0, "vehicle_needs_licence", "no", "unknown_value", '"no"'),
    ("events", 0, "vehicle_needs_licence", 1, "unknown_value", "1"),
    ("events", 0, "points", "3", "unknown_value", '"3"'),
    ("events", 0, "points", float("inf"), "out_of_range", "Infinity"),
    ("events", 0, "points", 10**5000, "out_of_range", "démesurée"),
    ("events", 0, "id", "a" * 65, "out_of_range", "65"),
    ("events", 0, "id", 7, "unknown_value", "7"),
    ("events", 0, [], "unknown_value", "[]"),
    ("events", 0, "offence", None, "unknown_value", "null"),
    ("events", 0, "offence", "\ud800", "unknown_offence", "\\ud800"),
    ("events", 0, "offence", "X" * 1_000_000, "unknown_offence", "XXX"),
    ("events", 0, "X" * 1_000_000, 1, "unknown_field", "XXX"),
    ("as_of", "9901-01-01", "out_of_range", "9901-01-01"),
    ("as_of", ["2020-01-01"], "not_a_day", "2020-01-01"),
    ("on", "2020-01-01", "unknown_value", "2020-01-01"),
    ("licence", "obtained", "\0", "not_a_day", "\\u0000"),
]


@pytest.mark.parametrize(
    ("place", "code", "found"), [(row[:-2], row[-2], row[-1]) for row in ODD_VALUES], ids=range(len(ODD_VALUES))
)
def test_odd_values(place: tuple[Any, ...], code: str, found: str) -> None:
    error = refusal(changed(*place))
    assert error.code == code
    assert found in error.message
    assert len(error.path) + len(error.message) < 500, "whatever its size, it is told in a few words"


def test_as_deep_as_can_be_read() -> None:
    """What the reader of JSON just allows is refused by name too, though it could not be written again."""
    for depth in range(20, 1200, 7):
        deep: Any = []
        for _ in range(depth):
            deep = [deep]
        assert refusal(GOOD | {"as_of": deep}).code == "not_a_day"


def test_what_the_package_itself_refuses() -> None:
    """Mistakes of who builds records or writes the law's texts: told, with what to do."""
    course = Course(fact_id="a", on=date(2020, 1, 1))
    with pytest.raises(ValueError, match="each fact is given once"):
        Record.of([course, Suspension(fact_id="a", on=date(2020, 1, 1), until=date(2020, 2, 1))])
    with pytest.raises(ValueError, match=r"L999-1 al\. 4"):
        under("L999-1", 4)
    first, second = {"from": date(2001, 1, 1), "value": 1}, {"from": date(2002, 1, 1), "value": 2}
    assert dated("fine", [first, second]).in_force(date(2001, 12, 31)) == 1
    for values in ([second, first], [first, first], [{**first, "value": "1"}], [{**first, "from": "2001-01-01"}]):
        with pytest.raises(ValueError, match=r"parameters\.toml: odd"):
            dated("odd", values)
