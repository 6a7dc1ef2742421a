"""The law in time: every figure of parameters.toml, on the eve of its first day and on that day.

The answers are written by hand; the sources of the figures stand in parameters.toml.
"""

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from importlib.resources import files

import pytest

from mespoints.law.case_format import evaluate
from tests.law.drivers import Event, all_lost, asked, driver, event, offence

Question = Callable[[str], object]


def training_ends_on(path: str) -> Question:
    return lambda day: asked(driver(obtained=day, probation=path, training="2019-08-01"), day)["probation"]["ends_on"]


def points_after(path: str, years: int) -> Question:
    """Points of a licence obtained on the day, once that many years have run."""
    return lambda day: asked(driver(obtained=day, probation=path), f"{int(day[:4]) + years}{day[4:]}")["balance"]


def established(points: int, later: str) -> Question:
    return lambda day: asked(driver(offence("a", day, day, "C2", points)), later)["balance"]


def group(*scales: tuple[str, int]) -> Question:
    """Points left after offences of one instant, of these classes and points."""

    def answer(day: str) -> object:
        ranked = enumerate(scales)
        members = [
            offence(str(rank), day, day, *scale, simultaneous_with=str((rank + 1) % len(scales))) for rank, scale in ranked
        ]
        return asked(driver(*members), day)["balance"]

    return answer


def course_effective(*events: Event) -> Question:
    """Balance on the day a second or only course becomes effective."""

    def answer(day: str) -> object:
        last_day = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
        return asked(driver(*events, event("z", "course", last_day)), day)["balance"]

    return answer


def letter_due(day: str) -> object:
    letter = event("48N", "mandatory_course_notified", day, target="a")
    return asked(driver(offence("a", day, day, "C4", 3), letter), day)["obligations"][0]["due_on"]


def second_ban(day: str) -> object:
    again = event("new", "licence_obtained", "2002-01-15", probation="none")
    return asked(driver(*all_lost("2001-01-15"), again, *all_lost(day, "2")), day)["new_licence_from"]


ELEVEN_LOST = (offence("a", "2010-01-01", "2010-01-01", "D", 6), offence("b", "2010-01-01", "2010-01-01", "C5", 5))
COURSE_OF_2010 = event("1", "course", "2010-01-01")
LAW_IN_TIME: list[tuple[str, str, str, Question, object, object]] = [  # figure, eve, first day, question, its two answers
    ("initial_in_probation", "2004-02-29", "2004-03-01", points_after("standard", 0), 12, 6),
    ("probation_standard", "2004-02-29", "2004-03-01", training_ends_on("standard"), None, "2007-03-01"),
    ("probation_aac", "2004-02-29", "2004-03-01", training_ends_on("aac"), None, "2006-03-01"),
    ("probation_standard_trained", "2018-12-31", "2019-01-01", training_ends_on("standard"), "2021-12-31", "2021-01-01"),
    ("probation_aac_trained", "2018-12-31", "2019-01-01", training_ends_on("aac"), "2020-12-31", "2020-07-01"),
    ("training_from", "2018-12-31", "2019-01-01", training_ends_on("standard"), "2021-12-31", "2021-01-01"),
    ("training_until", "2018-12-31", "2019-01-01", training_ends_on("standard"), "2021-12-31", "2021-01-01"),
    ("increment_standard", "2007-12-30", "2007-12-31", points_after("standard", 1), 6, 8),
    ("increment_aac", "2007-12-30", "2007-12-31", points_after("aac", 1), 6, 9),
    ("simultaneous_cap", "2003-06-12", "2003-06-13", group(("C4", 4), ("C4", 4)), 6, 4),
    ("simultaneous_cap_with_drugs_and_alcohol", "2025-07-10", "2025-07-11", group(("D", 9), ("C4", 3)), 4, 3),
    ("single_point_return", "2006-12-31", "2007-01-01", established(1, "2008-01-01"), 11, 12),
    ("single_point_return", "2010-12-31", "2011-01-01", established(1, "2011-07-01"), 11, 12),
    ("restoration_short", "2010-12-31", "2011-01-01", established(2, "2013-01-01"), 10, 12),
    ("course_limit", "2004-02-29", "2004-03-01", course_effective(offence("a", "2003-01-01", "2003-02-01")), 11, 12),
    ("course_spacing", "2011-03-15", "2011-03-16", course_effective(*ELEVEN_LOST, COURSE_OF_2010), 5, 9),
    ("mandatory_course_delay", "2004-02-29", "2004-03-01", letter_due, "2004-05-29", "2004-07-01"),
    ("new_licence_ban_repeated", "2003-06-12", "2003-06-13", second_ban, "2003-12-12", "2004-06-13"),
]
OPENING = "1992-12-01"


@pytest.mark.parametrize(("figure", "eve", "day", "question", "before", "after"), LAW_IN_TIME)
def test_law_in_time(figure: str, eve: str, day: str, question: Question, before: object, after: object) -> None:
    assert date.fromisoformat(eve) + timedelta(days=1) == date.fromisoformat(day)
    assert (question(eve), question(day)) == (before, after), figure


def test_every_first_day_of_a_figure_is_in_the_table() -> None:
    """A new figure of the law is a new row above. Those of 1992-12-01 open the account: the test below."""
    text = files("mespoints.law.texts").joinpath("parameters.toml").read_text(encoding="utf-8")
    in_force = {(name, str(row["from"])) for name, figure in tomllib.loads(text).items() for row in figure["values"]}
    assert {each for each in in_force if each[1] != OPENING} == {(figure, day) for figure, _eve, day, *_ in LAW_IN_TIME}


def test_nothing_before_the_opening() -> None:
    """Law.md Q16: every older licence starts at twelve on 1992-12-01, and earlier offences are ignored."""
    for obtained in ("1985-03-04", "1992-11-30", "1992-12-01"):
        answer = evaluate({**driver(obtained=obtained), "as_of": "1992-12-01", "on": ["1992-11-30"]})
        assert [(here["status"], here["balance"]) for here in answer["situations"]] == [("none", 0), ("valid", 12)]
    for committed, balance in (("1992-11-30", 12), ("1992-12-01", 10)):
        assert asked(driver(offence("a", committed, "1993-01-15")), "1993-01-15")["balance"] == balance
