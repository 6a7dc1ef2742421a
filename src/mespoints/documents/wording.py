"""Days, moments and counts as French puts them on paper, with its no-break spaces."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mespoints.law.texts.sentences import MONTHS, NO_BREAK, in_words

PARIS = ZoneInfo("Europe/Paris")
DOUBLE_SIGN = re.compile(" ([:;?!»])")
MINUS = "\N{MINUS SIGN}"


def moment(at: datetime) -> str:
    """« 22 novembre 2026 à 14 h 05 min 09 s (heure de Paris) »: to the second, whatever the zone of the argument."""
    local = at.astimezone(PARIS)
    hour = NO_BREAK.join((f"{local.hour}", "h", f"{local.minute:02}", "min", f"{local.second:02}", "s"))
    return f"{in_words(local.date())} à {hour} (heure de Paris)"


def birth_day(stated: str) -> str:
    """From ``YYYY-MM-DD``, ``00`` for what is unknown: « 3 mars 1985 », « mars 1985 (jour inconnu) »…"""
    year, month, day_of_month = (int(part) for part in stated.split("-"))
    if month == 0:
        return f"{year} (jour et mois inconnus)"
    if day_of_month == 0:
        return f"{MONTHS[month - 1]}{NO_BREAK}{year} (jour inconnu)"
    return in_words(date(year, month, day_of_month))


def signed(points: int) -> str:
    """« +1 », « −3 », with a true minus."""
    return f"+{points}" if points > 0 else f"{MINUS}{-points}"


def cited(references: tuple[str, ...]) -> str:
    """« L223-1 al. 1 et 4, L223-2 »: the parts of one article together, each on one line."""
    parts: dict[str, list[str]] = {}
    for reference in references:
        article, _, part = reference.partition(" ")
        parts.setdefault(article, []).append(part)
    return ", ".join(_article(article, found) for article, found in parts.items())


def _article(article: str, parts: list[str]) -> str:
    if all(part.startswith("al. ") for part in parts) and len(parts) > 1:
        *first, last = (part.removeprefix("al. ") for part in parts)
        parts = [f"al. {', '.join(first)} et {last}"]
    return f"{article} {', '.join(parts)}".strip().replace(" ", NO_BREAK)


def typeset(sentence: str) -> str:
    """A sentence as printers set it: curved apostrophes, and no line break before a double sign of punctuation."""
    return DOUBLE_SIGN.sub(rf"{NO_BREAK}\1", sentence.replace("'", "’")).replace("« ", f"«{NO_BREAK}")


def grouped(digits: str, size: int = 8) -> str:
    return " ".join(digits[start : start + size] for start in range(0, len(digits), size))
