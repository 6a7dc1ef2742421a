"""Row -> what the register takes in, or the reason why not. The one file that knows both."""

import re
from dataclasses import replace
from datetime import date
from typing import assert_never, cast

import msgspec

from mespoints.feed.rejections import Rejection, RejectionCode, rejection
from mespoints.feed.rows import (
    ContactRow,
    CorrectionRow,
    CourseRow,
    DecisionCancelledRow,
    FactRow,
    HolderRow,
    InvalidationNotifiedRow,
    JudicialAnnulmentRow,
    LicenceRow,
    LicenceStateRow,
    LicenceSurrenderedRow,
    MandatoryCourseNotifiedRow,
    OffenceRow,
    PostLicenceTrainingRow,
    RetractionRow,
    Row,
    StatedBalanceRow,
    SuspensionRow,
)
from mespoints.feed.stated_balances import StatedBalance
from mespoints.law.calendar import LAST_YEAR
from mespoints.law.facts import (
    Course,
    DecisionCancelled,
    Fact,
    InvalidationNotified,
    JudicialAnnulment,
    LicenceObtained,
    LicenceSurrendered,
    MandatoryCourseNotified,
    Offence,
    PostLicenceTraining,
    Suspension,
)
from mespoints.register.arrivals import (
    Arrival,
    ContactArrival,
    ContactKind,
    FactArrival,
    HolderArrival,
    LicenceStateArrival,
    RetractionArrival,
    TitleArrival,
)
from mespoints.register.file_number import FileNumber, InvalidFileNumber

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(LAST_YEAR, 12, 31)
EARLIEST_BIRTH_YEAR = 1850

_BIRTH_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_COMMUNE = re.compile(r"(?:\d{2}|2[AB])\d{3}", re.ASCII)
_COUNTRY = re.compile(r"99\d{3}", re.ASCII)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_MOBILE = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
_CANONICAL_FILE_NUMBER = re.compile(r"[A-Z0-9]{5,19}")
# Surrogates too: alone, they are no character and no database takes them.
_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


def translate(row: Row, line: int, data_day: date) -> Arrival | StatedBalance | Rejection:
    """``data_day`` is the day the file describes: the day of record of a fact that does not say its own."""
    file_number = canonical_file_number(row.file_number)
    if file_number is None:
        return rejection(RejectionCode.FILE_NUMBER, line, _written(row, "file_number"), row.file_number)
    match row:
        case HolderRow():
            return _holder(row, line, file_number, data_day)
        case CorrectionRow():
            arrival = _stated_fact(row.fact, line, file_number, data_day, row.reason)
            return _in_correction(arrival) if isinstance(arrival, Rejection) else arrival
        case RetractionRow():
            return _retraction(row, line, file_number, data_day)
        case LicenceStateRow():
            if not _is_in_bounds(row.since):
                return rejection(RejectionCode.OUT_OF_RANGE, line, "since", row.since)
            return LicenceStateArrival(line=line, file_number=file_number, state=row.state, since=row.since)
        case ContactRow():
            return _contact(row, line, file_number)
        case StatedBalanceRow():
            if not _is_in_bounds(row.on):
                return rejection(RejectionCode.OUT_OF_RANGE, line, "on", row.on)
            return StatedBalance(line=line, file_number=file_number, on=row.on, points=row.points)
        case _:
            return _stated_fact(row, line, file_number, data_day, None)


def _stated_fact(row: FactRow, line: int, file_number: str, data_day: date, correction: str | None) -> FactArrival | Rejection:
    recorded_on = row.recorded_on or data_day
    fact = _fact(row, recorded_on)
    fault = _fault(fact, recorded_on)
    if fault is not None:
        code, field, found = fault
        return rejection(code, line, _written(row, field), found)
    title = None
    if isinstance(row, LicenceRow):
        title = TitleArrival(title_number=row.title_number, categories=row.categories, obtained_on=row.obtained_on)
    return FactArrival(line=line, file_number=file_number, fact=fact, recorded_on=recorded_on, title=title, correction=correction)


def _in_correction(fault: Rejection) -> Rejection:
    return replace(fault, field=f"fact.{fault.field}")


def control_character(row: Row, line: int) -> Rejection | None:
    """A text PostgreSQL would refuse, or a terminal obey. Only an escape in the JSON can have brought one in."""
    for field in row.__struct_fields__:
        value = getattr(row, field)
        if isinstance(value, msgspec.Struct):
            fault = control_character(cast("FactRow", value), line)
            return _in_correction(fault) if fault is not None else None
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str) and _CONTROL.search(text):
                return rejection(RejectionCode.CONTROL_CHARACTER, line, _written(row, field), text)
    return None


def _written(row: Row, field: str) -> str:
    """The name of a field as the file writes it."""
    if isinstance(row, CorrectionRow):
        return "fact.file_number" if field == "file_number" else field
    if field == "on" and isinstance(row, LicenceRow):
        return "obtained_on"
    return next((f.encode_name for f in msgspec.structs.fields(row) if f.name == field), field)


def canonical_file_number(text: str) -> str | None:
    if _CANONICAL_FILE_NUMBER.fullmatch(text):
        return text
    try:
        return FileNumber.parse(text).canonical
    except InvalidFileNumber:
        return None


def _holder(row: HolderRow, line: int, file_number: str, data_day: date) -> HolderArrival | Rejection:
    birth = _birth_date(row.birth_date)
    if birth is None:
        return rejection(RejectionCode.NOT_A_DAY, line, "birth_date", row.birth_date)
    year, month, day = birth
    if not EARLIEST_BIRTH_YEAR <= year <= data_day.year:
        return rejection(RejectionCode.OUT_OF_RANGE, line, "birth_date", row.birth_date)
    if row.birth_commune is not None and _COMMUNE.fullmatch(row.birth_commune) is None:
        return rejection(RejectionCode.PLACE_CODE, line, "birth_commune", row.birth_commune)
    if _COUNTRY.fullmatch(row.birth_country) is None:
        return rejection(RejectionCode.PLACE_CODE, line, "birth_country", row.birth_country)
    return HolderArrival(
        line=line,
        file_number=file_number,
        birth_name=row.birth_name,
        usage_name=row.usage_name,
        given_names=row.given_names,
        sex=row.sex,
        birth_year=year,
        birth_month=month,
        birth_day=day,
        birth_commune=row.birth_commune,
        birth_country=row.birth_country,
    )


def _retraction(row: RetractionRow, line: int, file_number: str, data_day: date) -> RetractionArrival | Rejection:
    recorded_on = row.recorded_on or data_day
    if not _is_in_bounds(recorded_on):
        return rejection(RejectionCode.OUT_OF_RANGE, line, "recorded_on", recorded_on)
    return RetractionArrival(line=line, file_number=file_number, fact_id=row.fact_id, reason=row.reason, recorded_on=recorded_on)


def _contact(row: ContactRow, line: int, file_number: str) -> ContactArrival | Rejection:
    if not _is_in_bounds(row.since):
        return rejection(RejectionCode.OUT_OF_RANGE, line, "since", row.since)
    if row.address is not None:
        if row.kind is ContactKind.EMAIL and _EMAIL.fullmatch(row.address) is None:
            return rejection(RejectionCode.EMAIL, line, "address", row.address)
        if row.kind is ContactKind.MOBILE and _MOBILE.fullmatch(row.address) is None:
            return rejection(RejectionCode.MOBILE, line, "address", row.address)
    return ContactArrival(line=line, file_number=file_number, kind=row.kind, address=row.address, since=row.since)


def _is_in_bounds(day: date) -> bool:
    return FIRST_DAY <= day <= LAST_DAY


def _birth_date(text: str) -> tuple[int, int | None, int | None] | None:
    """Year, month, day; a day without its month is no date."""
    parts = _BIRTH_DATE.fullmatch(text)
    if parts is None:
        return None
    year, month, day = (int(part) for part in parts.groups())
    if month == 0 and day != 0:
        return None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return year, month or None, day or None


def _fact(row: FactRow, recorded_on: date) -> Fact:  # noqa: C901 - one case for each kind of row
    match row:
        case OffenceRow():
            return _offence(row, recorded_on)
        case LicenceRow():
            return LicenceObtained(fact_id=row.fact_id, on=row.obtained_on, path=row.path, recorded_on=recorded_on)
        case CourseRow():
            return Course(fact_id=row.fact_id, on=row.on, kind=row.kind, recorded_on=recorded_on)
        case MandatoryCourseNotifiedRow():
            return MandatoryCourseNotified(fact_id=row.fact_id, on=row.on, target=row.target, recorded_on=recorded_on)
        case SuspensionRow():
            return Suspension(fact_id=row.fact_id, on=row.on, until=row.until, recorded_on=recorded_on)
        case InvalidationNotifiedRow():
            return InvalidationNotified(fact_id=row.fact_id, on=row.on, recorded_on=recorded_on)
        case LicenceSurrenderedRow():
            return LicenceSurrendered(fact_id=row.fact_id, on=row.on, recorded_on=recorded_on)
        case JudicialAnnulmentRow():
            return JudicialAnnulment(fact_id=row.fact_id, on=row.on, recorded_on=recorded_on)
        case DecisionCancelledRow():
            return DecisionCancelled(fact_id=row.fact_id, on=row.on, target=row.target, recorded_on=recorded_on)
        case PostLicenceTrainingRow():
            return PostLicenceTraining(fact_id=row.fact_id, on=row.on, recorded_on=recorded_on)
        case _:
            assert_never(row)


def _offence(row: OffenceRow, recorded_on: date) -> Offence:
    return Offence(
        fact_id=row.fact_id,
        committed_on=row.committed_on,
        established_on=row.established_on,
        established_by=row.established_by,
        offence_class=row.offence_class,
        points=row.points,
        offence_code=row.offence_code,
        label=row.label,
        simultaneous_with=row.simultaneous_with,
        vehicle_needs_licence=row.vehicle_needs_licence,
        recorded_on=recorded_on,
    )


_Fault = tuple[RejectionCode, str, object]
"""Code, field of the fact, what was found."""


def _fault(fact: Fact, recorded_on: date) -> _Fault | None:
    if not _is_in_bounds(recorded_on):
        return RejectionCode.OUT_OF_RANGE, "recorded_on", recorded_on
    if isinstance(fact, Offence):
        return _offence_fault(fact, recorded_on)
    if not _is_in_bounds(fact.on):
        return RejectionCode.OUT_OF_RANGE, "on", fact.on
    if isinstance(fact, Suspension):
        # A suspension may be recorded before it begins.
        if fact.until < fact.on:
            return RejectionCode.ENDS_BEFORE_START, "until", fact.until
        return (RejectionCode.OUT_OF_RANGE, "until", fact.until) if fact.until > LAST_DAY else None
    return (RejectionCode.RECORDED_TOO_EARLY, "recorded_on", recorded_on) if recorded_on < fact.on else None


def _offence_fault(fact: Offence, recorded_on: date) -> _Fault | None:
    if fact.committed_on < FIRST_DAY:
        return RejectionCode.OUT_OF_RANGE, "committed_on", fact.committed_on
    if fact.simultaneous_with == fact.fact_id:
        return RejectionCode.DANGLING_REFERENCE, "simultaneous_with", fact.simultaneous_with
    if fact.established_on is None:
        if fact.established_by is not None:
            return RejectionCode.MODE_WITHOUT_ESTABLISHMENT, "established_by", fact.established_by
    elif fact.established_on < fact.committed_on:
        return RejectionCode.ESTABLISHED_BEFORE_COMMITTED, "established_on", fact.established_on
    elif fact.established_by is None:
        return RejectionCode.ESTABLISHED_WITHOUT_MODE, "established_by", "rien"
    if recorded_on < (fact.established_on or fact.committed_on):
        return RejectionCode.RECORDED_TOO_EARLY, "recorded_on", recorded_on
    return None
