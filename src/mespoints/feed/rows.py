"""The rows of a daily file, as they are written (docs/feed.md): the form only; ``translation`` judges the meaning."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

from mespoints.law.facts import CourseKind, EstablishedBy, OffenceClass, ProbationPath
from mespoints.register.arrivals import ContactKind
from mespoints.register.licence_state import LicenceState

MOST_POINTS = 9
"""The heaviest figure a group of simultaneous offences may carry (contracts/evaluate.md: 0 to 9)."""

MOST_BALANCE = 12
"""Points of a whole licence (L223-1)."""


class RowKind(StrEnum):
    """What ``row`` says; a test holds this list and the types together."""

    HOLDER = "holder"
    LICENCE = "licence"
    OFFENCE = "offence"
    COURSE = "course"
    MANDATORY_COURSE_NOTIFIED = "mandatory_course_notified"
    SUSPENSION = "suspension"
    INVALIDATION_NOTIFIED = "invalidation_notified"
    LICENCE_SURRENDERED = "licence_surrendered"
    JUDICIAL_ANNULMENT = "judicial_annulment"
    DECISION_CANCELLED = "decision_cancelled"
    POST_LICENCE_TRAINING = "post_licence_training"
    CORRECTION = "correction"
    RETRACTION = "retraction"
    LICENCE_STATE = "licence_state"
    CONTACT = "contact"
    STATED_BALANCE = "stated_balance"


def _shape(pattern: str) -> Meta:
    """For the JSON Schema alone: ``translation`` checks the shape, with the words of the fault, and faster."""
    return Meta(extra_json_schema={"pattern": pattern})


FileNumberText = Annotated[str, Meta(min_length=5, max_length=40)]
Identifier = Annotated[str, Meta(min_length=1, max_length=64)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Code = Annotated[str, Meta(min_length=1, max_length=32)]
Points = Annotated[int, Meta(ge=0, le=MOST_POINTS)]
Reason = Annotated[str, Meta(min_length=1, max_length=500)]


UnionCategory = Literal["AM", "A1", "A2", "A", "B1", "B", "BE", "C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE"]
"""Those of directive 2006/126."""
FormerCategory = Literal["A3", "A4", "AL", "AT", "CL"]
"""French ones of former times, which still stand on files."""
# A code that goes with a category, such as 96 with B, is no category.
Category = Literal[UnionCategory, FormerCategory]


class _Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="row"):
    file_number: FileNumberText


class _FactRow(_Row, frozen=True, kw_only=True):
    fact_id: Identifier
    """Unique for the holder, for ever."""
    recorded_on: date | None = None
    """Day the source registered the fact; None: the data day of the file."""


class _DayRow(_FactRow, frozen=True, kw_only=True):
    on: date


class HolderRow(_Row, frozen=True, kw_only=True, tag="holder"):
    birth_name: Name
    usage_name: Name | None = None
    given_names: Annotated[tuple[Name, ...], Meta(max_length=20)]
    sex: Literal["M", "F", "X"]
    birth_date: Annotated[str, _shape(r"^\d{4}-\d{2}-\d{2}$")]
    """``YYYY-MM-DD``, ``00`` for a month or a day nobody knows."""
    birth_commune: Annotated[str, _shape(r"^(\d{2}|2[AB])\d{3}$")] | None = None
    birth_country: Annotated[str, _shape(r"^99\d{3}$")]


class LicenceRow(_FactRow, frozen=True, kw_only=True, tag="licence"):
    title_number: Code
    obtained_on: date
    path: ProbationPath
    categories: Annotated[tuple[Category, ...], Meta(max_length=20)]


class OffenceRow(_FactRow, frozen=True, kw_only=True, tag="offence"):
    committed_on: date
    established_on: date | None = None
    established_by: EstablishedBy | None = None
    offence_class: OffenceClass = msgspec.field(name="class")
    points: Points
    offence_code: Code | None = None
    label: Annotated[str, Meta(min_length=1, max_length=500)] | None = None
    simultaneous_with: Identifier | None = None
    vehicle_needs_licence: bool = True


class CourseRow(_DayRow, frozen=True, kw_only=True, tag="course"):
    kind: CourseKind = CourseKind.VOLUNTARY


class MandatoryCourseNotifiedRow(_DayRow, frozen=True, kw_only=True, tag="mandatory_course_notified"):
    target: Identifier


class SuspensionRow(_DayRow, frozen=True, kw_only=True, tag="suspension"):
    until: date


class InvalidationNotifiedRow(_DayRow, frozen=True, kw_only=True, tag="invalidation_notified"):
    pass


class LicenceSurrenderedRow(_DayRow, frozen=True, kw_only=True, tag="licence_surrendered"):
    pass


class JudicialAnnulmentRow(_DayRow, frozen=True, kw_only=True, tag="judicial_annulment"):
    pass


class DecisionCancelledRow(_DayRow, frozen=True, kw_only=True, tag="decision_cancelled"):
    target: Identifier


class PostLicenceTrainingRow(_DayRow, frozen=True, kw_only=True, tag="post_licence_training"):
    pass


FactRow = (
    LicenceRow
    | OffenceRow
    | CourseRow
    | MandatoryCourseNotifiedRow
    | SuspensionRow
    | InvalidationNotifiedRow
    | LicenceSurrenderedRow
    | JudicialAnnulmentRow
    | DecisionCancelledRow
    | PostLicenceTrainingRow
)


class CorrectionRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="row", tag="correction"):
    """The fact as it should have been said, whole, in the place of what was said under its ``fact_id``."""

    reason: Reason
    fact: FactRow

    @property
    def file_number(self) -> str:
        return self.fact.file_number


class RetractionRow(_Row, frozen=True, kw_only=True, tag="retraction"):
    """The fact should never have been said."""

    fact_id: Identifier
    reason: Reason
    recorded_on: date | None = None


class LicenceStateRow(_Row, frozen=True, kw_only=True, tag="licence_state"):
    state: LicenceState
    since: date


class ContactRow(_Row, frozen=True, kw_only=True, tag="contact"):
    kind: ContactKind
    address: Annotated[str, Meta(min_length=1, max_length=400)] | None
    """E-mail address, international mobile number, or the lines of an envelope separated by commas; None: on file no more."""
    since: date


class StatedBalanceRow(_Row, frozen=True, kw_only=True, tag="stated_balance"):
    """What the source says the balance was at the end of ``on``."""

    on: date
    points: Annotated[int, Meta(ge=0, le=MOST_BALANCE)]


Row = HolderRow | FactRow | CorrectionRow | RetractionRow | LicenceStateRow | ContactRow | StatedBalanceRow

KINDS = {row_type: RowKind(row_type.__struct_config__.tag) for row_type in get_args(Row)}
