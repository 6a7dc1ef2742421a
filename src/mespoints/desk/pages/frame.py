"""What every page of the desk carries around its content, in the form the shared base template reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mespoints.identity.roles import Role


class Place(StrEnum):
    """The pages of the menu, by route."""

    NIGHTS = "desk:nights"
    QUARANTINE = "desk:quarantine"
    RECONCILIATION = "desk:reconciliation"
    INCIDENTS = "desk:incidents"
    ACCESS = "desk:access"
    LINKING = "desk:linking"
    OWN_ACCOUNT = "desk:own_account"
    SIGN_IN = "desk:sign_in"


LABELS = {
    Place.NIGHTS: "Nuits",
    Place.QUARANTINE: "Quarantaine",
    Place.RECONCILIATION: "Rapprochement",
    Place.INCIDENTS: "Incidents",
    Place.LINKING: "Rattachements",
    Place.ACCESS: "Accès",
    Place.OWN_ACCOUNT: "Mon compte",
    Place.SIGN_IN: "Se connecter",
}

OPENED_BY: Mapping[Place, frozenset[Role]] = {
    Place.NIGHTS: frozenset({Role.OPERATOR}),
    Place.QUARANTINE: frozenset({Role.OPERATOR}),
    Place.RECONCILIATION: frozenset({Role.OPERATOR}),
    Place.INCIDENTS: frozenset({Role.OPERATOR}),
    Place.LINKING: frozenset({Role.AGENT, Role.SUPERVISOR}),
    Place.ACCESS: frozenset({Role.OPERATOR, Role.SUPERVISOR}),
    Place.OWN_ACCOUNT: frozenset(Role),
    # Where one has no role yet.
    Place.SIGN_IN: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    route: Place
    label: str
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    title: str
    menu: tuple[Entry, ...]
    has_invented_data: bool
    is_signed_in: bool
    sign_out: str = "desk:sign_out"


def frame(title: str, here: Place | None, *, roles: frozenset[Role], has_invented_data: bool) -> Frame:
    """``roles`` is empty for somebody who is not signed in. The menu shows what they open, and nothing else."""
    places = [place for place in Place if roles & OPENED_BY[place]] or [Place.SIGN_IN]
    return Frame(
        title=f"{title} – Espace professionnel",
        menu=tuple(Entry(route=place, label=LABELS[place], is_here=place is here) for place in places),
        has_invented_data=has_invented_data,
        is_signed_in=bool(roles),
    )


def first_place(roles: frozenset[Role]) -> Place:
    """Where one arrives after signing in: the first page that one's roles open."""
    return next(place for place in Place if roles & OPENED_BY[place])
