"""The sentences people read. They are data (``sentences.<language>.toml``); this module only fills them in."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
NO_BREAK = "\u00a0"


@cache
def sentences(language: str) -> dict[str, dict[str, str]]:
    text = files("mespoints.law.texts").joinpath(f"sentences.{language}.toml").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = tomllib.loads(text)
    return loaded


def say(table: str, key: str, **figures: Any) -> str:
    """The French sentence ``key`` of ``table``; dates are put in words, ``points`` agrees with its number."""
    sentence = sentences("fr")[table][key]
    if not figures:
        return sentence
    for name, value in figures.items():
        if isinstance(value, date):
            figures[name] = in_words(value)
        elif name == "points":
            figures[name] = count_of_points(value)
    return sentence.format_map(figures)


@cache
def in_words(day: date) -> str:
    """« 1er mars 2027 », with no-break spaces."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NO_BREAK}{MONTHS[day.month - 1]}{NO_BREAK}{day.year}"


def count_of_points(number: int) -> str:
    """« 1 point », « 3 points »; the sign is for figures, not for sentences."""
    return f"{abs(number)}{NO_BREAK}point{'s' if abs(number) > 1 else ''}"
