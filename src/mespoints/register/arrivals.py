"""What comes in through ``registration``: values already understood, each with the line of the file it stood on."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mespoints.law.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchHead:
    """The daily file as a whole. ``sha256`` is in hexadecimal; ``data_day`` is the day the file describes."""

    sequence: int
    sha256: str
    data_day: date
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderArrival:
    """A holder as the source describes him today. ``file_number`` is canonical; unknown parts of the birth date are None."""

    line: int
    file_number: str
    birth_name: str
    usage_name: str | None
    given_names: tuple[str, ...]
    sex: str
    birth_year: int
    birth_month: int | None
    birth_day: int | None
    birth_commune: str | None
    birth_country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleArrival:
    """The card that goes with a ``licence_obtained`` fact."""

    title_number: str
    categories: tuple[str, ...]
    obtained_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FactArrival:
    """A legal fact about a holder. ``recorded_on`` is the day the source registered it; ``title`` comes with a licence only."""

    line: int
    file_number: str
    fact: Fact
    recorded_on: date
    title: TitleArrival | None = None


Arrival = HolderArrival | FactArrival


class Refused(StrEnum):
    """Why the register does not take a value that reads well."""

    UNKNOWN_HOLDER = "unknown_holder"
    CONFLICT = "conflict"
    """The same ``fact_id`` is already there with another content, and this is no establishment of it."""
    DANGLING_REFERENCE = "dangling_reference"
    """``target`` or ``simultaneous_with`` names no offence of this holder."""
    COLLISION = "collision"
    """Simultaneous offences with two days of commission."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    line: int
    why: Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchTotals:
    """``rows_read`` = ``rows_entered`` + ``rows_known`` + ``rows_refused``, always."""

    rows_read: int
    rows_entered: int
    rows_known: int
    rows_refused: int
