"""The eve and the day itself of every delay of the law, month ends and 29 February included.

Every day and every figure is written by hand from the text beside it; nothing here is computed by the engine's functions.
"""

from datetime import date, timedelta

import pytest

from mespoints.law.case_format import evaluate
from tests.law.drivers import Case, all_lost, asked, driver, event, offence, pending


def balances(case: Case, eve: str, day: str) -> tuple[int, int]:
    """On both days, which must follow each other."""
    assert date.fromisoformat(eve) + timedelta(days=1) == date.fromisoformat(day)
    answer = evaluate({**case, "as_of": day, "on": [eve]})
    return tuple(here["balance"] for here in answer["situations"])


# What time gives back: L223-6

SINGLE_POINT = [  # established, still missing on, back on
    ("2006-12-31", "2009-12-30", "2009-12-31", "before 2007 no paragraph of its own: the three years of al. 1"),
    ("2007-01-01", "2007-12-31", "2008-01-01", "al. 3, Loi 2007-297: one year"),
    ("2008-02-29", "2009-02-27", "2009-02-28", "one year from 29 February: the last day of the month"),
    ("2009-03-31", "2010-03-30", "2010-03-31", "one year, month end"),
    ("2010-12-31", "2011-12-30", "2011-12-31", "established before 2011: still one year"),
    ("2011-01-01", "2011-06-30", "2011-07-01", "al. 3, Loi 2011-267: six months"),
    ("2011-08-31", "2012-02-28", "2012-02-29", "six months: no 31 February, a leap year"),
    ("2012-08-31", "2013-02-27", "2013-02-28", "six months: no 31 February, a common year"),
    ("2012-08-29", "2013-02-27", "2013-02-28", "six months: no 29 February that year"),
    ("2012-02-29", "2012-08-28", "2012-08-29", "six months from 29 February: not the month end"),
    ("2013-03-31", "2013-09-29", "2013-09-30", "six months: no 31 September"),
    ("2020-12-31", "2021-06-29", "2021-06-30", "six months: no 31 June"),
    ("2013-10-29", "2014-04-28", "2014-04-29", "CE 4 December 2017, 402423"),
]


@pytest.mark.parametrize(("established", "eve", "day", "article"), SINGLE_POINT)
def test_single_point(established: str, eve: str, day: str, article: str) -> None:
    assert balances(driver(offence("a", established, established, "C2", 1)), eve, day) == (11, 12), article


RESTORATION = [  # class, points, established, still missing on, back to twelve on
    ("C2", 2, "1992-12-01", "1995-11-30", "1995-12-01", "L223-6 until 2010: three years for all"),
    ("C2", 2, "2007-08-01", "2010-07-31", "2010-08-01", "three years: CE 17 February 2016, 380684"),
    ("C2", 2, "2008-02-29", "2011-02-27", "2011-02-28", "three years from 29 February"),
    ("C2", 2, "2010-12-31", "2013-12-30", "2013-12-31", "established before 2011: three years (CE 21 November 2016, 392555)"),
    ("C2", 2, "2011-01-01", "2012-12-31", "2013-01-01", "al. 1, Loi 2011-267: two years"),
    ("C3", 2, "2012-02-29", "2014-02-27", "2014-02-28", "two years from 29 February"),
    ("C3", 3, "2014-02-28", "2016-02-27", "2016-02-28", "two years: the 28th, though February has 29 days"),
    ("C1", 1, "2021-08-31", "2022-02-27", "2022-02-28", "a single point comes first (al. 3)"),
    ("C2", 3, "2021-08-31", "2023-08-30", "2023-08-31", "two years, month end"),
    ("C4", 3, "2010-12-31", "2013-12-30", "2013-12-31", "al. 2: three years, before and"),
    ("C4", 3, "2011-01-01", "2013-12-31", "2014-01-01", "after 2011, class 4"),
    ("C5", 3, "2012-02-29", "2015-02-27", "2015-02-28", "al. 2, class 5, from 29 February"),
    ("D", 6, "2013-02-28", "2016-02-27", "2016-02-28", "al. 2, délit: the 28th of a leap year"),
    ("D", 6, "2019-12-31", "2022-12-30", "2022-12-31", "al. 2, délit, end of the year"),
]


@pytest.mark.parametrize(("category", "points", "established", "eve", "day", "article"), RESTORATION)
def test_restoration(category: str, points: int, established: str, eve: str, day: str, article: str) -> None:
    case = driver(offence("a", established, established, category, points))
    assert balances(case, eve, day) == (12 - points, 12), article


TEN_YEARS = [  # class, established, still missing on, back on
    ("C1", "1992-12-01", "2002-11-30", "2002-12-01", "L223-6 al. 5"),
    ("C2", "2004-02-29", "2014-02-27", "2014-02-28", "from 29 February"),
    ("C3", "2010-02-28", "2020-02-27", "2020-02-28", "the 28th of a leap year"),
    ("C4", "2012-08-31", "2022-08-30", "2022-08-31", "month end"),
]


@pytest.mark.parametrize(("category", "established", "eve", "day", "article"), TEN_YEARS)
def test_ten_years(category: str, established: str, eve: str, day: str, article: str) -> None:
    """An offence of the day of establishment, itself never established, keeps the full restoration away."""
    case = driver(offence("a", established, established, category, 3), pending(established))
    assert balances(case, eve, day) == (9, 12), article


@pytest.mark.parametrize("category", ["C5", "D"])
def test_no_ten_years_above_class_4(category: str) -> None:
    case = driver(offence("a", "2010-02-28", "2010-02-28", category, 3), pending("2010-02-28"))
    assert balances(case, "2020-02-28", "2020-02-29") == (9, 9), "L223-6 al. 5: classes 1 to 4"


BROKEN = [  # points, established, due, a new offence committed on, does it break the period?
    (1, "2013-10-29", "2014-04-29", "2013-10-28", False, "L223-6 al. 3: committed before the period (CE 402423)"),
    (1, "2013-10-29", "2014-04-29", "2013-10-29", True, "on its first day"),
    (1, "2013-10-29", "2014-04-29", "2014-04-28", True, "on its last day"),
    (1, "2013-10-29", "2014-04-29", "2014-04-29", False, "the day it has run (law.md Q8)"),
    (1, "2011-08-31", "2012-02-29", "2012-02-28", True, "last day before 29 February"),
    (1, "2011-08-31", "2012-02-29", "2012-02-29", False, "29 February itself"),
    (2, "2012-02-29", "2014-02-28", "2012-02-28", False, "L223-6 al. 1: committed before the period"),
    (2, "2012-02-29", "2014-02-28", "2012-02-29", True, "on its first day"),
    (2, "2012-02-29", "2014-02-28", "2014-02-27", True, "on its last day"),
    (2, "2012-02-29", "2014-02-28", "2014-02-28", False, "the day it has run"),
]


@pytest.mark.parametrize(("points", "established", "due", "committed", "breaks", "article"), BROKEN)
def test_what_breaks_a_period(points: int, established: str, due: str, committed: str, breaks: bool, article: str) -> None:  # noqa: FBT001
    case = driver(offence("a", established, established, "C2", points), pending(committed))
    assert asked(case, due)["balance"] == (12 - points if breaks else 12), article


# Courses: L223-6 al. 4 and R223-8

EFFECT = [  # last day, eve of its effect, its effect
    ("2019-12-31", "2019-12-31", "2020-01-01"),
    ("2020-02-28", "2020-02-28", "2020-02-29"),
    ("2020-02-29", "2020-02-29", "2020-03-01"),
    ("2021-02-28", "2021-02-28", "2021-03-01"),
]


@pytest.mark.parametrize(("last_day", "eve", "day"), EFFECT)
def test_a_course_takes_effect_the_day_after(last_day: str, eve: str, day: str) -> None:
    case = driver(offence("a", "2019-11-01", "2019-11-30", "D", 6), event("course", "course", last_day))
    assert balances(case, eve, day) == (6, 10), "R223-8 III"


SPACING = [  # last day of the first course, last day of a second one too early by a day, one day later
    ("1999-04-29", "2001-04-28", "2001-04-29", "R223-8 II until 2011: two years, from effect to effect"),
    ("2004-02-28", "2006-02-26", "2006-02-27", "two years from an effect on 29 February"),
    ("2009-03-15", "2011-03-14", "2011-03-15", "its effect of 16 March 2011 is the first under the one-year rule too"),
    ("2009-12-31", "2011-03-14", "2011-03-15", "L223-6 al. 4 from 16 March 2011: one year, which has long run"),
    ("2012-02-28", "2013-02-26", "2013-02-27", "one year from an effect on 29 February"),
    ("2015-02-27", "2016-02-26", "2016-02-27", "one year: the 28th of a leap year"),
    ("2019-12-30", "2020-12-29", "2020-12-30", "one year, end of the year (law.md Q7: not a year and a day)"),
]


@pytest.mark.parametrize(("first", "early", "right", "article"), SPACING)
def test_two_courses(first: str, early: str, right: str, article: str) -> None:
    """Eleven points lost on the last day of the first course: 1, then 5, then 9 if the second counts."""
    losses = offence("a", first, first, "D", 6), offence("b", first, first, "C5", 5)
    for second, balance in ((early, 5), (right, 9)):
        case = driver(*losses, event("1", "course", first), event("2", "course", second))
        answer = asked(case, (date.fromisoformat(second) + timedelta(days=1)).isoformat())
        assert answer["balance"] == balance, article


# Probation: L223-1 al. 2 and R223-1

YEARS = [  # licence obtained, path, training, then (eve, its points, day, its points) for each step
    ("2004-02-29", "standard", None, [("2004-02-28", 0, "2004-02-29", 12)], "before 2004-03-01: no probation"),
    ("2004-03-01", "standard", None, [("2005-03-01", 6, "2005-03-02", 6), ("2007-02-28", 6, "2007-03-01", 12)], "flat, 3 years"),
    ("2004-03-01", "aac", None, [("2006-02-28", 6, "2006-03-01", 12)], "flat, 2 years"),
    ("2007-12-30", "standard", None, [("2008-12-29", 6, "2008-12-30", 6), ("2010-12-29", 6, "2010-12-30", 12)], "last flat one"),
    ("2007-12-30", "aac", None, [("2008-12-29", 6, "2008-12-30", 6), ("2009-12-29", 6, "2009-12-30", 12)], "last flat one"),
    ("2007-12-31", "standard", None,
     [("2008-12-30", 6, "2008-12-31", 8), ("2009-12-30", 8, "2009-12-31", 10), ("2010-12-30", 10, "2010-12-31", 12)], "+2"),
    ("2007-12-31", "aac", None, [("2008-12-30", 6, "2008-12-31", 9), ("2009-12-30", 9, "2009-12-31", 12)], "+3 yearly"),
    ("2008-02-29", "standard", None,
     [("2009-02-27", 6, "2009-02-28", 8), ("2010-02-27", 8, "2010-02-28", 10), ("2011-02-27", 10, "2011-02-28", 12)], "from 29"),
    ("2012-02-29", "aac", None, [("2013-02-27", 6, "2013-02-28", 9), ("2014-02-27", 9, "2014-02-28", 12)], "from 29"),
    ("2015-02-28", "standard", None, [("2016-02-27", 6, "2016-02-28", 8), ("2018-02-27", 10, "2018-02-28", 12)], "28, leap year"),
    ("2019-01-01", "standard", "2019-08-01",
     [("2019-12-31", 6, "2020-01-01", 8), ("2020-12-31", 8, "2021-01-01", 12)], "R223-1 II: training, 2 years"),
    ("2020-02-29", "standard", "2020-09-30", [("2021-02-27", 6, "2021-02-28", 8), ("2022-02-27", 8, "2022-02-28", 12)], "same"),
    ("2019-08-31", "aac", "2020-03-31", [("2020-08-30", 6, "2020-08-31", 9), ("2021-02-27", 9, "2021-02-28", 12)], "18 months"),
    ("2022-08-31", "aac", "2023-03-31", [("2023-08-30", 6, "2023-08-31", 9), ("2024-02-28", 9, "2024-02-29", 12)], "same, leap"),
]  # fmt: skip


@pytest.mark.parametrize(("obtained", "path", "training", "steps", "article"), YEARS)
def test_years_of_probation(
    obtained: str, path: str, training: str | None, steps: list[tuple[str, int, str, int]], article: str
) -> None:
    case = driver(obtained=obtained, probation=path, training=training)
    for eve, before, day, after in steps:
        assert balances(case, eve, day) == (before, after), article


SPOILT = [  # path, an offence committed on, day of the question, points that day
    ("standard", "2021-05-30", "2021-05-31", 6, "L223-1 al. 2: committed on the last day of the first year, no increment"),
    ("standard", "2021-05-31", "2021-05-31", 8, "on the anniversary: that year was clean"),
    ("standard", "2021-05-31", "2022-05-31", 8, "but not the next"),
    ("standard", "2023-05-30", "2023-05-31", 10, "R223-1 IV: on the last day of probation, the balance stays"),
    ("standard", "2023-05-31", "2023-05-31", 12, "the day after"),
    ("standard", "2020-05-30", "2023-05-31", 12, "before the licence"),
    ("aac", "2022-05-30", "2022-05-31", 9, "two years: on the last day"),
    ("aac", "2022-05-31", "2022-05-31", 12, "the day after"),
]


@pytest.mark.parametrize(("path", "committed", "day", "balance", "article"), SPOILT)
def test_what_spoils_a_probation(path: str, committed: str, day: str, balance: int, article: str) -> None:
    assert asked(driver(pending(committed), obtained="2020-05-31", probation=path), day)["balance"] == balance, article


TRAINING = [  # licence obtained, day of the training, end of probation
    ("2019-01-15", "2019-07-14", "2022-01-15", "R223-4-1 II: the eve of the window"),
    ("2019-01-15", "2019-07-15", "2021-01-15", "its first day"),
    ("2019-01-15", "2020-01-15", "2021-01-15", "its last day"),
    ("2019-01-15", "2020-01-16", "2022-01-15", "the day after"),
    ("2019-08-31", "2020-02-28", "2022-08-31", "six months end on 29 February: the eve"),
    ("2019-08-31", "2020-02-29", "2021-08-31", "the day"),
    ("2020-08-31", "2021-02-27", "2023-08-31", "six months end on 28 February: the eve"),
    ("2020-08-31", "2021-02-28", "2022-08-31", "the day"),
    ("2020-02-29", "2021-02-28", "2022-02-28", "twelve months end on 28 February: the day"),
    ("2020-02-29", "2021-03-01", "2023-02-28", "the day after"),
]


@pytest.mark.parametrize(("obtained", "training", "ends_on", "article"), TRAINING)
def test_window_of_the_training(obtained: str, training: str, ends_on: str, article: str) -> None:
    case = driver(obtained=obtained, probation="standard", training=training)
    assert asked(case, obtained)["probation"] == {"active": True, "ends_on": ends_on}, article
    eve = (date.fromisoformat(ends_on) - timedelta(days=1)).isoformat()
    assert [asked(case, day)["probation"]["active"] for day in (eve, ends_on)] == [True, False]


LOST_BENEFIT = [  # what happens, on, end of probation of a licence of 2020-02-29, trained
    ("suspension", "2022-02-27", "2023-02-28", "R225-2 III: suspended before the shortened end"),
    ("suspension", "2022-02-28", "2022-02-28", "on that very day: the benefit is kept"),
    ("offence", "2022-02-27", "2023-02-28", "L223-1 al. 2: an offence before the shortened end"),
    ("offence", "2022-02-28", "2022-02-28", "on that very day"),
]


@pytest.mark.parametrize(("what", "on", "ends_on", "article"), LOST_BENEFIT)
def test_what_loses_the_benefit_of_training(what: str, on: str, ends_on: str, article: str) -> None:
    told = pending(on) if what == "offence" else event("s", "suspension", on, until="2022-12-31")
    case = driver(told, obtained="2020-02-29", probation="standard", training="2020-10-01")
    assert asked(case, "2020-03-01")["probation"]["ends_on"] == ends_on, article


# Duties and bans: R223-4 and L223-5

LETTERS = [  # 48N received, last day to take the course, first day overdue
    ("2003-11-30", "2004-02-29", "2004-03-01", "R223-4 of 2001-06-01: three months"),
    ("2004-02-29", "2004-05-29", "2004-05-30", "received before 2004-03-01: still three"),
    ("2004-03-01", "2004-07-01", "2004-07-02", "R223-4 I: four months"),
    ("2019-10-31", "2020-02-29", "2020-03-01", "no 31 February, a leap year"),
    ("2020-10-29", "2021-02-28", "2021-03-01", "no 29 February that year"),
    ("2020-02-29", "2020-06-29", "2020-06-30", "from 29 February: not the month end"),
    ("2020-12-31", "2021-04-30", "2021-05-01", "no 31 April"),
]


@pytest.mark.parametrize(("received", "last_day", "overdue_from", "article"), LETTERS)
def test_mandatory_course(received: str, last_day: str, overdue_from: str, article: str) -> None:
    case = driver(offence("a", received, received, "C4", 3), event("48N", "mandatory_course_notified", received, target="a"))
    assert date.fromisoformat(last_day) + timedelta(days=1) == date.fromisoformat(overdue_from)
    for day, overdue in ((last_day, False), (overdue_from, True)):
        (duty,) = asked(case, day)["obligations"]
        assert (duty["kind"], duty["due_on"], duty["overdue"]) == ("mandatory_course", last_day, overdue), article
    eve = (date.fromisoformat(received) - timedelta(days=1)).isoformat()
    assert asked(case, eve)["obligations"] == []


EXPECTED_COURSE = [  # points, committed, is a 48N to be expected?
    (3, "2023-05-30", True, "L223-6 al. 4: a quarter of twelve, on the last day of probation"),
    (3, "2023-05-31", False, "the day after"),
    (3, "2020-05-31", True, "on its first day"),
    (2, "2023-05-30", False, "two points"),
]


@pytest.mark.parametrize(("points", "committed", "expected", "article"), EXPECTED_COURSE)
def test_mandatory_course_to_be_expected(points: int, committed: str, expected: bool, article: str) -> None:  # noqa: FBT001
    case = driver(offence("a", committed, "2023-07-01", "C4", points), obtained="2020-05-31", probation="standard")
    kinds = [duty["kind"] for duty in asked(case, "2023-07-01")["obligations"]]
    assert kinds == (["mandatory_course_expected"] if expected else []), article
    assert asked(case, "2023-06-30")["obligations"] == [], "nothing before the offence is established"


SURRENDERS = [  # 48SI received and card surrendered, a new licence from
    ("2020-02-29", "2020-08-29"),
    ("2019-08-31", "2020-02-29"),
    ("2020-08-31", "2021-02-28"),
    ("2020-12-31", "2021-06-30"),
    ("2021-02-28", "2021-08-28"),
    ("1999-03-31", "1999-09-30"),
]


@pytest.mark.parametrize(("day", "new_licence_from"), SURRENDERS)
def test_ban_of_six_months(day: str, new_licence_from: str) -> None:
    answer = asked(driver(*all_lost(day)), day)
    assert (answer["status"], answer["new_licence_from"]) == ("invalidated", new_licence_from), "L223-5 II"


@pytest.mark.parametrize(("surrendered", "new_licence_from"), [("2021-03-14", None), ("2021-03-15", "2021-09-15")])
def test_a_card_surrendered_before_the_loss_starts_nothing(surrendered: str, new_licence_from: str | None) -> None:
    case = driver(*all_lost("2021-03-15")[:3], event("card", "licence_surrendered", surrendered))
    assert asked(case, "2021-03-20")["new_licence_from"] == new_licence_from, "L223-5 II: from the surrender"


SECOND_LOSSES = [  # first loss, new licence, second loss, a new licence from
    ("2001-01-15", "2002-01-15", "2003-06-12", "2003-12-12", "before Loi 2003-495: six months each time"),
    ("2001-01-15", "2002-01-15", "2003-06-13", "2004-06-13", "L223-5 II: one year"),
    ("2015-08-31", "2016-03-01", "2020-08-30", "2021-08-30", "on the last day of the five years"),
    ("2015-08-31", "2016-03-01", "2020-08-31", "2021-02-28", "the day after: six months, and no 31 February"),
    ("2016-02-29", "2016-09-01", "2021-02-27", "2022-02-27", "five years from 29 February: the last day"),
    ("2016-02-29", "2016-09-01", "2021-02-28", "2021-08-28", "the day after"),
    ("2019-01-31", "2019-08-01", "2020-02-29", "2021-02-28", "one year from 29 February"),
]


@pytest.mark.parametrize(("first", "new", "second", "new_licence_from", "article"), SECOND_LOSSES)
def test_ban_after_a_second_loss(first: str, new: str, second: str, new_licence_from: str, article: str) -> None:
    again = event("new", "licence_obtained", new, probation="none")
    assert asked(driver(*all_lost(first), again, *all_lost(second, "2")), second)["new_licence_from"] == new_licence_from, article
