"""What can be said of an article: its rules, its figures, its cases, the readings taken, and what is not worked out."""

import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from mespoints.law import readings, rules
from mespoints.law.texts.article import CORPUS, Paragraph, Version, articles_of
from mespoints.law.texts.readings import ReadingTaken, readings_taken
from mespoints.law.texts.sentences import in_words

CITED = re.compile(r"(?P<article>[LRD]\d{3}-\d+(?:-\d+)*)(?: (?P<part>al\. \d+(?:-\d+)?|[IVX]+\b))?")
SEVERAL = re.compile(r"al\. (\d+)-(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleNote:
    name: str
    """Dotted name of the function."""
    says: str
    """First line of its docstring; empty when it has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureNote:
    name: str
    values: tuple[tuple[date, int], ...]
    cites: frozenset[str]
    """Paragraphs of the corpus that its sources name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNote:
    name: str
    title: str
    file: str
    disputed: bool
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModelled:
    what: str
    why: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSheet:
    """Everything about one paragraph."""

    paragraph: Paragraph
    rules: tuple[RuleNote, ...]
    figures: tuple[FigureNote, ...]
    cases: tuple[CaseNote, ...]
    readings: tuple[ReadingTaken, ...]
    not_modelled: tuple[NotModelled, ...]


def sheet(paragraph: Paragraph) -> ArticleSheet:
    reference = paragraph.reference
    applied, figures = rules_under().get(reference, ()), tuple(each for each in all_figures() if reference in each.cites)
    names, rule_names = {each.name for each in figures}, {each.name for each in applied}
    return ArticleSheet(
        paragraph=paragraph,
        rules=applied,
        figures=figures,
        cases=tuple(case for case in all_cases() if reference in case.articles),
        readings=tuple(
            each for each in readings_taken().values() if each.where in rule_names or names.intersection(each.figures)
        ),
        not_modelled=tuple(each for each in all_not_modelled() if reference in each.articles),
    )


@cache
def rules_under() -> dict[str, tuple[RuleNote, ...]]:
    """The functions under ``@under``, by paragraph."""
    found: dict[str, list[RuleNote]] = {}
    for package in (rules, readings):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for function in vars(importlib.import_module(module.name)).values():
                if getattr(function, "__module__", None) != module.name or not articles_of(function):
                    continue
                says = (function.__doc__ or "").partition("\n")[0]
                note = RuleNote(name=f"{module.name}.{function.__name__}", says=says)
                for reference in articles_of(function):
                    found.setdefault(reference, []).append(note)
    return {reference: tuple(notes) for reference, notes in found.items()}


@cache
def all_figures() -> tuple[FigureNote, ...]:
    return tuple(
        FigureNote(
            name=name,
            values=tuple((row["from"], row["value"]) for row in table["values"]),
            cites=frozenset(reference for row in table["values"] for reference in named_in(row["source"])),
        )
        for name, table in data("parameters.toml").items()
    )


@cache
def all_cases() -> tuple[CaseNote, ...]:
    """The cases of tests/law/cases, as ``make law-page`` last listed them."""
    return tuple(
        CaseNote(name=name, title=row["title"], file=row["file"], disputed=row["disputed"], articles=tuple(row["articles"]))
        for name, row in data("cases.toml").items()
    )


@cache
def all_not_modelled() -> tuple[NotModelled, ...]:
    return tuple(
        NotModelled(what=row["what"], why=row["why"], articles=tuple(row["articles"]))
        for row in data("not_modelled.toml").values()
    )


def data(name: str) -> dict[str, Any]:
    return tomllib.loads(files("mespoints.law.texts").joinpath(name).read_text(encoding="utf-8"))


def named_in(text: str) -> frozenset[str]:
    """Paragraphs of the corpus that ``text`` names, or of which it names a part."""
    named = (within_corpus(each) for each in references_in(text))
    return frozenset(reference for reference in named if reference is not None)


def shown_by(text: str) -> frozenset[str]:
    """The same; an article named without its paragraph stands for the first one that a rule applies."""
    found = set(named_in(text))
    for bare in references_in(text):
        if bare not in CORPUS and " " not in bare:
            found |= {*[each for each in CORPUS if CORPUS[each].article == bare and each in rules_under()][:1]}
    return frozenset(found)


def references_in(text: str) -> Iterator[str]:
    for cited in CITED.finditer(text):
        article, part = cited["article"], cited["part"]
        several = SEVERAL.fullmatch(part or "")
        if several:
            yield from (f"{article} al. {rank}" for rank in range(int(several[1]), int(several[2]) + 1))
        else:
            yield f"{article} {part}" if part else article


def within_corpus(reference: str) -> str | None:
    if reference in CORPUS:
        return reference
    article = reference.partition(" ")[0]
    return article if article in CORPUS else None


def spoken_version(version: Version, reference: str) -> str:
    """« Du 7 mars 2007 au 15 mars 2011 (L223-6 al. 2), loi 2007-297 : … »."""
    number = "" if version.reference == reference else f" ({version.reference})"
    return f"{spoken_period(version.since, version.until)}{number}, {version.enacted_by} : {version.change}"


def spoken_period(since: date, until: date | None) -> str:
    """``until`` excluded."""
    if until is None:
        return f"Depuis le {in_words(since)}"
    return f"Du {in_words(since)} au {in_words(until - timedelta(days=1))}"


def spoken_values(figure: FigureNote) -> str:
    (_, first), *later = figure.values
    return ", ".join([str(first), *(f"puis {value} à partir du {in_words(day)}" for day, value in later)])
