"""The file number (numéro de dossier, NEPH): the only key between a source and the register."""

import re
from dataclasses import dataclass

_CANONICAL = re.compile(r"[A-Z0-9]{5,19}")
_SEPARATORS = re.compile(r"[\s.\-/_]+")
_NEPH_LENGTH = 12
_NEPH_GROUP = 6


class InvalidFileNumber(ValueError):
    """The text is no file number, whatever its separators."""


@dataclass(frozen=True, slots=True)
class FileNumber:
    """Five to nineteen capital letters or digits, without separator."""

    canonical: str

    def __post_init__(self) -> None:
        if _CANONICAL.fullmatch(self.canonical) is None:
            raise InvalidFileNumber("un numéro de dossier compte de 5 à 19 lettres ou chiffres")

    @classmethod
    def parse(cls, text: str) -> "FileNumber":
        """From what a person or a source wrote: case and separators do not count. Raises ``InvalidFileNumber``."""
        return cls(_SEPARATORS.sub("", text).upper())

    @property
    def displayed(self) -> str:
        """Twelve digits are shown in two groups of six; any other number as it is.

        >>> FileNumber("150399200011").displayed
        '150399 200011'
        """
        if len(self.canonical) == _NEPH_LENGTH and self.canonical.isdigit():
            return f"{self.canonical[:_NEPH_GROUP]} {self.canonical[_NEPH_GROUP:]}"
        return self.canonical

    def __str__(self) -> str:
        return self.canonical
