"""The typeface of the papers: its folder, and what it can draw.

PDF/A forbids a character that the typeface cannot draw, so a name is made printable before it is set: composed (NFC), without
invisible characters, the nearest drawable letter for what is missing, and a hollow square when there is none.
"""

import re
from functools import cache
from pathlib import Path
from struct import iter_unpack, unpack_from
from unicodedata import category, normalize

FOLDER = Path(__file__).parent / "fonts"
FAMILY = "Source Sans 3"
SEGMENTED = 12
"""Number of the form of ``cmap`` that is read here."""
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
MISSING = "\N{WHITE SQUARE}"
UNBROKEN_AT_MOST = 26
"""Longest run of letters left whole; beyond it a line may break anywhere inside."""
BLANKS = re.compile("[ \t\r\n\v\f]+")
"""Ordinary blanks only: French no-break spaces are kept."""
BREAK_HERE = "\N{ZERO WIDTH SPACE}"


@cache
def drawable() -> frozenset[str]:
    """The visible characters and blanks that every weight can draw."""
    common = frozenset.intersection(*(_characters(path.read_bytes()) for path in sorted(FOLDER.glob("*.ttf"))))
    return frozenset(letter for letter in common if category(letter) not in INVISIBLE)


def printable(text: str) -> str:
    """The text in characters that can be drawn: nothing invisible left in it, nothing lost without a trace."""
    composed = normalize("NFC", BLANKS.sub(" ", text))
    if drawable().issuperset(composed):
        return composed
    return "".join(_nearest(letter) for letter in composed)


def breakable(text: str) -> str:
    """The same text, with places where a line may break inside very long words."""
    return " ".join(word if len(word) <= UNBROKEN_AT_MOST else BREAK_HERE.join(word) for word in text.split(" "))


def _nearest(letter: str) -> str:
    if letter in drawable():
        return letter
    if category(letter) in INVISIBLE | {"Mn", "Me"}:
        return ""
    return "".join(base for base in normalize("NFKD", letter) if base in drawable() and category(base) != "Mn") or MISSING


def _characters(font: bytes) -> frozenset[str]:
    """Read from the ``cmap`` table in its segmented form, which both files carry."""
    tables = {tag: start for tag, _, start, _ in iter_unpack(">4sLLL", font[12 : 12 + 16 * unpack_from(">H", font, 4)[0]])}
    cmap = tables[b"cmap"]
    count = unpack_from(">H", font, cmap + 2)[0]
    for _platform, _encoding, offset in iter_unpack(">HHL", font[cmap + 4 : cmap + 4 + 8 * count]):
        table = cmap + offset
        if unpack_from(">H", font, table)[0] == SEGMENTED:
            groups = unpack_from(">L", font, table + 12)[0]
            segments = iter_unpack(">LLL", font[table + 16 : table + 16 + 12 * groups])
            return frozenset(chr(code) for first, last, _ in segments for code in range(first, last + 1))
    raise ValueError("This typeface has no character map of format 12; expected one of the files of the fonts folder.")
