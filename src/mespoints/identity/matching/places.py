"""Where one was born: the country, then the commune when it is France. Two fields, one place: a move of borders counts once."""

from dataclasses import dataclass
from datetime import date

from mespoints.identity.matching.communes import CommuneHistory
from mespoints.identity.matching.countries import FRANCE, is_former_territory, is_one_country_over_time
from mespoints.identity.matching.dates import earliest
from mespoints.identity.matching.reasons import Field, Reason, Strength, Why, conflict, soft, strict
from mespoints.register.identities import Candidate, PivotIdentity

CORSICA_UNTIL = date(1976, 1, 1)
"""Its two departments took the codes 2A and 2B on that day; births before it carry 20."""
_CORSICA = ("2A", "2B")
_OVERSEAS = {"97123": "97701", "97127": "97801"}
"""Saint-Barthélemy and Saint-Martin, communes of Guadeloupe until 2007."""
_MAYOTTE_BEFORE, _MAYOTTE = "985", "976"
"""A department since 2011: the same two last figures under another beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    country: str
    commune: str | None


def place(country: str, commune: str | None) -> Place:
    """Abroad, a commune is a stray code; and a "commune" in 99 is the country, as in a social-security number."""
    if commune and commune.startswith("99"):
        return Place(country=commune if country in {"", FRANCE} else country, commune=None)
    if commune and country in {"", FRANCE}:
        return Place(country=FRANCE, commune=commune)
    return Place(country=country, commune=None)


def birth_place(pivot: PivotIdentity, record: Candidate, history: CommuneHistory) -> tuple[Reason, Reason]:
    """Country, commune."""
    a, b = place(pivot.birth_country, pivot.birth_commune), place(record.birth_country, record.birth_commune)
    try:
        born = earliest(pivot.birth_date)
    except ValueError:
        return conflict(Field.BIRTH_COUNTRY), _not_compared()
    if a.country != b.country:
        return _country(a, b, born), _not_compared()
    if a.country != FRANCE:
        return strict(Field.BIRTH_COUNTRY), _not_compared()
    return strict(Field.BIRTH_COUNTRY), _commune(a.commune, b.commune, born, history)


def _country(a: Place, b: Place, born: date) -> Reason:
    if not a.country or not b.country:
        return conflict(Field.BIRTH_COUNTRY)
    if is_former_territory(a.country, a.commune, b.country, born) or is_former_territory(b.country, b.commune, a.country, born):
        return soft(Field.BIRTH_COUNTRY, Why.FORMER_TERRITORY)
    if is_one_country_over_time(a.country, b.country, born):
        return soft(Field.BIRTH_COUNTRY, Why.FORMER_STATE)
    return conflict(Field.BIRTH_COUNTRY)


def _commune(a: str | None, b: str | None, born: date, history: CommuneHistory) -> Reason:
    if a is None or b is None:
        return soft(Field.BIRTH_COMMUNE, Why.COMMUNE_UNKNOWN)
    if a == b:
        return strict(Field.BIRTH_COMMUNE)
    if born < CORSICA_UNTIL and (_is_corsica(a, b) or _is_corsica(b, a)):
        return soft(Field.BIRTH_COMMUNE, Why.CORSICA)
    if _is_overseas(a, b) or _is_overseas(b, a):
        return soft(Field.BIRTH_COMMUNE, Why.OVERSEAS)
    if history.is_city_and_part(a, b):
        return soft(Field.BIRTH_COMMUNE, Why.ARRONDISSEMENT)
    if history.is_one_place(a, b):
        return soft(Field.BIRTH_COMMUNE, Why.COMMUNE_HISTORY)
    return conflict(Field.BIRTH_COMMUNE)


def _is_corsica(former: str, today: str) -> bool:
    return former.startswith("20") and today[:2] in _CORSICA and former[2:] == today[2:]


def _is_overseas(former: str, today: str) -> bool:
    if former.startswith(_MAYOTTE_BEFORE):
        return today == _MAYOTTE + former[3:]
    return _OVERSEAS.get(former) == today


def _not_compared() -> Reason:
    return Reason(field=Field.BIRTH_COMMUNE, why=Why.NOT_COMPARED, strength=Strength.SUPPORT)
