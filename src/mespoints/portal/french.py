"""French typography: signed figures, agreement, spaces that never break; days are worded as the law words them."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from mespoints.law.texts.sentences import in_words

PARIS = ZoneInfo("Europe/Paris")
NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"

day_in_words = in_words

SPACE_BEFORE = re.compile(r" (?=[:;!?»])")
SPACE_AFTER = re.compile(r"(?<=«) ")
SPACE_OF_UNIT = re.compile(r"(?<=\d) (?=km/h|points?\b|ans\b|mois\b)")


def typeset(text: str) -> str:
    """The same sentence with its no-break spaces and curly apostrophes."""
    spaced = SPACE_AFTER.sub(NO_BREAK, SPACE_BEFORE.sub(NO_BREAK, text))
    return SPACE_OF_UNIT.sub(NO_BREAK, spaced).replace("'", APOSTROPHE)


def moment_in_words(moment: datetime) -> str:
    """« 22 novembre 2026 à 6 h 05 », in the time of Paris."""
    local = moment.astimezone(PARIS)
    minutes = f"{NO_BREAK}{local.minute:02}" if local.minute else ""
    return f"{day_in_words(local.date())} à{NO_BREAK}{local.hour}{NO_BREAK}h{minutes}"


def signed(points: int) -> str:
    """« +1 », « −3 », with the real minus sign."""
    return f"+{points}" if points > 0 else f"{MINUS}{-points}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """« 1 point », « 8 points »: French counts zero and one in the singular."""
    word = singular if abs(number) <= 1 else plural or f"{singular}s"
    figure = f"{MINUS}{-number}" if number < 0 else str(number)
    return f"{figure}{NO_BREAK}{word}"
