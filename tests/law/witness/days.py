"""Days as plain ISO text ("2024-02-29"): they compare in the order of the calendar.

Years 1 to 9998 only; a period that would end later is said to end on NEVER.
"""

from __future__ import annotations

from functools import lru_cache

NEVER = "9999-12-31"
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_length(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else LENGTHS[month - 1]


def parts(day: str) -> tuple[int, int, int]:
    return int(day[:4]), int(day[5:7]), int(day[8:])


def written(year: int, month: int, number: int) -> str:
    return f"{year:04d}-{month:02d}-{number:02d}"


@lru_cache(maxsize=200_000)
def after_months(day: str, months: int) -> str:
    """Same number of the month, or its last day when it has no such number (article 641 of the code of civil procedure)."""
    year, month, number = parts(day)
    count = year * 12 + month - 1 + months
    year, month = count // 12, count % 12 + 1
    return written(year, month, min(number, month_length(year, month))) if year < 9999 else NEVER


def after_years(day: str, years: int) -> str:
    return after_months(day, 12 * years)


@lru_cache(maxsize=200_000)
def next_day(day: str) -> str:
    year, month, number = parts(day)
    if number < month_length(year, month):
        return written(year, month, number + 1)
    if month < 12:
        return written(year, month + 1, 1)
    return written(year + 1, 1, 1) if year < 9999 else NEVER


@lru_cache(maxsize=200_000)
def day_before(day: str) -> str:
    year, month, number = parts(day)
    if number > 1:
        return written(year, month, number - 1)
    if month > 1:
        return written(year, month - 1, month_length(year, month - 1))
    return written(year - 1, 12, 31)
