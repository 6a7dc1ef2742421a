"""What a person types to find his record: the file number, the birth name, the birth date."""

from dataclasses import dataclass

from mespoints.register.consultation import HolderIdentity
from mespoints.register.file_number import FileNumber
from mespoints.register.names import name_key

UNKNOWN = "00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """``birth_date`` is ``YYYY-MM-DD``; a month or a day that the person does not know is ``00``."""

    file_number: FileNumber
    birth_name: str
    birth_date: str


def matches(birth_name: str, birth_date: str, known: HolderIdentity) -> bool:
    """Names without case, accents, hyphens, apostrophes nor spaces: « D'URVILLE » is « durville ».

    A part of the date that the register does not know fits any; one that it knows must be typed. It is no proof by itself:
    a code to the channel on file comes after.
    """
    typed, stored = birth_date.split("-"), known.birth_date.split("-")
    is_same_day = all(known_part in {UNKNOWN, typed_part} for typed_part, known_part in zip(typed, stored, strict=True))
    return is_same_day and _letters(birth_name) == _letters(known.birth_name) != ""


def _letters(name: str) -> str:
    return name_key(name).replace(" ", "")
