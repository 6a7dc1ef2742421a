"""French figures and moments, for the desk."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from mespoints.law.texts.sentences import in_words

PARIS = ZoneInfo("Europe/Paris")
NO_BREAK = "\N{NO-BREAK SPACE}"
NARROW = "\N{NARROW NO-BREAK SPACE}"
SECONDS_IN_A_MINUTE = 60
SMALL = 10
"""Seconds below which tenths are worth saying."""

_SPACE_BEFORE = re.compile(r" (?=[:;!?»])")
_SPACE_AFTER = re.compile(r"(?<=«) |(?<=n°) ")


def figure(number: int) -> str:
    """« 58 000 »."""
    return f"{number:,}".replace(",", NARROW)


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """« 1 ligne », « 58 000 lignes »: French counts zero and one in the singular. The words agree together."""
    return f"{figure(number)}{NO_BREAK}{agreed(number, singular, plural)}"


def agreed(number: int, singular: str, plural: str | None = None) -> str:
    return singular if number <= 1 else plural or " ".join(f"{word}s" for word in singular.split(" "))


def moment(at: datetime) -> str:
    """« 22 novembre 2026 à 6 h 05 », in the time of Paris."""
    return f"{in_words(at.astimezone(PARIS).date())} à{NO_BREAK}{hour(at)}"


def hour(at: datetime) -> str:
    local = at.astimezone(PARIS)
    minutes = f"{NO_BREAK}{local.minute:02}" if local.minute else ""
    return f"{local.hour}{NO_BREAK}h{minutes}"


def duration(seconds: float) -> str:
    """« 0,4 s », « 12 s », « 3 min 05 s »."""
    if seconds < SMALL:
        return f"{seconds:.1f}{NO_BREAK}s".replace(".", ",")
    whole = round(seconds)
    if whole < SECONDS_IN_A_MINUTE:
        return f"{whole}{NO_BREAK}s"
    return f"{whole // SECONDS_IN_A_MINUTE}{NO_BREAK}min{NO_BREAK}{whole % SECONDS_IN_A_MINUTE:02}{NO_BREAK}s"


def typeset(text: str) -> str:
    """The same sentence with the spaces that never break: before « : ; ! ? » », after « « » and « n° »."""
    return _SPACE_AFTER.sub(NO_BREAK, _SPACE_BEFORE.sub(NO_BREAK, text))
