"""Legal periods: counted from date to date, as article 641 of the code of civil procedure does (by analogy: L223-6 is silent)."""

from datetime import date
from functools import lru_cache

_LAST_DAY = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 1

LAST_YEAR = 9900
"""Days after this year are refused at the door, so that adding the longest period never overflows."""


@lru_cache(maxsize=1 << 16)
def add_months(day: date, months: int) -> date:
    """The same day number ``months`` later, or the last day of that month when it has no such day.

    >>> add_months(date(2022, 8, 31), 6)
    datetime.date(2023, 2, 28)
    >>> add_months(date(2020, 2, 29), 36)
    datetime.date(2023, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = _LAST_DAY[month]
    if month == _FEBRUARY and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        last = 29
    return date(year, month + 1, min(day.day, last))
