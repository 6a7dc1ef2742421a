"""A dozen catalogue codes, written again by hand for the witness: code, class, points, first and last day."""

from __future__ import annotations

CODES: tuple[tuple[str, str, int, str, str], ...] = (
    ("CEINTURE_COND_1PT", "C2", 1, "2001-06-01", "2003-03-31"),
    ("SPD_GE50_C5_4PTS", "C5", 4, "2001-06-01", "2004-12-06"),
    ("SPD_LT5_LE50_OLD", "C4", 1, "2004-12-07", "2023-12-31"),
    ("SPD_LT5_LE50", "C4", 0, "2024-01-01", "9999-12-31"),
    ("SPD_05_19_GT50", "C3", 1, "2004-12-07", "9999-12-31"),
    ("SPD_20_29_GT50", "C4", 2, "2001-06-01", "9999-12-31"),
    ("SPD_40_49_LE50", "C4", 4, "2004-12-07", "9999-12-31"),
    ("SPD_GE50_C5", "C5", 6, "2004-12-07", "2025-12-28"),
    ("SPD_GE50_D", "D", 6, "2025-12-29", "9999-12-31"),
    ("ALC_05_08", "C4", 6, "2003-07-12", "9999-12-31"),
    ("DRUG_ALC_6PTS", "D", 6, "2003-02-04", "2025-07-10"),
    ("DRUG_ALC_9PTS", "D", 9, "2025-07-11", "9999-12-31"),
    ("CLIGNOTANT", "C2", 3, "2001-06-01", "9999-12-31"),
)


def catalogue_entry(code: str) -> tuple[str, int]:
    return next((category, points) for name, category, points, _first, _last in CODES if name == code)


def codes_in_force(day: str) -> list[str]:
    return [name for name, _category, _points, first, last in CODES if first <= day <= last]
