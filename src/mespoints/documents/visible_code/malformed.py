"""Why a text is not a visible code, as data. It never carries a value of the code: it may be shown to anybody, and logged."""

from dataclasses import dataclass
from enum import StrEnum

from mespoints.documents.wording import typeset


class Fault(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too-long"
    CHARACTER = "character"
    HEADER = "header"
    VERSION = "version"
    DOCUMENT_TYPE = "document-type"
    NO_SIGNATURE = "no-signature"
    UNKNOWN_FIELD = "unknown-field"
    FORBIDDEN_FIELD = "forbidden-field"
    DUPLICATE_FIELD = "duplicate-field"
    MISSING_FIELD = "missing-field"
    LENGTH = "length"
    SEPARATOR = "separator"
    VALUE = "value"
    SIGNATURE = "signature"


WHAT_TO_DO = {
    Fault.CHARACTER: "Recopiez le code tel qu’il est lu, en majuscules, ou scannez-le de nouveau.",
    Fault.VERSION: "Ce service lit les versions 02, 03 et 04.",
    Fault.DOCUMENT_TYPE: "Ce service ne vérifie que les papiers du permis de conduire.",
}
SCAN_AGAIN = "Scannez le code de nouveau ; si rien ne change, demandez un nouveau document."


@dataclass(frozen=True, slots=True, kw_only=True)
class Malformed:
    fault: Fault
    position: int
    """In characters from the start of the code, which is 0."""
    found: str
    """Described, never quoted beyond an identifier or a single character."""
    expected: str

    @property
    def sentence(self) -> str:
        return typeset(
            f"Ce code n’est pas un 2D-Doc lisible. Au caractère n° {self.position + 1}, on trouve {self.found} ; "
            f"on attend {self.expected}. {WHAT_TO_DO.get(self.fault, SCAN_AGAIN)}"
        )
