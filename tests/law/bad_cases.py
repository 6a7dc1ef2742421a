"""Bad input, each beside the code of the contract that it must get and a piece of what was found."""

from copy import deepcopy
from typing import Any

Case = dict[str, Any]


def paid(name: str, committed: str, established: str, **more: Any) -> Case:
    """An offence of three points, fine paid."""
    told = {"id": name, "type": "offence", "committed": committed, "established": established, "established_by": "fine_paid"}
    return {**told, "category": "C4", "points": 3, **more}


NOT_YET: Case = {"id": "b", "type": "offence", "committed": "2020-01-10", "established": None, "category": "C3", "points": 1}
OLD_CODE: Case = {"id": "a", "type": "offence", "committed": "2024-01-01", "offence": "SPD_LT5_LE50_OLD", "established": None}

GOOD: Case = {
    "licence": {"obtained": "2010-02-03", "probation": "none"},
    "events": [
        paid("a", "2020-01-10", "2020-02-10"),
        {**NOT_YET, "simultaneous_with": "a"},
        {"id": "c", "type": "course", "on": "2020-03-01", "kind": "voluntary"},
        {"id": "d", "type": "mandatory_course_notified", "on": "2020-03-15", "target": "a"},
        {"id": "e", "type": "suspension", "on": "2020-04-01", "until": "2020-05-01"},
        {"id": "f", "type": "invalidation_notified", "on": "2020-05-15"},
        {"id": "g", "type": "decision_cancelled", "on": "2020-06-01", "target": "b"},
    ],
    "as_of": "2021-01-01",
    "on": ["2020-02-10"],
}

GONE = object()


def changed(*path_and_value: Any) -> Case:
    """The good case with the value at a path replaced, or removed when it is GONE."""
    *path, last, value = path_and_value
    case = deepcopy(GOOD)
    place: Any = case
    for step in path:
        place = place[step]
    if value is GONE:
        del place[last]
    else:
        place[last] = value
    return case


def with_event(**event: Any) -> Case:
    return {**deepcopy(GOOD), "events": [*deepcopy(GOOD["events"]), event]}


def many_suspensions(count: int) -> list[Case]:
    return [{"id": f"s{number}", "type": "suspension", "on": "2020-04-01", "until": "2020-05-01"} for number in range(count)]


def offence(**fields: Any) -> Case:
    """The good case and one more offence, with the fields given, or without those that are GONE."""
    told = {**paid("z", "2020-07-01", "2020-08-01"), **fields}
    return with_event(**{key: value for key, value in told.items() if value is not GONE})


BAD: dict[str, tuple[Case, str, str]] = {
    "no as_of": (changed("as_of", GONE), "missing", "as_of"),
    "no licence": (changed("licence", GONE), "missing", "licence"),
    "no events": (changed("events", GONE), "missing", "events"),
    "no probation": (changed("licence", "probation", GONE), "missing", "probation"),
    "no id": (changed("events", 0, "id", GONE), "missing", "id"),
    "no type": (changed("events", 0, "type", GONE), "missing", "type"),
    "no commission": (changed("events", 0, "committed", GONE), "missing", "committed"),
    "no establishment": (changed("events", 0, "established", GONE), "missing", "established"),
    "no category beside points": (changed("events", 0, "category", GONE), "missing", "category"),
    "no day of course": (changed("events", 2, "on", GONE), "missing", "on"),
    "no target": (changed("events", 6, "target", GONE), "missing", "target"),
    "no until": (changed("events", 4, "until", GONE), "missing", "until"),
    "field of the case": (changed("colour", "red"), "unknown_field", "colour"),
    "field of the licence": (changed("licence", "colour", "red"), "unknown_field", "colour"),
    "field of an event": (changed("events", 2, "colour", "red"), "unknown_field", "colour"),
    "field of another event": (changed("events", 2, "committed", "2020-01-01"), "unknown_field", "committed"),
    "type": (changed("events", 0, "type", "speeding"), "unknown_value", "speeding"),
    "category": (changed("events", 0, "category", "C9"), "unknown_value", "C9"),
    "probation": (changed("licence", "probation", "learner"), "unknown_value", "learner"),
    "mode": (changed("events", 0, "established_by", "rumour"), "unknown_value", "rumour"),
    "kind of course": (changed("events", 2, "kind", "sporty"), "unknown_value", "sporty"),
    "30 February": (changed("as_of", "2023-02-30"), "not_a_day", "2023-02-30"),
    "29 February of a common year": (changed("on", ["2021-02-29"]), "not_a_day", "2021-02-29"),
    "short day": (changed("licence", "obtained", "2023-2-3"), "not_a_day", "2023-2-3"),
    "compact day": (changed("as_of", "20230203"), "not_a_day", "20230203"),
    "moment": (changed("as_of", "2023-02-03T00:00:00"), "not_a_day", "2023-02-03T00:00:00"),
    "month 13": (changed("events", 2, "on", "2023-13-01"), "not_a_day", "2023-13-01"),
    "week day": (changed("as_of", "2023-W05-1"), "not_a_day", "2023-W05-1"),
    "digits of another script": (changed("as_of", "٢٠٢٣-٠٢-٠٣"), "not_a_day", ""),
    "a line after the day": (changed("as_of", "2023-02-03\n"), "not_a_day", "2023-02-03"),
    "year zero": (changed("as_of", "0000-01-01"), "not_a_day", "0000-01-01"),
    "null for a day": (changed("as_of", None), "not_a_day", "null"),
    "null for the day of recording": (changed("events", 0, "recorded", None), "not_a_day", "null"),
    "null for an id": (changed("id", None), "unknown_value", "null"),
    "null for a link": (changed("events", 1, "simultaneous_with", None), "unknown_value", "null"),
    "null for a label": (changed("events", 0, "label", None), "unknown_value", "null"),
    "more points than a computer counts": (changed("events", 0, "points", 10**400), "out_of_range", "1000"),
    "half a point": (changed("events", 0, "points", 2.5), "out_of_range", "2.5"),
    "true point": (changed("events", 0, "points", True), "unknown_value", "true"),
    "a year without ten more": (changed("as_of", "9999-12-31"), "out_of_range", "9999-12-31"),
    "suspension that ends before it starts": (changed("events", 4, "until", "2020-03-31"), "out_of_range", "2020-03-31"),
    "simultaneous with itself": (changed("events", 1, "simultaneous_with", "b"), "dangling_reference", "b"),
    "simultaneous with a course": (changed("events", 1, "simultaneous_with", "c"), "dangling_reference", "c"),
    "48N for a course": (changed("events", 3, "target", "c"), "dangling_reference", "c"),
    "ten points": (changed("events", 0, "points", 10), "out_of_range", "10"),
    "less than no point": (changed("events", 0, "points", -1), "out_of_range", "-1"),
    "empty id": (changed("events", 0, "id", ""), "out_of_range", "0"),
    "same id twice": (changed("events", 1, "id", "a"), "duplicate_id", "a"),
    "target nobody": (changed("events", 3, "target", "nobody"), "dangling_reference", "nobody"),
    "simultaneous with nobody": (changed("events", 1, "simultaneous_with", "nobody"), "dangling_reference", "nobody"),
    "cancelled course": (changed("events", 6, "target", "c"), "dangling_reference", "c"),
    "established before committed": (offence(established="2020-06-30"), "established_before_committed", "2020-06-30"),
    "established without mode": (offence(established_by=GONE), "established_without_mode", "2020-08-01"),
    "established with mode null": (offence(established_by=None), "established_without_mode", "2020-08-01"),
    "code of nothing": (offence(category=GONE, points=GONE, offence="FLYING_CARPET"), "unknown_offence", "FLYING_CARPET"),
    "code not yet in force": (offence(category=GONE, points=GONE, offence="DRUG_ALC_9PTS"), "unknown_offence", "DRUG_ALC_9PTS"),
    "code no longer in force": ({**GOOD, "events": [OLD_CODE]}, "unknown_offence", "SPD_LT5_LE50_OLD"),
    "neither points nor code": (offence(points=GONE), "no_points", "points"),
    "course before the licence": (with_event(id="z", type="course", on="2010-02-02"), "before_licence", "2010-02-02"),
    "48N before the licence": (changed("events", 3, "on", "2010-02-02"), "before_licence", "2010-02-02"),
    "48SI before the licence": (changed("events", 5, "on", "2010-02-02"), "before_licence", "2010-02-02"),
    "suspension before the licence": (changed("events", 4, "on", "2010-02-02"), "before_licence", "2010-02-02"),
    "simultaneous on two days": (offence(simultaneous_with="a"), "collision", "2020-07-01"),
    "code against points": (offence(category=GONE, points=2, offence="CLIGNOTANT"), "collision", "2"),
    "code against category": (offence(category="C4", points=GONE, offence="CLIGNOTANT"), "collision", "C4"),
    "too many events": (changed("events", many_suspensions(2001)), "too_large", "2001"),
    "too many days": (changed("on", ["2020-01-01"] * 1001), "too_large", "1001"),
}  # fmt: skip
