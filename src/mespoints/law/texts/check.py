"""The sentences of the record check and of the suppositions, in ``check.<language>.toml``: filled in as the others are."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from mespoints.law.texts.sentences import Figure, Form, Language, form_of, say


class Phrase(NamedTuple):
    """A sentence not said yet, so that each reader gets it in his language."""

    table: str
    key: str
    figures: Mapping[str, Figure]
    """``months``, when it is there and not zero, also fills the place ``length``, in words."""

    def said(self, language: Language = "fr") -> str:
        figures = dict(self.figures)
        if months := figures.get("months"):
            figures["length"] = say("length", str(months), language=language)
        return check_book(language)[self.table][self.key].filled(figures, language)


def phrase(table: str, key: str, **figures: Figure) -> Phrase:
    return Phrase(table, key, figures)


@cache
def check_book(language: Language) -> dict[str, dict[str, Form]]:
    tables = tomllib.loads(files("mespoints.law.texts").joinpath(f"check.{language}.toml").read_text(encoding="utf-8"))
    return {table: {key: form_of(entry, language) for key, entry in entries.items()} for table, entries in tables.items()}
