"""The engine and the witness side by side, field by field; and the smallest case on which they still part."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from mespoints.law.case_format import CaseError, evaluate
from tests.law import witness
from tests.law.random_records import random_case

Case = dict[str, Any]
Answer = dict[str, Any]

PLAIN = ("balance", "account", "ceiling", "status", "probation", "situations", "new_licence_from")
ROWS = {
    "movements": ("on", "points", "account", "rule", "cause"),
    "forecast": ("on", "points", "account", "rule"),
    "closings": ("on", "rule", "account"),
    "revoked": ("would_have_been_on", "points", "rule", "undone_on"),
    "obligations": ("kind", "cause", "due_on", "overdue"),
}
UNORDERED = ("revoked", "obligations")
COURSE = ("useful", "points", "first_useful_day", "last_useful_day")


def compared(answer: Answer) -> Answer:
    """The part of an answer that both give: no sentences, no articles."""
    part: Answer = {key: answer[key] for key in PLAIN}
    for key, columns in ROWS.items():
        rows = [[row[column] for column in columns] for row in answer[key]]
        part[key] = sorted(rows, key=str) if key in UNORDERED else rows
    part["course"] = {key: answer["course"][key] for key in COURSE}
    return part


def lines_of(part: Answer) -> int:
    """Rows compared, a single value counting for one."""
    return sum(max(1, len(value)) if isinstance(value, list) else 1 for value in part.values())


def differences(engine: Answer, witness: Answer) -> dict[str, tuple[Any, Any]]:
    """Field: (what the engine says, what the witness says), for the fields on which they part."""
    ours, theirs = compared(engine), compared(witness)
    found = {key: (ours[key], theirs[key]) for key in ours if ours[key] != theirs[key]}
    possible = {(row["would_have_been_on"], row["rule"], row["undone_on"]): row["possible_causes"] for row in witness["revoked"]}
    for row in engine["revoked"]:
        causes = possible.get((row["would_have_been_on"], row["rule"], row["undone_on"]))
        if causes is not None and len(engine["revoked"]) == 1 and row["cause"] not in causes:
            found["revoked cause"] = (row["cause"], causes)
    return found


def parted(case: Case) -> dict[str, tuple[Any, Any]]:
    """Differences on one case; none when it is refused, so that shrinking stays among valid cases."""
    try:
        answer = evaluate(case)
    except CaseError:
        return {}
    return differences(answer, witness.evaluate(case))


def disagreement(seed: int, field: str) -> str:
    """The smallest case drawn from that seed that still parts them on `field`, as JSON, and both answers."""
    case = smallest(random_case(seed), lambda simpler: field in parted(simpler))
    lines = [f"{key}\n  engine  {ours}\n  witness {theirs}" for key, (ours, theirs) in parted(case).items()]
    return "\n".join([f"seed {seed}", json.dumps(case), *lines])


def smallest(case: Case, parts: Callable[[Case], bool]) -> Case:
    """Takes away from the case whatever can go while `parts` still holds."""
    again = True
    while again:
        again = False
        for simpler in simpler_cases(case):
            if parts(simpler):
                case, again = simpler, True
                break
    return case


def simpler_cases(case: Case) -> Iterator[Case]:
    for index, event in enumerate(case["events"]):
        lesser = deepcopy(case)
        del lesser["events"][index]
        yield without_links_to(lesser, event["id"])
    for key in ("on", "known_on"):
        if key in case:
            yield {name: value for name, value in case.items() if name != key}
    if case["licence"].get("post_permit_training"):
        yield {**case, "licence": {**case["licence"], "post_permit_training": None}}
    for index, event in enumerate(case["events"]):
        for key in ("recorded", "simultaneous_with", "vehicle_needs_licence"):
            if key in event:
                lesser = deepcopy(case)
                del lesser["events"][index][key]
                yield lesser


def without_links_to(case: Case, name: str) -> Case:
    """A link to an event that is gone goes too, or the event that cannot live without it."""
    for event in case["events"]:
        if event.get("simultaneous_with") == name:
            del event["simultaneous_with"]
    case["events"] = [event for event in case["events"] if event.get("target") != name]
    return case
