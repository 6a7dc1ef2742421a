"""The sentences people read: the same in both languages, all reached, short, well set, and the right one for each situation."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from mespoints.law.case_reading import read_case
from mespoints.law.readings.course_adviser import course_advice
from mespoints.law.readings.explanation import explanation
from mespoints.law.readings.forecast import forecast
from mespoints.law.readings.obligations import obligations
from mespoints.law.readings.revocations import revocations, say_revocation
from mespoints.law.replay import replay
from mespoints.law.texts import sentences
from mespoints.law.texts.sentences import Book, Language, Sentence, book, count_of_points, in_words, listed, say
from scripts.phrases import PAGE, page
from tests.law.drivers import Case, driver, event, offence
from tests.law.test_sentences_by_situation import (
    ACTIONS,
    CAPPED,
    EARLIER_PENDING,
    LAST_ACTIONS,
    LETTER,
    MANDATORY,
    MEANINGS,
    ONE_OLD,
    OTHER_PENDING,
    PENDING,
    SIX_TWICE,
    THREE_YOUNG,
    TWO_OLD,
    YOUNG,
    plain,
)

NBSP = "\N{NO-BREAK SPACE}"
LONGEST = 220
TABLES = tuple(book("fr"))
LONG_DAY = date(2026, 9, 23)
LABEL = "Excès de 5 à moins de 20 km/h, limite de 50 km/h ou moins"
FRAGMENTS = {"day", "month", "count", "list", "length", "title", "pending"}
"""Not sentences by themselves: no capital, no final stop."""
FRENCH = set(
    re.findall(
        r"\w+", """le la les un une des est sont vous votre vos permis jour lettre ce cette ne pas pour dans avec amende stage"""
    )
)
ENGLISH = set(
    re.findall(r"\w+", """the a an is are you your licence day letter this not for in with offence fine course and of to""")
)
SHARED = {"a"}
"""Words of both languages."""


def places(entry: str | Sentence) -> set[str]:
    if isinstance(entry, str):
        return set()
    return {name for form in (entry.other, entry.one) if form is not None for _, name in form.places}


def texts(language: Language) -> Iterator[tuple[str, str]]:
    """Each sentence, filled in with the longest it may meet."""
    for table, entries in book(language).items():
        for key, entry in entries.items():
            if isinstance(entry, str):
                yield f"{table}.{key}", entry
                continue
            longest = {name: longest_of(name) for name in places(entry)}
            for points in {1, 12} if "points" in longest else {12}:
                yield f"{table}.{key}", entry.filled({**longest, "points": points}, language)


def longest_of(name: str) -> date | int | str:
    if name in {"offences", "name"}:
        return LABEL
    if name in {"points", "account", "ceiling", "scale"}:
        return 12
    return {
        "length": "quatre mois",
        "number": "12",
        "month": "septembre",
        "day": "23",
        "year": "2026",
        "one": "a",
        "next": "b",
    }.get(name, LONG_DAY)


def test_both_languages_say_the_same_things() -> None:
    french, english = book("fr"), book("en")
    assert {table: set(entries) for table, entries in french.items()} == {table: set(each) for table, each in english.items()}
    for table, entries in french.items():
        for key, entry in entries.items():
            if table != "day":  # French needs no figure for the first of a month.
                assert places(entry) == places(english[table][key]), (table, key)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_sentences_are_short_and_whole(language: Language) -> None:
    for name, text in texts(language):
        assert len(text) <= LONGEST, (name, len(text), text)
        assert "{" not in text, name
        assert "  " not in text, name
        assert "'" not in text, name
        if name.partition(".")[0] not in FRAGMENTS:
            assert text[0].isupper(), name
            assert text[-1] == ".", name


def test_french_typography() -> None:
    for name, text in texts("fr"):
        assert re.search(rf"[^{NBSP}][:;!?»]", text) is None, (name, text)
        assert re.search(rf"«[^{NBSP}]|[“”\"]", text) is None, (name, text)


def test_english_typography() -> None:
    for name, text in texts("en"):
        assert re.search(rf"[ {NBSP}][:;!?]|[«»\"]", text) is None, (name, text)


@pytest.mark.parametrize(("language", "foreign"), [("fr", ENGLISH - SHARED - {"an"}), ("en", FRENCH - SHARED)])
def test_no_word_of_the_other_language(language: Language, foreign: set[str]) -> None:
    for name, text in texts(language):
        if name.partition(".")[0] != "list":
            words = set(re.findall(r"[a-zàâçéèêëîïôûùœ]+", text.replace(LABEL, "").replace("quatre mois", "").lower()))
            assert words & foreign == set(), (name, text)


def test_days_counts_and_lists() -> None:
    assert in_words(date(2027, 3, 1)) == f"1er{NBSP}mars{NBSP}2027"
    assert in_words(date(2027, 3, 1), "en") == f"1{NBSP}March{NBSP}2027"
    assert [plain(count_of_points(number)) for number in (0, 1, -1, 2)] == ["0 point", "1 point", "1 point", "2 points"]
    assert [plain(count_of_points(number, "en")) for number in (0, 1, -3)] == ["0 points", "1 point", "3 points"]
    assert [listed(list(items)) for items in ("a", "ab", "abc")] == ["a", "a et b", "a, b et c"]
    assert listed(["a", "b", "c"], "en") == "a, b and c"


def test_words_kept_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "MANY", 3)
    words = sentences.Words("fr")
    days = [LONG_DAY + timedelta(days=rank) for rank in range(10)]
    assert [words[day] for day in days] == [in_words(day) for day in days]
    assert len(words) <= 3


# Every key is reached by some driver.

REACHED_BY: list[tuple[Case, list[str]]] = [
    *[(case, [day]) for _, case, day, _ in (*ACTIONS, *LAST_ACTIONS, *MEANINGS)],
    (driver(*CAPPED), ["2021-03-01"]),
    (driver(*SIX_TWICE, LETTER), ["2021-08-31", "2021-10-01"]),
    (driver(*SIX_TWICE, event("s", "course", "2021-05-01")), ["2021-04-15", "2021-06-01"]),
    (driver(TWO_OLD, PENDING, OTHER_PENDING), ["2020-12-01", "2021-05-01", "2031-02-01"]),
    (driver(TWO_OLD, PENDING), ["2021-03-03"]),
    (driver(offence("a", "2021-01-02", "2021-02-01", "C4", 2, established_by="increased_fine")), ["2021-03-01", "2024-03-01"]),
    (driver(offence("a", "2021-01-02", "2021-02-01", "D", 6, established_by="penal_composition")), ["2021-03-01"]),
    (driver(offence("a", "2021-01-02", "2021-02-01", "D", 6, established_by="conviction")), ["2021-03-01"]),
    (driver(obtained="1999-01-10"), ["1998-01-01", "1999-01-10"]),
    (driver(**YOUNG), ["2019-01-01", "2020-02-01", "2023-01-10"]),
    (
        driver(THREE_YOUNG, MANDATORY, {**event("s", "course", "2020-11-01"), "kind": "mandatory"}, **YOUNG),
        ["2020-10-01", "2020-12-01"],
    ),
    (driver(offence("a", "2020-06-02", "2020-07-01", "C2", 3), **YOUNG), ["2020-08-01", "2023-02-01"]),
    (driver(*SIX_TWICE, LETTER, event("new", "licence_obtained", "2022-06-01", probation="standard")), ["2022-07-01"]),
    (driver(event("new", "licence_obtained", "2022-06-01", probation="standard")), ["2022-07-01"]),
    (driver(event("48SI", "invalidation_notified", "2022-06-01")), ["2022-07-01"]),
    (driver(*[offence("a", "2021-01-02", "2021-02-01", "D", 6), event("s", "course", "2021-03-01")]), ["2021-04-01"]),
    (driver(offence("a", "2008-01-02", "2008-02-01", "C2", 1)), ["2009-03-01"]),
    (driver(ONE_OLD, offence("b", "2021-03-02", "2021-10-01", "C2", 2, recorded="2021-10-01")), ["2021-11-01"]),
    (driver(offence("a", "2021-01-02", "2021-02-01", "D", 6), event("s", "course", "2021-01-20")), ["2021-01-10"]),
    (driver(TWO_OLD, EARLIER_PENDING), ["2021-03-01"]),
    (driver(TWO_OLD, EARLIER_PENDING, PENDING | {"committed": "2020-12-03"}), ["2021-03-01"]),
    (
        driver(
            SIX_TWICE[0],
            event("s", "course", "2021-02-10"),
            offence("d", "2021-03-01", "2021-04-01", "D", 6),
            PENDING | {"committed": "2021-05-01"},
        ),
        ["2021-05-10"],
    ),
    (driver(*SIX_TWICE, event("48SI", "invalidation_notified", "2023-01-01", recorded="2024-06-01")), ["2024-07-01"]),
]

NOT_REACHED = {
    "length.120": "said on the paper only (documents)",
    "length.3": "the mandatory course of before 2004, when no probation is modelled: kept for the figure of the parameters",
    "why.established": "an offence established without a mode: refused at every door, not by the type",
}


def read_all(case: Case, day: str, language: Language) -> None:
    read = read_case({**case, "as_of": day})
    record, on = read.record, read.as_of
    state = replay(record)
    explanation(state, record, on, language=language)
    forecast(state, record, on, language=language)
    course_advice(state, on, language=language)
    obligations(state, record, on, language=language)
    for undone in revocations(record, on, state):
        say_revocation(undone, record, language=language)


class Watched(dict[str, Any]):
    def __init__(self, table: str, entries: dict[str, Any], used: set[str]) -> None:
        super().__init__(entries)
        self.table, self.used = table, used

    def __getitem__(self, key: str) -> Any:
        self.used.add(f"{self.table}.{key}")
        return super().__getitem__(key)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sentence_is_reached(language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    used: set[str] = set()
    whole = book(language)
    watched: Book = {table: Watched(table, entries, used) for table, entries in whole.items()}
    monkeypatch.setattr(sentences, "book", lambda _: watched)
    for case, days in REACHED_BY:
        for day in days:
            read_all(case, day, language)
    for month in range(1, 13):
        in_words.__wrapped__(date(2026, month, 1), language)
    in_words.__wrapped__(LONG_DAY, language)
    count_of_points(1, language), count_of_points(2, language), listed(["a", "b", "c"], language)
    known = {f"{table}.{key}" for table, entries in whole.items() for key in entries}
    assert known - used - set(NOT_REACHED) == set()
    assert used & set(NOT_REACHED) == set()


def test_a_place_left_empty_is_an_error() -> None:
    with pytest.raises(KeyError, match="account"):
        say("meaning", "withdrawal")


def test_the_page_of_phrases_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make phrases`"
