"""Birth dates of which a part may be unknown: ``YYYY-MM-DD``, ``00`` for what nobody knows."""

import re
from datetime import date

from mespoints.identity.matching.reasons import Field, Reason, Why, conflict, soft, strict
from mespoints.register.identities import Candidate, PivotIdentity

_FORM = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


def birth_date(pivot: PivotIdentity, record: Candidate) -> Reason:
    """A part unknown on either side, or on both, is compatible and no more: homonyms of one year are many."""
    if (pivot_parts := parts(pivot.birth_date)) is None or (record_parts := parts(record.birth_date)) is None:
        return conflict(Field.BIRTH_DATE)
    (year, month, day), (other_year, other_month, other_day) = pivot_parts, record_parts
    if year != other_year or _differ(month, other_month) or _differ(day, other_day):
        return conflict(Field.BIRTH_DATE)
    if not month or not other_month:
        return soft(Field.BIRTH_DATE, Why.MONTH_UNKNOWN)
    if not day or not other_day:
        return soft(Field.BIRTH_DATE, Why.DAY_UNKNOWN)
    return strict(Field.BIRTH_DATE)


def same_birth_date(a: str, b: str) -> bool:
    """Strictly: every part known and equal."""
    return parts(a) is not None and a == b and "00" not in a.split("-")[1:]


def earliest(birth_date: str) -> date:
    """The first day it can be. Raises ValueError on another form, or on a day no calendar holds."""
    found = parts(birth_date)
    if found is None:
        raise ValueError("a birth date is YYYY-MM-DD, with 00 for an unknown month or day")
    year, month, day = found
    return date(year, month or 1, day or 1)


def parts(birth_date: str) -> tuple[int, int, int] | None:
    found = _FORM.fullmatch(birth_date)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def _differ(one: int, other: int) -> bool:
    return bool(one and other and one != other)
