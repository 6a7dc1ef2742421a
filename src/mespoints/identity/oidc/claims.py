"""UserInfo claims → the pivot identity of a driver. The one place that knows the words of FranceConnect and FranceConnect+."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mespoints.identity.failures import DelegatedSession, EuropeanIdentity, IdentityIncomplete
from mespoints.identity.oidc.tokens import Claims
from mespoints.identity.words import Provider
from mespoints.register.identities import PivotIdentity

FRANCE = "99100"
CIVIL_REGISTRY = "rnipp_"
"""Begins the names of its claims (FranceConnect+)."""
LONGEST_EMAIL = 254
"""Characters, as an e-mail field of Django holds."""
_COMMUNE = re.compile(r"(?:2[AB]|[0-9]{2})[0-9]{3}")
_COUNTRY = re.compile(r"[0-9]{5}")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedIdentity:
    """Who the provider says this is, once every check has passed."""

    provider: Provider
    subject: str
    pivot: PivotIdentity
    email: str | None
    """Contact address given at the provider; never a key."""
    id_token: str
    """Signed, with its ``at_hash``: the hint that sign-out must carry, expired or not."""
    acr: str


def pivot_identity(userinfo: Claims, provider: Provider) -> PivotIdentity:
    """The six pivot fields. Raises ``IdentityIncomplete`` when they cannot identify anyone."""
    if "rep_scope" in userinfo:
        raise DelegatedSession
    if provider is Provider.FRANCECONNECT_PLUS:
        userinfo = _of_civil_registry(userinfo)
    country = userinfo.get("birthcountry")
    if not isinstance(country, str) or not _COUNTRY.fullmatch(country):
        raise IdentityIncomplete
    return PivotIdentity(
        birth_name=_text(userinfo.get("family_name")),
        given_names=_given_names(userinfo),
        sex=_sex(userinfo.get("gender")),
        birth_date=_birth_date(userinfo),
        birth_commune=_commune(userinfo.get("birthplace"), country),
        birth_country=country,
        usage_name=_usage_name(userinfo.get("preferred_username")),
    )


def _of_civil_registry(userinfo: Claims) -> Claims:
    """The civil registry's words in the place of the person's own provider's, as FranceConnect itself gives them.

    Without any, the person comes from another Member State: no code of a place, so no record can be found by machine.
    """
    registry = {name.removeprefix(CIVIL_REGISTRY): said for name, said in userinfo.items() if name.startswith(CIVIL_REGISTRY)}
    if not registry:
        raise EuropeanIdentity
    return {**userinfo, **registry}


def contact_address(userinfo: Claims) -> str | None:
    email = userinfo.get("email")
    return email if isinstance(email, str) and "@" in email and len(email) <= LONGEST_EMAIL else None


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise IdentityIncomplete
    return value.strip()


def _usage_name(value: object) -> str | None:
    """Optional, declared at the identity provider and verified by nobody."""
    return value.strip() or None if isinstance(value, str) else None


def _sex(gender: object) -> Literal["M", "F", "X"]:
    match gender:
        case "male":
            return "M"
        case "female":
            return "F"
        case _:
            return "X"


def _given_names(userinfo: Claims) -> tuple[str, ...]:
    """From the list when there is one: only it tells « Jean Pierre » from « Jean », « Pierre »."""
    listed = userinfo.get("given_name_array")
    if isinstance(listed, list) and listed:
        return tuple(_text(name) for name in listed)
    return tuple(_text(userinfo.get("given_name")).split())


def _birth_date(userinfo: Claims) -> str:
    """``YYYY-MM-DD``, 00 for what is unknown.

    ``birthdate`` is completed with 01, so a 1st may mean "some day": ``idp_birthdate`` keeps the zeros and comes first.
    """
    stated = userinfo.get("idp_birthdate") or userinfo.get("birthdate")
    found = _DATE.fullmatch(stated) if isinstance(stated, str) else None
    if found is None or not _possible(*(int(part) for part in found.groups())):
        raise IdentityIncomplete
    return found.group()


def _possible(year: int, month: int, day: int) -> bool:
    """A day of the calendar once its zeros are set aside; a known day in an unknown month is nonsense."""
    if month == 0 and day != 0:
        return False
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return False
    return True


def _commune(place: object, country: str) -> str | None:
    """Only a commune code of a birth in France: abroad the field is empty, free text or a stray code."""
    if country == FRANCE and isinstance(place, str) and _COMMUNE.fullmatch(place):
        return place
    return None
