"""Two descriptions of one civil status: what a provider vouches for, and what the register says. Values alone, no table."""

from dataclasses import dataclass
from typing import Literal

Sex = Literal["M", "F", "X"]
"""X: not specified."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PivotIdentity:
    """Identité pivot. ``birth_date`` is ``YYYY-MM-DD`` with ``00`` for an unknown part; places are INSEE codes.

    ``birth_commune`` is None for a birth abroad; ``birth_country`` is ``99100`` for France. ``usage_name`` is declared at the
    provider and verified by nobody.
    """

    birth_name: str
    given_names: tuple[str, ...]
    sex: Sex
    birth_date: str
    birth_commune: str | None
    birth_country: str
    usage_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A holder whose civil status may be the one that is looked for. Dates and places are written as in ``PivotIdentity``."""

    holder_id: int
    file_number: str
    birth_name: str
    usage_name: str | None
    given_names: tuple[str, ...]
    sex: str
    birth_date: str
    birth_commune: str | None
    birth_country: str
    is_deceased: bool = False
    """The source says so (état du permis 07)."""
