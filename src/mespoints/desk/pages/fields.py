"""A field of a form: its label, what was typed in it, and what is wrong with that."""

from dataclasses import dataclass
from enum import StrEnum


class FieldKind(StrEnum):
    TEXT = "text"
    DAY = "date"
    AREA = "area"
    CODE = "code"
    """An area for a machine's words, as wide as the page."""
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    name: str
    label: str
    kind: FieldKind
    value: str = ""
    hint: str = ""
    error: str = ""
    is_required: bool = True
    rows: int = 3
    choices: tuple[Choice, ...] = ()

    @property
    def described_by(self) -> str:
        """The ids of what a reader of screens must say with the field."""
        parts = ((self.error, f"erreur-{self.name}"), (self.hint, f"aide-{self.name}"))
        return " ".join(name for said, name in parts if said)


def sentence(said: str) -> str:
    """A fault as the doors of ``feed`` word it, made a sentence."""
    return f"{said[0].upper()}{said[1:]}." if said else ""
