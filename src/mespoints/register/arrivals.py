"""What comes in through ``registration``: values already understood, each with the line of the file it stood on."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mespoints.law.facts import Fact
from mespoints.register.licence_state import LicenceState


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchHead:
    """The daily file as a whole. ``sha256`` is in hexadecimal; ``data_day`` is the day the file describes.

    ``sequence`` is None for rows that come back from the quarantine: they are no file, and describe no new day.
    """

    sequence: int | None
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
    """A legal fact about a holder. ``recorded_on`` is the day the source registered it; ``title`` comes with a licence only.

    ``correction`` is the reason, in the source's own sentence, why this should have been said under that ``fact_id`` from the
    start; None: it corrects nothing. A correction enters as a newer version, of the same kind; it also brings back a fact
    retracted by mistake.
    """

    line: int
    file_number: str
    fact: Fact
    recorded_on: date
    title: TitleArrival | None = None
    correction: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetractionArrival:
    """The fact ``fact_id`` was entered by error: from now on it never was. ``reason`` is the source's own sentence."""

    line: int
    file_number: str
    fact_id: str
    reason: str
    recorded_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceStateArrival:
    """The state of the licence (état du permis) of a holder, from ``since`` on."""

    line: int
    file_number: str
    state: LicenceState
    since: date


class ContactKind(StrEnum):
    EMAIL = "email"
    MOBILE = "mobile"
    POSTAL = "postal"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactArrival:
    """Where the administration writes to a holder, from ``since`` on; ``address`` None: no longer by this channel."""

    line: int
    file_number: str
    kind: ContactKind
    address: str | None
    since: date


Arrival = HolderArrival | FactArrival | RetractionArrival | LicenceStateArrival | ContactArrival


class Refused(StrEnum):
    """Why the register does not take a value that reads well."""

    UNKNOWN_HOLDER = "unknown_holder"
    CONFLICT = "conflict"
    """The same ``fact_id`` is already there with another content, and this is neither an establishment nor a correction of it;
    or a correction that would make it another kind of fact.
    """
    DANGLING_REFERENCE = "dangling_reference"
    """``target`` or ``simultaneous_with`` names no offence of this holder."""
    COLLISION = "collision"
    """Simultaneous offences with two days of commission."""
    UNKNOWN_FACT = "unknown_fact"
    """A correction or a retraction of a ``fact_id`` that the register does not hold."""
    STILL_REFERRED = "still_referred"
    """A retraction of an offence of which another fact of the holder speaks: that one is retracted first, or in the same file."""


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
