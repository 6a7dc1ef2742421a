"""What is known on a day, and what each offence really costs (readings a, b, c, g, s; Meaning 3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.law.witness.catalogue import catalogue_entry
from tests.law.witness.days import NEVER

Event = dict[str, Any]

CAPS_OF_2003 = "2003-06-13"
NINE_POINTS_FROM = "2025-07-11"


@dataclass(frozen=True, kw_only=True, slots=True)
class Offence:
    """An offence that stands (not cancelled, on a vehicle that needs a licence), with the points it really takes."""

    id: str
    committed: str
    established: str | None
    category: str
    points: int

    def interrupts(self) -> bool:
        """One cut to nothing by its group interrupts nothing; one not yet established does."""
        return self.points > 0


def own_day(event: Event) -> str:
    """The day a fact became known (Meaning 3)."""
    if event.get("recorded"):
        return str(event["recorded"])
    if event["type"] == "offence":
        return str(event["established"] or event["committed"])
    return str(event["on"])


def known(events: Iterable[Event], by: str | None) -> list[Event]:
    return [event for event in events if by is None or own_day(event) <= by]


def standing_offences(events: list[Event]) -> list[Offence]:
    cancelled = {event["target"] for event in events if event["type"] == "decision_cancelled"}
    said = [event for event in events if event["type"] == "offence"]
    full = {
        event["id"]: as_told(event) for event in said if event["id"] not in cancelled and event.get("vehicle_needs_licence", True)
    }
    standing = []
    for group in groups(said):
        members = [full[name] for name in group if name in full]
        standing += share_of_the_cap(members) if len(group) > 1 else members
    return sorted(standing, key=lambda offence: offence.id)


def as_told(event: Event) -> Offence:
    category, points = event.get("category"), event.get("points")
    if event.get("offence"):
        category, points = catalogue_entry(event["offence"])
    assert category is not None
    assert points is not None
    return Offence(
        id=event["id"], committed=event["committed"], established=event["established"], category=category, points=points
    )


def groups(offences: list[Event]) -> list[set[str]]:
    """The offences of one instant: whoever is linked, directly or not, in either direction."""
    found: list[set[str]] = []
    for event in offences:
        links = {event["id"]} | ({event["simultaneous_with"]} if event.get("simultaneous_with") else set())
        touched = [group for group in found if group & links]
        found = [group for group in found if not group & links]
        found.append(links.union(*touched))
    return found


def share_of_the_cap(members: list[Offence]) -> list[Offence]:
    """The cap is used up in the order of establishment, then of id; those not established come last and keep their points."""
    shared: list[Offence] = []
    for offence in sorted(members, key=lambda one: (one.established or NEVER, one.id)):
        left = cap([*shared, offence], members) - sum(one.points for one in shared)
        points = max(0, min(offence.points, left)) if offence.established else offence.points
        shared.append(
            Offence(
                id=offence.id,
                committed=offence.committed,
                established=offence.established,
                category=offence.category,
                points=points,
            )
        )
    return shared


def cap(so_far: list[Offence], told: list[Offence]) -> int:
    """Points a group may cost, seen from the offences established so far."""
    names = {offence.id for offence in so_far}
    taken = [offence for offence in told if offence.id in names]
    committed = taken[0].committed
    if committed < CAPS_OF_2003:
        return 8 if any(offence.category == "D" for offence in taken) else 6
    if committed >= NINE_POINTS_FROM and any(offence.points == 9 for offence in taken):
        return 9
    return 8
