"""The sentences people read. They are data (``sentences.<language>.toml``); this module only sets them in type and fills them in.

A place such as ``{committed_on}`` takes a day (put in words), a number (said as a count of points) or a text (left as it is), in
the order that suits the language. A sentence that agrees with a number has two forms, ``one`` and ``other``: ``points`` chooses.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from string import Formatter
from typing import Literal, NamedTuple

Language = Literal["fr", "en"]
Figure = date | int | str

NO_BREAK = "\u00a0"
APOSTROPHE = "\u2019"
FRENCH_SPACES = re.compile(r" (?=[:;!?»€])|(?<=«) ")
MANY = 1 << 15
"""Days and counts kept in words: more than a century of days."""


class Form(NamedTuple):
    """« Il vous restait », a hole, « ce jour-là. »: the pieces, and where each place stands among them."""

    pieces: list[str]
    places: tuple[tuple[int, str], ...]

    def filled(self, figures: Mapping[str, Figure], language: Language) -> str:
        words = WORDS[language]
        pieces = self.pieces.copy()
        for rank, name in self.places:
            figure = figures[name]
            pieces[rank] = figure if type(figure) is str else words[figure]
        return "".join(pieces)


class Sentence(NamedTuple):
    """A sentence with places."""

    other: Form
    one: Form | None
    """When it agrees with ``points``."""

    def filled(self, figures: Mapping[str, Figure], language: Language) -> str:
        if self.one is not None and is_one(figures["points"], language):
            return self.one.filled(figures, language)
        return self.other.filled(figures, language)


Book = dict[str, dict[str, str | Sentence]]


@cache
def book(language: Language) -> Book:
    """Every sentence of a language, by table and key; one without a place is ready text."""
    tables = tomllib.loads(files("mespoints.law.texts").joinpath(f"sentences.{language}.toml").read_text(encoding="utf-8"))
    return {table: {key: read(entry, language) for key, entry in entries.items()} for table, entries in tables.items()}


def read(entry: str | dict[str, str], language: Language) -> str | Sentence:
    if isinstance(entry, dict):
        return Sentence(form_of(entry["other"], language), form_of(entry["one"], language))
    form = form_of(entry, language)
    return Sentence(form, None) if form.places else "".join(form.pieces)


def form_of(text: str, language: Language) -> Form:
    pieces: list[str] = []
    places: list[tuple[int, str]] = []
    for before, name, _, _ in Formatter().parse(typeset(text, language)):
        pieces.append(before)
        if name is not None:
            places.append((len(pieces), name))
            pieces.append("")
    return Form(pieces, tuple(places))


def typeset(text: str, language: Language) -> str:
    """Real apostrophes, and the no-break spaces of French."""
    curly = text.replace("'", APOSTROPHE)
    return FRENCH_SPACES.sub(NO_BREAK, curly) if language == "fr" else curly


def say(table: str, key: str, *, language: Language = "fr", **figures: Figure) -> str:
    """The sentence ``key`` of ``table``, filled in."""
    sentence = book(language)[table][key]
    return sentence if isinstance(sentence, str) else sentence.filled(figures, language)


class Words(dict[Figure, str]):
    """Days and counts in the words of a language, kept once they have been said."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __missing__(self, figure: Figure) -> str:
        if len(self) >= MANY:
            self.clear()
        said = in_words(figure, self.language) if isinstance(figure, date) else count_of_points(int(figure), self.language)
        return self.setdefault(figure, said)


WORDS: dict[Language, Words] = {"fr": Words("fr"), "en": Words("en")}


def is_one(number: Figure, language: Language) -> bool:
    """Zero is singular in French, plural in English."""
    return number in (1, -1) or (number == 0 and language == "fr")


@lru_cache(maxsize=MANY)
def in_words(day: date, language: Language = "fr") -> str:
    """« 1er mars 2027 », with no-break spaces."""
    key = "first" if day.day == 1 else "other"
    month = say("month", str(day.month), language=language)
    return say("day", key, language=language, day=str(day.day), month=month, year=str(day.year)).replace(" ", NO_BREAK)


def count_of_points(number: int, language: Language = "fr") -> str:
    """« 1 point », « 3 points »; the sign is for figures, not for sentences."""
    key = "one" if is_one(number, language) else "other"
    return say("count", key, language=language, number=str(abs(number))).replace(" ", NO_BREAK)


def listed(items: list[str], language: Language = "fr") -> str:
    """« a », « a et b », « a, b et c »."""
    *first, last = items
    if not first:
        return last
    together = first[0]
    for item in first[1:]:
        together = say("list", "more", language=language, one=together, next=item)
    return say("list", "last", language=language, one=together, next=last)


MONTHS = tuple(say("month", str(month)) for month in range(1, 13))
