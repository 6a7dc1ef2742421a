"""Country codes (99xxx) over time: territories once under French administration, States that split or united.

The codes and days of States are read in the INSEE list of countries since 1943 (COG, edition of 2025). The department codes 91–96
of North Africa are the custom of the social-security number, found in no published table: confidence C. A match that rests on
either is a soft difference, which never suffices alone.
"""

from dataclasses import dataclass
from datetime import date

FRANCE = "99100"


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """Births before ``until`` (excluded) may be recorded in France under these departments, or under ``country``."""

    country: str
    departments: frozenset[str]
    until: date


TERRITORIES = (
    # Departments of Algiers, Oran, Constantine, and the Sahara, until independence.
    Territory(country="99352", departments=frozenset(["91", "92", "93", "94"]), until=date(1962, 7, 5)),
    Territory(country="99350", departments=frozenset(["95"]), until=date(1956, 3, 2)),
    Territory(country="99351", departments=frozenset(["96"]), until=date(1956, 3, 20)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerState:
    """Births before ``until`` (excluded) may carry the code of the former State or that of the one the place is in now."""

    code: str
    now: frozenset[str]
    until: date


FORMER_STATES = (
    FormerState(  # Soviet Union, whose code is Russia's today
        code="99123",
        now=frozenset(
            {"99106", "99107", "99108", "99148", "99151", "99155"}
            | {"99252", "99253", "99255", "99256", "99257", "99258", "99259", "99260"}
        ),
        until=date(1991, 12, 26),
    ),
    FormerState(  # Yugoslavia, whose code is Serbia's today
        code="99121",
        now=frozenset(["99118", "99119", "99120", "99145", "99156", "99157"]),
        until=date(2008, 2, 18),
    ),
    FormerState(code="99115", now=frozenset(["99116", "99117"]), until=date(1993, 1, 1)),  # Czechoslovakia
    FormerState(code="99141", now=frozenset(["99109"]), until=date(1990, 10, 3)),  # East Germany
    FormerState(code="99142", now=frozenset(["99109"]), until=date(1990, 10, 3)),  # West Germany
    FormerState(code="99244", now=frozenset(["99243"]), until=date(1976, 7, 2)),  # North Vietnam
    FormerState(code="99245", now=frozenset(["99243"]), until=date(1976, 7, 2)),  # South Vietnam
    FormerState(code="99237", now=frozenset(["99238", "99239"]), until=date(1953, 1, 1)),  # Korea
    FormerState(code="99202", now=frozenset(["99251"]), until=date(1990, 1, 1)),  # North Yemen
    FormerState(code="99233", now=frozenset(["99251"]), until=date(1990, 1, 1)),  # South Yemen
    FormerState(code="99143", now=frozenset(["99254"]), until=date(1994, 1, 1)),  # Cyprus, moved from Europe to Asia
    FormerState(code="99124", now=frozenset(["99208"]), until=date(1966, 1, 1)),  # Turkey in Europe
    FormerState(code="99343", now=frozenset(["99349"]), until=date(2011, 7, 9)),  # Sudan, South Sudan
    FormerState(code="99315", now=frozenset(["99317"]), until=date(1993, 5, 24)),  # Ethiopia, Eritrea
    FormerState(code="99325", now=frozenset(["99350"]), until=date(1956, 10, 29)),  # Tangier, Morocco
    FormerState(code="99362", now=frozenset(["99309"]), until=date(1964, 4, 26)),  # Zanzibar, Tanzania
    FormerState(code="99307", now=frozenset(["99332"]), until=date(1963, 12, 12)),  # Kenya
    FormerState(code="99320", now=frozenset(["99393"]), until=date(1975, 6, 25)),  # Mozambique
)


def is_one_country_over_time(a: str, b: str, born: date) -> bool:
    """``born``: the earliest day it can have been."""
    return any(
        born < state.until and ((a == state.code and b in state.now) or (b == state.code and a in state.now))
        for state in FORMER_STATES
    )


def is_former_territory(country: str, commune: str | None, other_country: str, born: date) -> bool:
    """``country`` and ``commune`` name a French department of then; ``other_country`` is the State of today."""
    return (country == FRANCE and commune is not None) and any(
        other_country == territory.country and born < territory.until and commune[:2] in territory.departments
        for territory in TERRITORIES
    )
