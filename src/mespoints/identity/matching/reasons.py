"""What comparing one field taught, in stable codes: for the trail and for agents, never for the person who signs in."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Field(StrEnum):
    BIRTH_NAME = "birth_name"
    GIVEN_NAMES = "given_names"
    SEX = "sex"
    BIRTH_DATE = "birth_date"
    BIRTH_COMMUNE = "birth_commune"
    BIRTH_COUNTRY = "birth_country"
    USAGE_NAME = "usage_name"


class Strength(IntEnum):
    """How far a field agrees; the weakest field decides (``decision``)."""

    CONFLICT = 0
    USAGE_ONLY = 1
    """The birth names differ and a usage name agrees."""
    SOFT = 2
    """Compatible: written otherwise, incomplete, or renamed since."""
    STRICT = 3
    SUPPORT = 4
    """Agrees, and weighs nothing."""


class Why(StrEnum):
    """Codes are stored: they may be added, never given another meaning."""

    EQUAL = "equal"
    DIFFERENT = "different"
    APOSTROPHE = "apostrophe"
    """Equal once apostrophes are taken away."""
    PARTICLE = "particle"
    """Equal once a particle at the beginning is taken away."""
    FIRST_NAMES_ONLY = "first_names_only"
    """The register holds the first given names and no more."""
    SPLIT_OTHERWISE = "split_otherwise"
    """The same words, in the same order, cut into given names otherwise."""
    USAGE_NAME = "usage_name"
    UNSPECIFIED = "unspecified"
    DAY_UNKNOWN = "day_unknown"
    MONTH_UNKNOWN = "month_unknown"
    COMMUNE_UNKNOWN = "commune_unknown"
    COMMUNE_HISTORY = "commune_history"
    """One code became the other: merger, department made anew (published table)."""
    CORSICA = "corsica"
    ARRONDISSEMENT = "arrondissement"
    """The whole city on one side, one of its arrondissements on the other."""
    OVERSEAS = "overseas"
    FORMER_TERRITORY = "former_territory"
    """Born under French administration, recorded under today's country, or the other way round."""
    FORMER_STATE = "former_state"
    """One country was part of the other, or became it, after the birth."""
    NOT_COMPARED = "not_compared"
    """No commune abroad; or already judged with the country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    field: Field
    why: Why
    strength: Strength

    @property
    def code(self) -> str:
        """``birth_commune:commune_history``."""
        return f"{self.field}:{self.why}"


def strict(field: Field, why: Why = Why.EQUAL) -> Reason:
    return Reason(field=field, why=why, strength=Strength.STRICT)


def soft(field: Field, why: Why) -> Reason:
    return Reason(field=field, why=why, strength=Strength.SOFT)


def conflict(field: Field) -> Reason:
    return Reason(field=field, why=Why.DIFFERENT, strength=Strength.CONFLICT)
