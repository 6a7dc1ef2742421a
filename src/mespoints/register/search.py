"""From an identity to the holders it may be: wide enough for what two sources write differently, bounded, by index.

The register answers with identities; whether one of them is the person is decided elsewhere (``identity.matching``). What is set
aside here, every rule of that decision refuses.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from mespoints.register.identities import Candidate, PivotIdentity
from mespoints.register.licence_state import LicenceState
from mespoints.register.names import leading_keys, search_keys

MOST_CANDIDATES = 20
"""Beyond, nobody can choose: an agent asks for more than a civil status."""

_BIRTH_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    found: tuple[Candidate, ...]
    """By holder; never more than ``MOST_CANDIDATES``."""
    too_many: bool


_DESCRIPTION = """
select h.id, h.file_number, h.birth_name, h.usage_name, h.given_names, h.sex, h.birth_year, h.birth_month, h.birth_day,
       h.birth_commune, h.birth_country, stated.state"""
_STATED = """
  left join lateral (select s.state from register_statedlicencestate s
                      where s.holder_id = h.id order by s.id desc limit 1) stated on true"""

# The register may hold the birth name under another spelling, or a usage name in the place of one or of the other.
_MATCHES = f"""
{_DESCRIPTION}
  from (select id from register_holder
         where birth_name_key = any(%(names)s) and birth_year = %(year)s and given_names_key = any(%(given_names)s)
         union
        select id from register_holder
         where usage_name_key = any(%(names)s) and birth_year = %(year)s and given_names_key = any(%(given_names)s)) found
  join register_holder h on h.id = found.id
{_STATED}
 where coalesce(h.birth_month = %(month)s::smallint, true) and coalesce(h.birth_day = %(day)s::smallint, true)
   and ('X' in (h.sex, %(sex)s) or h.sex = %(sex)s)
 order by h.id
 limit %(limit)s
"""  # noqa: S608 - constants only

_DESCRIBED = f"""
{_DESCRIPTION}
  from register_holder h
{_STATED}
 where h.id = any(%(holders)s)
 order by h.id
"""


def candidates(pivot: PivotIdentity) -> Candidates:
    """Raises ValueError when ``birth_date`` is not ``YYYY-MM-DD``."""
    date_parts = _BIRTH_DATE.fullmatch(pivot.birth_date)
    if date_parts is None:
        raise ValueError("birth_date must be YYYY-MM-DD, with 00 for an unknown month or day")
    year, month, day = (int(part) for part in date_parts.groups())
    with connection.cursor() as cursor:
        cursor.execute(
            _MATCHES,
            {
                "names": sorted(search_keys(pivot.birth_name) | search_keys(pivot.usage_name or "")),
                "given_names": list(leading_keys(pivot.given_names)),
                "year": year,
                "month": month or None,
                "day": day or None,
                "sex": pivot.sex,
                "limit": MOST_CANDIDATES + 1,
            },
        )
        rows = cursor.fetchall()
    return Candidates(found=tuple(_candidate(row) for row in rows[:MOST_CANDIDATES]), too_many=len(rows) > MOST_CANDIDATES)


def described(holder_ids: Iterable[int]) -> tuple[Candidate, ...]:
    """Those holders as the register describes them now, by number; one that is gone is left out."""
    with connection.cursor() as cursor:
        cursor.execute(_DESCRIBED, {"holders": list(holder_ids)})
        return tuple(_candidate(row) for row in cursor.fetchall())


def _candidate(row: Iterable[Any]) -> Candidate:
    holder_id, file_number, birth_name, usage_name, given_names, sex, year, month, day, commune, country, state = row
    return Candidate(
        holder_id=holder_id,
        file_number=file_number,
        birth_name=birth_name,
        usage_name=usage_name,
        given_names=tuple(given_names),
        sex=sex,
        birth_date=f"{year:04d}-{month or 0:02d}-{day or 0:02d}",
        birth_commune=commune,
        birth_country=country,
        is_deceased=state == LicenceState.DECEASED,
    )
