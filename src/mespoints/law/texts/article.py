"""The articles a rule applies: ``@under`` writes them on the rule and refuses one that the corpus does not hold."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Paragraph:
    reference: str
    """« L223-6 al. 3 »."""
    title: str
    since: date
    in_plain_words: str


def load() -> dict[str, Paragraph]:
    text = files("mespoints.law.texts").joinpath("corpus.toml").read_text(encoding="utf-8")
    return {
        reference: Paragraph(reference, entry["title"], entry["since"], entry["in_plain_words"])
        for reference, entry in tomllib.loads(text).items()
    }


CORPUS = load()

Rule = TypeVar("Rule", bound=Callable[..., object])


def under(article: str, *paragraphs: int | str) -> Callable[[Rule], Rule]:
    """The rule applies these paragraphs: numbers are alinéas, words the article's own divisions. Decorators add up, top first."""
    references = tuple(reference(article, paragraph) for paragraph in paragraphs) or (article,)
    for each in references:
        if each not in CORPUS:
            raise ValueError(f"corpus.toml holds no « {each} »: add the article before the rule that applies it")

    def mark(rule: Rule) -> Rule:
        rule.articles = references + articles_of(rule)  # type: ignore[attr-defined]
        return rule

    return mark


def reference(article: str, paragraph: int | str) -> str:
    return f"{article} al. {paragraph}" if isinstance(paragraph, int) else f"{article} {paragraph}"


def articles_of(rule: Callable[..., object]) -> tuple[str, ...]:
    found: tuple[str, ...] = getattr(rule, "articles", ())
    return found
