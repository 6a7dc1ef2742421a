"""Values as the visible code writes them: capital letters without accents, digits, days in hexadecimal."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from unicodedata import category, combining, normalize

from mespoints.documents.visible_code.base32 import base32
from mespoints.documents.visible_code.forms import ADDRESS, EPOCH, MOST_GIVEN_NAMES, UNDATED
from mespoints.documents.wording import PARIS

MOST_DAYS = int(UNDATED, 16) - 1
MOST_POINTS = 35
APOSTROPHES = re.compile("['’ʼ‘‛`´′]")
APART = str.maketrans({"Œ": "OE", "Æ": "AE", "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "TH"})
"""Letters that no decomposition splits."""


class Unwritable(ValueError):
    """A visible code cannot say this: the sentence tells what was found, what was expected, what to do."""


def text(words: str) -> str:
    """« D’Urville-Œuvré » becomes « DURVILLE OEUVRE »: apostrophes vanish, any other sign is a space.

    Raises ``Unwritable`` for a letter outside the Latin alphabet: to drop it would change a name.
    """
    closed = normalize("NFKD", APOSTROPHES.sub("", words).upper().translate(APART)).upper()
    return " ".join("".join(_written(letter) for letter in closed).split())


def _written(letter: str) -> str:
    if "A" <= letter <= "Z" or "0" <= letter <= "9":
        return letter
    if combining(letter) or category(letter) == "Cf":
        return ""
    if letter.isalnum():
        raise Unwritable(
            f"La lettre « {letter} » ne s’écrit pas dans un code 2D-Doc, fait de A à Z et 0 à 9. Donnez sa transcription latine."
        )
    return " "


def given_names(names: Iterable[str]) -> str:
    """Compound names keep a space inside, distinct names are divided by « / »; six at most, the first ones."""
    written = [name for name in map(text, names) if name]
    return "/".join(written[:MOST_GIVEN_NAMES])


def file_number(number: str) -> str:
    return text(number).replace(" ", "")


def hex_day(day: date | None) -> str:
    """Days since 1 January 2000; « FFFF » without date. Raises ``Unwritable`` before 2000 and after June 2179."""
    if day is None:
        return UNDATED
    days = (day - EPOCH).days
    if not 0 <= days <= MOST_DAYS:
        raise Unwritable(
            f"Le {day:%d/%m/%Y} ne s’écrit pas dans un code 2D-Doc, qui commence au 01/01/2000. Vérifiez cette date."
        )
    return f"{days:04X}"


def birth_date(stated: str) -> str:
    """From ``YYYY-MM-DD``, ``00`` for what is unknown, to ``DDMMYYYY``."""
    year, month, day = stated.split("-")
    return day + month + year


def hour_minute(at: time) -> str:
    return f"{at:%H%M}"


def moment(at: datetime) -> str:
    """To the minute, in the time of Paris. The moment is aware."""
    return f"{at.astimezone(PARIS):%d%m%Y%H%M}"


def points(count: int) -> str:
    """Base 36: one character up to 35."""
    if not 0 <= count <= MOST_POINTS:
        raise Unwritable(f"{count} points ne s’écrivent pas dans un code 2D-Doc, qui va de 0 à 35. Vérifiez ce nombre.")
    return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[count]


def categories(held: Iterable[str]) -> str:
    return " ".join(text(each).replace(" ", "") for each in held)


def address(url: str) -> str:
    """UTF-8, then Base32 without padding."""
    if ADDRESS.fullmatch(url) is None:
        raise Unwritable("L’adresse du document doit commencer par http:// ou https:// et ne contenir aucune espace.")
    return base32(url.encode())
