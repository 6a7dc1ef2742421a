"""Names as they are compared: two sources never write the same name alike."""

import re
import unicodedata
from collections.abc import Iterable

# Letters that no decomposition splits; the capital of ß is SS already.
_LIGATURES = str.maketrans({"Œ": "OE", "Æ": "AE", "Ø": "O", "Ł": "L", "Đ": "D"})
_APOSTROPHES = "'’ʼ‘`´"
_BETWEEN_WORDS = re.compile(rf"[\s{_APOSTROPHES}\-‐‑‒–._]+")
_ELIDED = re.compile(r"\b([DLMNOST]) (?=\w)")
"""A letter alone before a word is what is left of an apostrophe: D URVILLE, N DIAYE, O BRIEN."""
_ELISIONS = "DLMNO"
_SHORTEST_ELIDED = 4
"""Letters of a word that may hide an elision."""

PARTICLES = frozenset(
    {"D", "DE", "DU", "DES", "L", "LE", "LA", "LES", "DA", "DAS", "DO", "DOS", "DI", "DEL", "DELLA"}
    | {"VAN", "DEN", "DER", "TEN", "TER", "VON", "ZU", "BEN", "EL", "AL"}
)
_USUAL_BEGINNINGS = (
    *((particle,) for particle in sorted(PARTICLES)),
    ("DE", "LA"),
    ("DE", "L"),
    ("DE", "LOS"),
    ("VAN", "DE"),
    ("VAN", "DEN"),
    ("VAN", "DER"),
    ("VON", "DER"),
)


def name_key(name: str) -> str:
    """Capital letters without accents; apostrophes, hyphens, dots and underscores count as spaces.

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


def joined_key(name: str) -> str:
    """The key without what apostrophes separate: "D'Urville", "D URVILLE" and "DURVILLE" have the same.

    >>> joined_key("D’Urville")
    'DURVILLE'
    """
    without = name.translate(str.maketrans("", "", _APOSTROPHES))
    return _ELIDED.sub(r"\1", name_key(without))


def beginning_and_core(name: str) -> tuple[tuple[str, ...], str]:
    """The particles a name begins with, and the rest of its key; a name of particles only is all core.

    >>> beginning_and_core("de La Tour-Dubois")
    (('DE', 'LA'), 'TOUR DUBOIS')
    """
    words = name_key(name).split()
    count = next((rank for rank, word in enumerate(words) if word not in PARTICLES), 0)
    return tuple(words[:count]), " ".join(words[count:])


def is_part_of(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """The words of ``short`` stand in ``long``, in that order."""
    rest = iter(long)
    return all(word in rest for word in short)


def search_keys(name: str) -> frozenset[str]:
    """The keys under which the register may hold that name: apostrophes written otherwise, particles lost or restored.

    Bounded by the length of the name and the list of particles: about forty.
    """
    key = name_key(name)
    if not key:
        return frozenset()
    beginning, core = beginning_and_core(name)
    beginnings = [usual for usual in ((), *_USUAL_BEGINNINGS) if is_part_of(usual, beginning) or is_part_of(beginning, usual)]
    words = key.split()
    split = (
        " ".join([*words[:rank], word[0], word[1:], *words[rank + 1 :]])
        for rank, word in enumerate(words)
        if word[0] in _ELISIONS and len(word) >= _SHORTEST_ELIDED
    )
    return frozenset([key, joined_key(name), *split, *(" ".join([*usual, core]) for usual in beginnings)])


def leading_keys(given_names: Iterable[str]) -> tuple[str, ...]:
    """The keys of the first given name alone, of the first two words, and so on: what an old file may have kept.

    >>> leading_keys(("Jean-Luc", "Zoé"))
    ('JEAN', 'JEAN LUC', 'JEAN LUC ZOE')
    """
    words = given_names_key(given_names).split()
    return tuple(" ".join(words[: rank + 1]) for rank in range(len(words)))
