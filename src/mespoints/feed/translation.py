"""Row -> what the register takes in, or the reason why not. The one file that knows both."""

import re
from datetime import date
from typing import assert_never

import msgspec

from mespoints.feed.rejections import Rejection, RejectionCode, rejection
from mespoints.feed.rows import (
    CourseRow,
    DecisionCancelledRow,
    FactRow,
    HolderRow,
    InvalidationNotifiedRow,
    JudicialAnnulmentRow,
    LicenceRow,
    LicenceSurrenderedRow,
    MandatoryCourseNotifiedRow,
    OffenceRow,
    PostLicenceTrainingRow,
    Row,
    SuspensionRow,
)
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
from mespoints.register.arrivals import FactArrival, HolderArrival, TitleArrival
from mespoints.register.file_number import FileNumber, InvalidFileNumber

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(LAST_YEAR, 12, 31)
EARLIEST_BIRTH_YEAR = 1850

_BIRTH_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_COMMUNE = re.compile(r"(?:\d{2}|2[AB])\d{3}", re.ASCII)
_COUNTRY = re.compile(r"99\d{3}", re.ASCII)
_CANONICAL_FILE_NUMBER = re.compile(r"[A-Z0-9]{5,19}")
# Surrogates too: alone, they are no character and no database takes them.
_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


def translate(row: Row, line: int, data_day: date) -> HolderArrival | FactArrival | Rejection:
    """``data_day`` is the day the file describes: the day of record of a fact that does not say its own."""
    file_number = _file_number(row.file_number)
    if file_number is None:
        return rejection(RejectionCode.FILE_NUMBER, line, "file_number", row.file_number)
    if isinstance(row, HolderRow):
        return _holder(row, line, file_number, data_day)
    recorded_on = row.recorded_on or data_day
    fact = _fact(row, recorded_on)
    fault = _fault(fact, recorded_on)
    if fault is not None:
        code, field, found = fault
        return rejection(code, line, _written(row, field), found)
    title = None
    if isinstance(row, LicenceRow):
        title = TitleArrival(title_number=row.title_number, categories=row.categories, obtained_on=row.obtained_on)
    return FactArrival(line=line, file_number=file_number, fact=fact, recorded_on=recorded_on, title=title)


def control_character(row: Row, line: int) -> Rejection | None:
    """A text PostgreSQL would refuse, or a terminal obey. Only an escape in the JSON can have brought one in."""
    for field in row.__struct_fields__:
        value = getattr(row, field)
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str) and _CONTROL.search(text):
                return rejection(RejectionCode.CONTROL_CHARACTER, line, _written(row, field), text)
    return None


def _written(row: Row, field: str) -> str:
    """The name of a field as the file writes it."""
    if field == "on" and isinstance(row, LicenceRow):
        return "obtained_on"
    return next((f.encode_name for f in msgspec.structs.fields(row) if f.name == field), field)


def _file_number(text: str) -> str | None:
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
    if not FIRST_DAY <= recorded_on <= LAST_DAY:
        return RejectionCode.OUT_OF_RANGE, "recorded_on", recorded_on
    if isinstance(fact, Offence):
        return _offence_fault(fact, recorded_on)
    if not FIRST_DAY <= fact.on <= LAST_DAY:
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
