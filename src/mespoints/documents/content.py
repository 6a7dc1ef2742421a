"""What a paper says, as frozen values with one exact byte form: stated first, then set in type, then sealed.

The canonical form is JSON: UTF-8, text in Unicode NFC, keys sorted, no blank, no number but integers, days as ``YYYY-MM-DD`` and
moments in UTC to the second. Any change of shape or meaning takes a new ``format``, and old formats stay readable.
"""

import json
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from hashlib import sha256
from typing import Any, ClassVar
from unicodedata import normalize

from mespoints.law.readings.marks import MarkKind
from mespoints.law.readings.obligations import ObligationKind
from mespoints.law.state import ClosingRule, Rule, Status
from mespoints.register.licence_state import LicenceState


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedIdentity:
    birth_name: str
    usage_name: str | None
    given_names: tuple[str, ...]
    sex: str
    """« M », « F », or « X » when it is not said."""
    birth_date: str
    """``YYYY-MM-DD``; ``00`` where the month or the day is unknown."""
    birth_commune: str | None
    """INSEE code."""
    birth_country: str
    """INSEE code; 99100 is France."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedLicence:
    title_number: str
    categories: tuple[str, ...]
    obtained_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedCategory:
    """A category (catégorie de permis) held on the day, of whatever licence that has not ended."""

    category: str
    obtained_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedSituation:
    """The balance that people read, never below zero; the signed account of law is not stated."""

    balance: int
    ceiling: int | None
    status: Status
    probation_ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedMark:
    kind: MarkKind
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedMovement:
    """Points added or taken on a day; the two other days and the label are those of the offence, for a withdrawal."""

    on: date
    rule: Rule
    label: str
    why: str
    points: int
    balance: int
    """Once the movement is made."""
    ceiling: int
    articles: tuple[str, ...]
    committed_on: date | None = None
    established_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedClosing:
    """End of a licence: its points go with it."""

    on: date
    rule: ClosingRule


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedReturn:
    """A movement to come, if its condition holds."""

    on: date
    rule: Rule
    label: str
    points: int
    balance: int
    ceiling: int
    condition: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedRevocation:
    """A return that earlier knowledge gave and that a fact learned later undid."""

    would_have_been_on: date
    points: int
    rule: Rule
    undone_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedObligation:
    kind: ObligationKind
    due_on: date | None
    overdue: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FullStatement:
    """Relevé intégral: everything the file says of its holder, on the day ``on``, as known at the entry ``known_at``."""

    format: ClassVar[str] = "full-statement/2"

    file_number: str
    on: date
    known_at: int
    data_as_of: datetime | None
    issued_at: datetime
    identity: StatedIdentity
    licence_state: LicenceState
    categories: tuple[StatedCategory, ...]
    licences: tuple[StatedLicence, ...]
    situation: StatedSituation
    marks: tuple[StatedMark, ...]
    """Twelve, or none when there is no licence yet."""
    movements: tuple[StatedMovement, ...]
    closings: tuple[StatedClosing, ...]
    forecast: tuple[StatedReturn, ...]
    revocations: tuple[StatedRevocation, ...]
    obligations: tuple[StatedObligation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodStatement:
    """Relevé partiel: what moved from ``first_on`` to ``last_on`` (both included), as known at the entry ``known_at``.

    ``licence_state`` and ``categories`` are those of the day of issue, ``on``: the visible code says them beside the date of the
    data, and an older state would pass for the present one.
    """

    format: ClassVar[str] = "period-statement/1"

    file_number: str
    on: date
    known_at: int
    data_as_of: datetime | None
    issued_at: datetime
    first_on: date
    last_on: date
    identity: StatedIdentity
    licence_state: LicenceState
    categories: tuple[StatedCategory, ...]
    licences: tuple[StatedLicence, ...]
    opening: StatedSituation
    """At the end of the day before ``first_on``."""
    situation: StatedSituation
    """At the end of ``last_on``."""
    movements: tuple[StatedMovement, ...]
    closings: tuple[StatedClosing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementAttestation:
    """Attestation de droits à conduire (restreint): may this person drive, and what. No figure of points, no offence.

    Two records that differ only by points have the same content, as long as no licence is lost.
    """

    format: ClassVar[str] = "entitlement-attestation/1"

    file_number: str
    on: date
    known_at: int
    data_as_of: datetime | None
    issued_at: datetime
    expires_on: date
    """Last day included."""
    identity: StatedIdentity
    licence_state: LicenceState
    categories: tuple[StatedCategory, ...]


Content = FullStatement | PeriodStatement | EntitlementAttestation
OF_THE_MOMENT = frozenset({"on", "known_at", "data_as_of", "issued_at", "expires_on"})
"""Members that differ from one day to the next though the record has not changed."""
Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


def canonical_bytes(content: Content) -> bytes:
    """The exact bytes that stand for the content: the same content gives the same bytes, everywhere and for ever."""
    members = {"format": content.format, **_members(content)}
    return json.dumps(members, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def fingerprint(content: Content) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return sha256(canonical_bytes(content)).hexdigest()


def substance(content: Content) -> str:
    """SHA-256, in hexadecimal, of what the content says, the moment at which it was said aside.

    Two papers asked for on two days have the same substance as long as nothing that they say has changed.
    """
    said = {name: value for name, value in _members(content).items() if name not in OF_THE_MOMENT}
    return sha256(json.dumps({"format": content.format, **said}, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _members(value: Any) -> dict[str, Json]:
    return {field.name: _json(getattr(value, field.name)) for field in fields(value)}


def _json(value: object) -> Json:
    # The order matters: an Enum of words is also a str, a bool is also an int, a datetime is also a date.
    match value:
        case Enum():
            return str(value.value)
        case None | bool() | int():
            return value
        case str():
            return normalize("NFC", value)
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case tuple():
            return [_json(item) for item in value]
        case _:
            if is_dataclass(value) and not isinstance(value, type):
                return _members(value)
            raise TypeError(f"{type(value).__name__} has no canonical form; expected text, integer, day, moment, tuple or value.")


def _moment(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be stated; expected an aware datetime.")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
