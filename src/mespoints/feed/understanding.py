"""A line of bytes -> what it says, or the reason why it says nothing: the same for a daily file and for the quarantine."""

from datetime import date
from typing import assert_never

import msgspec

from mespoints.feed.lines import is_too_long
from mespoints.feed.rejections import Rejection, RejectionCode, malformed, readable, rejection
from mespoints.feed.rows import KINDS, CorrectionRow, Row, RowKind
from mespoints.feed.stated_balances import StatedBalance
from mespoints.feed.strict_json import DuplicateKey, refuse_duplicate_keys
from mespoints.feed.translation import canonical_file_number, control_character, translate
from mespoints.register.arrivals import Arrival, Refusal, Refused

Understood = Arrival | StatedBalance

Awaited = tuple[str, str | None]
"""Canonical file number of the holder who is unknown; or of the holder of an offence that is missing, and its ``fact_id``."""

_decode = msgspec.json.Decoder[Row](Row).decode


def understood(number: int, raw: bytes, data_day: date) -> tuple[RowKind | None, Understood | Rejection]:
    """With its kind when the row reads. ``data_day`` is the day the file describes."""
    if is_too_long(raw):
        return None, rejection(RejectionCode.TOO_LARGE, number, None, readable(raw))
    try:
        row = _decode(raw)
        refuse_duplicate_keys(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, DuplicateKey, RecursionError) as error:
        return None, malformed(raw, number, error)
    kind = KINDS[type(row)]
    if b"\\" in raw:
        fault = control_character(row, number)
        if fault is not None:
            return kind, fault
    return kind, translate(row, number, data_day)


def rejection_of(refusal: Refusal, raw: bytes, line: int) -> tuple[Rejection, Awaited | None]:
    """What the register refused, in the words of the row ``raw``; and what would let it in."""
    row = _decode(raw)
    fact = row.fact if isinstance(row, CorrectionRow) else row
    within = "fact." if isinstance(row, CorrectionRow) else ""
    file_number = canonical_file_number(row.file_number) or ""
    awaited: Awaited | None = None
    match refusal.why:
        case Refused.UNKNOWN_HOLDER:
            field, found = "file_number", row.file_number
            awaited = (file_number, None)
        case Refused.DANGLING_REFERENCE:
            field, found = _reference(fact)
            awaited = (file_number, found)
        case Refused.COLLISION:
            field, found = _reference(fact)
        case Refused.CONFLICT | Refused.UNKNOWN_FACT | Refused.STILL_REFERRED:
            field, found = "fact_id", getattr(fact, "fact_id", "")
        case _:
            assert_never(refusal.why)
    return rejection(RejectionCode(refusal.why), line, within + field, found), awaited


def _reference(row: msgspec.Struct) -> tuple[str, str]:
    field = "target" if hasattr(row, "target") else "simultaneous_with"
    return field, getattr(row, field)
