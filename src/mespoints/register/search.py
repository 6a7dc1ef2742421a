"""From an identity to its holders, exactly: the sign-in decides what to do with none, one or several."""

import re
from dataclasses import dataclass
from typing import Literal

from django.db import connection

from mespoints.register.consultation import HOLDER_COLUMNS, HolderIdentity, holder_identity
from mespoints.register.names import given_names_key, name_key

_BIRTH_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class PivotIdentity:
    """Identité pivot. ``birth_date`` is ``YYYY-MM-DD`` with ``00`` for an unknown part; places are INSEE codes.

    ``birth_commune`` is None for a birth abroad; ``birth_country`` is ``99100`` for France.
    """

    birth_name: str
    given_names: tuple[str, ...]
    sex: Literal["M", "F", "X"]
    birth_date: str
    birth_commune: str | None
    birth_country: str


_MATCHES = f"""
select {HOLDER_COLUMNS}
  from register_holder h
 where h.birth_name_key = %(birth_name_key)s and h.birth_year = %(year)s and h.given_names_key = %(given_names_key)s
   and h.birth_month is not distinct from %(month)s::smallint
   and h.birth_day is not distinct from %(day)s::smallint
   and h.sex = %(sex)s
   and h.birth_commune is not distinct from %(commune)s::varchar
   and h.birth_country = %(country)s
 order by h.id
"""  # noqa: S608 - constants only


def exact_matches(pivot: PivotIdentity) -> tuple[HolderIdentity, ...]:
    """Holders whose every field equals the pivot's, names compared by their keys; an unknown part equals an unknown part only.

    Raises ValueError when ``birth_date`` is not ``YYYY-MM-DD``.
    """
    date_parts = _BIRTH_DATE.fullmatch(pivot.birth_date)
    if date_parts is None:
        raise ValueError("birth_date must be YYYY-MM-DD, with 00 for an unknown month or day")
    year, month, day = (int(part) for part in date_parts.groups())
    with connection.cursor() as cursor:
        cursor.execute(
            _MATCHES,
            {
                "birth_name_key": name_key(pivot.birth_name),
                "given_names_key": given_names_key(pivot.given_names),
                "year": year,
                "month": month or None,
                "day": day or None,
                "sex": pivot.sex,
                "commune": pivot.birth_commune,
                "country": pivot.birth_country,
            },
        )
        return tuple(holder_identity(row) for row in cursor.fetchall())
