"""The invented people it knows, read from a TOML file, and how they are told to a client."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

SUBJECT_SALT = b"fournisseur simule"
"""Fixed, so that a person keeps the same subject from one start to the next."""

CLAIMS_OF_SCOPE: Mapping[str, tuple[str, ...]] = {
    "openid": ("sub",),
    "identite_pivot": (
        "given_name",
        "given_name_array",
        "family_name",
        "birthdate",
        "gender",
        "birthplace",
        "birthcountry",
    ),
    "profile": ("given_name", "given_name_array", "family_name", "birthdate", "gender", "preferred_username"),
    "birth": ("birthplace", "birthcountry"),
    "given_name": ("given_name", "given_name_array"),
    "family_name": ("family_name",),
    "birthdate": ("birthdate",),
    "gender": ("gender",),
    "birthplace": ("birthplace",),
    "birthcountry": ("birthcountry",),
    "email": ("email",),
    "preferred_username": ("preferred_username",),
    "idp_birthdate": ("idp_birthdate",),
    "idp_id": ("idp_id",),
}
"""``address`` and ``phone`` are gone in version 2; ``amr`` needs an agreement this client does not have."""

_CIVIL_REGISTRY = tuple(f"rnipp_{claim}" for claim in CLAIMS_OF_SCOPE["identite_pivot"])
CLAIMS_OF_SCOPE_PLUS: Mapping[str, tuple[str, ...]] = {
    **{scope: claims for scope, claims in CLAIMS_OF_SCOPE.items() if scope not in {"idp_birthdate", "idp_id"}},
    "rnipp_identite_pivot": (*CLAIMS_OF_SCOPE["identite_pivot"], *_CIVIL_REGISTRY),
}
"""FranceConnect+: what the civil registry says stands beside what the person's own provider says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An invented civil status. ``None`` is a claim that is not sent at all."""

    key: str
    title: str
    family_name: str | None
    given_names: tuple[str, ...]
    gender: str | None
    birthdate: str
    """``YYYY-MM-DD``, 00 for an unknown month or day."""
    birthplace: str | None
    birthcountry: str | None
    email: str | None
    usage_name: str | None
    is_european: bool = False
    """Comes by another State's provider: no INSEE code, and the French civil registry says nothing."""
    acr: str | None = None

    @property
    def full_name(self) -> str:
        return " ".join((*self.given_names, self.usage_name or self.family_name or "")).strip()

    @property
    def completed_birthdate(self) -> str:
        """As the civil registry's answer is completed: an unknown month or day becomes 01."""
        return self.birthdate.replace("-00", "-01")

    @property
    def claims(self) -> Mapping[str, Any]:
        pivot = {
            "given_name": " ".join(self.given_names) or None,
            "given_name_array": list(self.given_names) or None,
            "family_name": self.family_name,
            "birthdate": self.completed_birthdate,
            "gender": self.gender,
            "birthplace": self.birthplace,
            "birthcountry": self.birthcountry,
        }
        civil_registry = {} if self.is_european else {f"rnipp_{claim}": value for claim, value in pivot.items()}
        return {
            **pivot,
            **civil_registry,
            "preferred_username": self.usage_name,
            "idp_birthdate": self.birthdate,
            "email": self.email,
            "idp_id": "fournisseur-simule",
        }

    @property
    def subject(self) -> str:
        """64 hexadecimal characters and ``v1``, made from the pivot identity: a corrected identity has another subject."""
        pivot = (
            *self.given_names,
            self.family_name,
            self.birthdate,
            self.gender,
            self.birthplace,
            self.birthcountry,
        )
        return hashlib.sha256(SUBJECT_SALT + repr(pivot).encode()).hexdigest() + "v1"


def read_people(path: Path) -> tuple[Person, ...]:
    """Every ``[[person]]`` table; keys this provider has no use for are left alone."""
    with path.open("rb") as file:
        tables = tomllib.load(file).get("person", [])
    if not tables:
        raise ValueError(f"{path} : aucune table [[person]]. Il en faut au moins une.")
    return tuple(_person(table) for table in tables)


def _person(table: Mapping[str, Any]) -> Person:
    birthdate = table["birthdate"]
    return Person(
        key=table["key"],
        title=table.get("title", table["key"]),
        family_name=table.get("family_name"),
        given_names=tuple(table.get("given_names", ())),
        gender=table.get("gender"),
        birthdate=birthdate.isoformat() if isinstance(birthdate, date) else birthdate,
        birthplace=table.get("birthplace"),
        birthcountry=table.get("birthcountry"),
        email=table.get("email"),
        usage_name=table.get("usage_name"),
        is_european=table.get("european", False),
    )
