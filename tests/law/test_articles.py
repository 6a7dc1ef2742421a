"""The corpus: versions in order, rules that cite what was in force, a law page that leaves no article unexplained."""

import importlib
import re
from datetime import date
from typing import Any

import pytest

from mespoints.law import documentation
from mespoints.law.case_format import read_case
from mespoints.law.documentation import (
    all_cases,
    all_figures,
    all_not_modelled,
    named_in,
    references_in,
    rules_under,
    sheet,
    shown_by,
    spoken_period,
    spoken_values,
    spoken_version,
)
from mespoints.law.readings.explanation import explanation
from mespoints.law.replay import replay
from mespoints.law.rules import course, probation, restoration, withdrawal
from mespoints.law.texts import article
from mespoints.law.texts.article import CORPUS, WORDINGS, articles_of, numbers_on, paragraph, under, wording
from mespoints.law.texts.parameters import PARAMETERS
from mespoints.law.texts.readings import readings_taken
from scripts.law_page import LIST, PAGE, law_page, list_of_cases
from tests.law.case_files import cases
from tests.law.random_records import random_case

CODIFICATION = date(2001, 6, 1)
TODAYS_CODE = re.compile(r"[LR]\d{3}-\d")

# law.md §1.1, §3 and §4.1, and the dated versions it rests on: every wording of the code since the codification.
KNOWN_WORDINGS = {
    "L223-1": ["2001-06-01", "2003-06-13", "2007-12-31", "2011-03-16", "2015-08-08", "2018-03-30"],
    "L223-2": ["2001-06-01", "2003-06-13"],
    "L223-5": ["2001-06-01", "2002-01-01", "2003-06-13", "2007-03-07", "2021-09-30"],
    "L223-6": ["2001-06-01", "2003-06-13", "2007-03-07", "2011-03-16"],
    "R223-1": ["2001-06-01", "2004-03-01", "2007-05-10", "2019-01-01"],
    "R223-2": ["2001-06-01", "2003-07-12"],
    "R223-4": ["2001-06-01", "2004-03-01"],
    "R223-4-1": ["2019-01-01"],
}


@pytest.mark.parametrize("name", KNOWN_WORDINGS)
def test_every_known_wording_is_there(name: str) -> None:
    days = {version.since for each in CORPUS.values() if each.article == name for version in each.versions}
    assert sorted(day for day in days if day >= CODIFICATION) == [date.fromisoformat(day) for day in KNOWN_WORDINGS[name]]


@pytest.mark.parametrize("reference", CORPUS)
def test_a_paragraph_is_told_in_two_languages_and_in_order(reference: str) -> None:
    told = CORPUS[reference]
    for words in (told.title, told.in_plain_words, told.title_in_english, told.in_english):
        assert words == words.strip() != ""
    assert told.in_plain_words.endswith(".")
    assert told.in_english.endswith(".")
    assert told.versions[-1].reference == reference
    assert told.versions[-1].in_plain_words == told.in_plain_words
    for earlier, later in zip(told.versions, told.versions[1:], strict=False):
        assert earlier.until == later.since > earlier.since
    assert told.versions[-1].until is None
    for version in told.versions:
        assert version.change.endswith(".")
        assert bool(TODAYS_CODE.match(version.reference)) == (version.since >= CODIFICATION)


def test_the_day_before_and_the_day_itself() -> None:
    single_point = CORPUS["L223-6 al. 3"]
    assert single_point.since == date(2007, 3, 7)
    assert single_point.in_force(date(2007, 3, 6)) is None
    first, then = single_point.in_force(date(2011, 3, 15)), single_point.in_force(date(2011, 3, 16))
    assert first is not None
    assert then is not None
    assert (first.reference, then.reference) == ("L223-6 al. 2", "L223-6 al. 3")
    assert "un an" in first.in_plain_words
    assert "six mois" in then.in_plain_words


@pytest.mark.parametrize(
    ("rule", "day", "cited"),
    [
        (withdrawal.withdraw, "1992-12-01", ("L11", "L11-1 al. 2", "L11-2")),
        (withdrawal.withdraw, "2001-06-01", ("L223-1 al. 1", "L223-1 al. 3", "L223-2")),
        (withdrawal.withdraw, "2003-06-13", ("L223-1 al. 1", "L223-1 al. 4", "L223-2")),
        (restoration.restore, "2001-05-31", ("L11-6 al. 1",)),
        (restoration.restore, "2011-03-15", ("L223-6 al. 1",)),
        (restoration.restore, "2011-03-16", ("L223-6 al. 1", "L223-6 al. 2")),
        (restoration.return_single_point, "2007-03-06", ()),
        (restoration.return_single_point, "2011-03-15", ("L223-6 al. 2",)),
        (restoration.return_single_point, "2011-03-16", ("L223-6 al. 3",)),
        (restoration.return_after_ten_years, "2002-12-01", ("L223-6 al. 3",)),
        (restoration.return_after_ten_years, "2007-03-07", ("L223-6 al. 4",)),
        (course.credit, "2007-03-06", ("L223-6 al. 2", "R223-8 II", "R223-8 III")),
        (course.credit, "2007-03-07", ("L223-6 al. 3", "R223-8 II", "R223-8 III")),
        (probation.full_capital, "1992-12-01", ("R255",)),
        (probation.full_capital, "2004-02-29", ("R223-1",)),
        (probation.probationary_capital, "2004-03-01", ("L223-1 al. 2", "R223-1 II")),
    ],
)
def test_a_rule_cites_the_paragraphs_of_the_day(rule: Any, day: str, cited: tuple[str, ...]) -> None:
    assert articles_of(rule, date.fromisoformat(day)) == cited
    assert articles_of(rule, date(2030, 1, 1)) == articles_of(rule)


def in_force(cited: str, day: date) -> bool:
    """Asked of the versions themselves, not of the function under test."""
    return any(
        version.reference == cited and version.since <= day and (version.until is None or day < version.until)
        for each in CORPUS.values()
        for version in each.versions
    )


def check_articles_in_force(document: dict[str, Any]) -> None:
    record = read_case(document).record
    state = replay(record)
    for movement in state.movements:
        assert movement.articles, movement
        assert [each for each in movement.articles if not in_force(each, movement.on)] == [], movement
    for told in explanation(state, record, date(2100, 1, 1)):
        assert tuple(note.reference for note in told.articles) == told.movement.articles
        assert all(note.today in CORPUS for note in told.articles)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_each_movement_of_a_case_has_its_articles_in_force_that_day(case: dict[str, Any]) -> None:
    check_articles_in_force({"licence": case["licence"], "events": case["events"], "as_of": case["expect"][-1]["on"]})


def test_each_movement_of_a_random_record_has_its_articles_in_force_that_day() -> None:
    for seed in range(500):
        check_articles_in_force(random_case(seed))


def test_a_number_means_what_it_meant_that_day() -> None:
    meant = [wording("L223-6 al. 3", date(year, 12, 31))[0].reference for year in (2002, 2008, 2012)]
    assert meant == ["L223-6 al. 5", "L223-6 al. 4", "L223-6 al. 3"]
    with pytest.raises(LookupError, match="carried nothing"):
        wording("R223-1 II", date(2004, 2, 29))
    with pytest.raises(LookupError):
        wording("L999-1", date(2020, 1, 1))
    assert numbers_on(("L223-1 al. 1", "L223-1 al. 3"), date(1995, 1, 1)) == ("L11",)


def test_under_refuses_what_the_corpus_does_not_hold() -> None:
    with pytest.raises(ValueError, match=r"no « L223-6 al. 9 »"):
        under("L223-6", 9)
    with pytest.raises(ValueError, match="no « L223-66 »"):
        under("L223-66")
    with pytest.raises(ValueError, match="no « R223-1 VI »"):
        under("R223-1", "VI")


def test_decorators_add_up_and_a_plain_function_cites_nothing() -> None:
    @under("R223-1", "I")
    @under("L223-1", 1, 4)
    def rule() -> None: ...

    assert articles_of(rule) == ("R223-1 I", "L223-1 al. 1", "L223-1 al. 4")
    assert articles_of(test_decorators_add_up_and_a_plain_function_cites_nothing) == ()


def test_versions_out_of_order_are_refused() -> None:
    rows = [{"from": date(2010, 1, 1), "by": "", "change": ""}, {"from": date(2009, 1, 1), "by": "", "change": ""}]
    with pytest.raises(ValueError, match="in order of days"):
        paragraph("X", {"title": "", "in_plain_words": "", "versions": rows}, ["", ""])


def test_a_paragraph_missing_in_one_language_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article, "read", lambda name: {"L1": 1} if name == "corpus.toml" else {})
    with pytest.raises(ValueError, match="differ: \\['L1'\\]"):
        article.load()


def test_every_rule_is_found_under_its_articles() -> None:
    names = {note.name for notes in rules_under().values() for note in notes}
    assert {
        "mespoints.law.rules.restoration.return_single_point",
        "mespoints.law.rules.withdrawal.withdraw",
        "mespoints.law.readings.obligations.notified_courses",
    } <= names
    assert set(rules_under()) <= set(CORPUS)


def test_references_are_read_in_a_sentence() -> None:
    assert list(references_in("L223-6 al. 1-2, R223-1 IV al. 2; R413-14 III 4°")) == [
        "L223-6 al. 1", "L223-6 al. 2", "R223-1 IV", "R413-14 III",
    ]  # fmt: skip
    assert named_in("R413-14 III 4°; L223-6; Loi 2011-267") == {"R413-14"}
    assert shown_by("old L223-6") == {"L223-6 al. 1"}
    assert shown_by("L223-7-1, contract") == frozenset()


def test_a_period_and_figures_are_said_in_words() -> None:
    old, new = CORPUS["L223-6 al. 3"].versions
    said = spoken_version(old, "L223-6 al. 3")
    assert said.startswith("Du 7\u00a0mars\u00a02007 au 15\u00a0mars\u00a02011 (L223-6 al. 2), loi")
    assert spoken_period(new.since, new.until) == "Depuis le 16\u00a0mars\u00a02011"
    figure = next(each for each in all_figures() if each.name == "restoration_short")
    assert spoken_values(figure) == "36, puis 24 à partir du 1er\u00a0janvier\u00a02011"


@pytest.mark.parametrize("reference", CORPUS)
def test_no_article_is_without_a_case_or_a_line_that_says_why(reference: str) -> None:
    told = sheet(CORPUS[reference])
    assert told.cases or told.not_modelled
    assert told.cases or not told.rules, "a rule needs a case"


def test_what_is_not_worked_out_is_told_of_articles_that_exist() -> None:
    for each in all_not_modelled():
        assert set(each.articles) <= set(CORPUS)
        assert each.what.endswith(".")
        assert each.why.endswith(".")


def test_all_open_questions_and_readings_are_answered() -> None:
    expected = [*(f"Q{rank}" for rank in range(1, 28)), *"abcdefghijklmnopqrst"]
    assert list(readings_taken()) == expected


@pytest.mark.parametrize("key", readings_taken())
def test_a_reading_says_where_it_is_taken_and_what_shows_it(key: str) -> None:
    reading = readings_taken()[key]
    assert resolved(reading.where) is not None
    assert reading.case is None or reading.case in {case.name for case in all_cases()}
    assert set(reading.figures) <= set(PARAMETERS)
    assert bool(reading.offences) == bool(reading.told)
    for sentence in (reading.taken, reading.other, reading.why):
        assert sentence.endswith(".")
    assert reading.question.endswith("?")


def resolved(dotted: str) -> object:
    """The module, then the names inside it."""
    parts = dotted.split(".")
    for rank in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:rank]))
        except ModuleNotFoundError:
            continue
        for name in parts[rank:]:
            found = getattr(found, name)
        return found
    return None


def test_a_parameter_that_embodies_a_choice_is_tied_to_its_question() -> None:
    parameters = documentation.data("parameters.toml")
    marked = {name: table["reading"].partition(":")[0] for name, table in parameters.items() if "reading" in table}
    assert marked
    assert {name: key for name, key in marked.items() if name not in readings_taken()[key].figures} == {}


def test_the_law_page_is_up_to_date() -> None:
    advice = "run « make law-page »"
    assert LIST.read_text(encoding="utf-8") == list_of_cases(), advice
    assert PAGE.read_text(encoding="utf-8") == law_page(), advice


def test_the_law_page_names_every_article_reading_and_disputed_case() -> None:
    page = law_page()
    assert [each for each in CORPUS if f"## {each} – " not in page] == []
    assert [key for key in readings_taken() if f"**{key}.** " not in page] == []
    assert [case.name for case in all_cases() if case.disputed and f"- `{case.name}` (" not in page] == []
    assert set(WORDINGS) >= set(CORPUS)
