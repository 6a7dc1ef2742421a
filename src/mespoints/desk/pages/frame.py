"""What every page of the desk carries around its content, in the form the shared base template reads."""

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """The pages of the menu, by route."""

    NIGHTS = "desk:nights"
    QUARANTINE = "desk:quarantine"
    RECONCILIATION = "desk:reconciliation"
    INCIDENTS = "desk:incidents"
    LINKING = "desk:linking"


LABELS = {
    Place.NIGHTS: "Nuits",
    Place.QUARANTINE: "Quarantaine",
    Place.RECONCILIATION: "Rapprochement",
    Place.INCIDENTS: "Incidents",
    Place.LINKING: "Rattachements",
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
    is_signed_in: bool = False
    """Nobody signs in to the desk yet."""


def frame(title: str, here: Place, *, has_invented_data: bool) -> Frame:
    menu = tuple(Entry(route=place, label=label, is_here=place is here) for place, label in LABELS.items())
    return Frame(title=f"{title} – Exploitation", menu=menu, has_invented_data=has_invented_data)
