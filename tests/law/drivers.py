"""Drivers told in a few words, for the tables of the tests."""

from typing import Any

from mespoints.law.case_format import evaluate

Event = dict[str, Any]
Case = dict[str, Any]


def offence(name: str, committed: str, established: str | None, category: str = "C2", points: int = 2, **more: Any) -> Event:
    told = {"id": name, "type": "offence", "committed": committed, "established": established}
    return {**told, "established_by": "fine_paid", "category": category, "points": points, **more}


def pending(committed: str) -> Event:
    """Committed, never established: takes nothing, interrupts what it can (contract, reading c)."""
    return offence("pending", committed, None)


def event(name: str, kind: str, on: str, **more: Any) -> Event:
    return {"id": name, "type": kind, "on": on, **more}


def driver(*events: Event, obtained: str = "1985-03-04", probation: str = "none", training: str | None = None) -> Case:
    licence = {"obtained": obtained, "probation": probation, "post_permit_training": training}
    return {"licence": licence, "events": list(events)}


def asked(case: Case, day: str) -> Any:
    return evaluate({**case, "as_of": day})


def all_lost(day: str, name: str = "") -> list[Event]:
    """Twelve points lost, the 48SI received and the card surrendered, all on one day."""
    losses = [offence(f"{name}{rank}", day, day, "D", 6) for rank in "ab"]
    return [*losses, event(f"{name}48SI", "invalidation_notified", day), event(f"{name}card", "licence_surrendered", day)]
