"""The readings taken where the texts leave a doubt: data of ``readings.toml``."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingTaken:
    """Lecture retenue: one question, the answer taken, the other one."""

    key: str
    """Q1 to Q27: open questions; a to t: readings of the evaluate contract."""
    question: str
    taken: str
    other: str
    why: str
    where: str
    """Dotted name of the code that takes it."""
    case: str | None = None
    """Case of tests/law/cases that shows it."""
    figures: tuple[str, ...] = ()
    """Parameters it sets."""
    offences: tuple[str, ...] = ()
    """Catalogue codes beside which it is told."""
    told: str | None = None


@cache
def readings_taken() -> dict[str, ReadingTaken]:
    tables = tomllib.loads(files("mespoints.law.texts").joinpath("readings.toml").read_text(encoding="utf-8"))
    return {key: read(key, table) for key, table in tables.items()}


def read(key: str, table: dict[str, Any]) -> ReadingTaken:
    """Raises TypeError on a word that a reading does not have."""
    words: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
    return ReadingTaken(key=key, **words)


@cache
def told_beside() -> dict[str, str]:
    """What is disputed about the figure of an offence, by code."""
    return {code: reading.told for reading in readings_taken().values() if reading.told for code in reading.offences}
