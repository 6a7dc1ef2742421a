"""Names as they are compared: two sources never write the same name alike."""

import re
import unicodedata
from collections.abc import Iterable

# Letters that no decomposition splits.
_LIGATURES = str.maketrans({"Œ": "OE", "Æ": "AE", "Ø": "O", "Ł": "L", "Đ": "D"})
_BETWEEN_WORDS = re.compile(r"[\s'’ʼ‘`´\-‐‑‒–]+")


def name_key(name: str) -> str:
    """Capital letters without accents; apostrophes and hyphens count as spaces.

    >>> name_key("d’Œuvre-Lefèvre")
    'D OEUVRE LEFEVRE'
    """
    # Separators first: NFKD would turn the spacing acute accent into a space and a combining mark.
    spaced = _BETWEEN_WORDS.sub(" ", name).upper().translate(_LIGATURES)
    decomposed = unicodedata.normalize("NFKD", spaced)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).upper().strip()


def given_names_key(given_names: Iterable[str]) -> str:
    """All given names in order: ``("Jean-Luc", "Zoé")`` and ``("Jean", "Luc Zoe")`` compare equal."""
    return " ".join(key for key in map(name_key, given_names) if key)
