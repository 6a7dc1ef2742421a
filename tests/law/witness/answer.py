"""The answers of the contract, read from the story (readings n, o, q, r, t)."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from tests.law.witness.days import NEVER, after_months, after_years, day_before, next_day
from tests.law.witness.knowledge import Event, own_day
from tests.law.witness.replay import Movement, Standing, Story, course_credit, story

RETURNS = ("six_months", "one_year", "two_years", "three_years", "ten_years")
UNDONE = (*RETURNS, "probation_increment", "probation_end")
MANDATORY_FOUR_MONTHS_FROM = "2004-03-01"
SECOND_LOSS_FROM = "2003-06-13"
LAW_OF_COURSES_CHANGES = ("2004-03-01", "2011-03-16")

Answer = dict[str, Any]
Key = tuple[str, str, str | None]


def evaluate(case: dict[str, Any]) -> Answer:
    known_on, as_of = case.get("known_on"), case["as_of"]
    told = story(case, known_on)
    here = situation(told, as_of)
    return {
        "id": case.get("id"),
        **{key: here[key] for key in ("balance", "account", "ceiling", "status")},
        "as_of": as_of,
        "probation": probation(told, as_of),
        "situations": [situation(told, day) for day in sorted({as_of, *case.get("on", [])})],
        "movements": [as_row(move, cause=True) for move in told.movements if move.on <= as_of],
        "forecast": [as_row(move, cause=False) for move in told.movements if move.on > as_of],
        "revoked": revoked(case, told, as_of, known_on),
        "closings": [{"on": on, "rule": rule, "account": account} for on, rule, account in told.closings if on <= as_of],
        "obligations": obligations(told, as_of),
        "new_licence_from": new_licence_from(told, as_of),
        "course": course(told, as_of),
    }


def as_row(move: Movement, *, cause: bool) -> Answer:
    row: Answer = {"on": move.on, "points": move.points, "account": move.account, "rule": move.rule}
    return {**row, "cause": move.cause} if cause else row


def standing_on(told: Story, day: str) -> Standing:
    days = list(told.end_of_day)
    found = bisect_right(days, day)
    return told.end_of_day[days[found - 1]] if found else Standing()


def situation(told: Story, day: str) -> Answer:
    here = standing_on(told, day)
    status = "zero_not_notified" if here.alive() and here.account <= 0 else here.status
    balance = max(here.account, 0) if here.alive() else 0
    return {"on": day, "balance": balance, "account": here.account, "ceiling": here.ceiling, "status": status}


def probation(told: Story, day: str) -> Answer:
    here = standing_on(told, day)
    if here.alive() and here.licence and here.licence.ends and day < here.licence.ends:
        return {"active": True, "ends_on": here.licence.ends}
    return {"active": False, "ends_on": None}


def revoked(case: dict[str, Any], told: Story, as_of: str, known_on: str | None) -> list[Answer]:
    """Each return that the eve of K still gave by K, and that the final knowledge does not give; the last such K undid it."""
    final = {key_of(move) for move in told.movements}
    last_days: dict[Key, Answer] = {}
    for day in sorted({own_day(event) for event in told.events}):
        for move in story(case, day_before(day)).movements:
            key = key_of(move)
            if move.rule in UNDONE and move.on <= day and move.on <= as_of and key not in final:
                last_days[key] = {
                    "would_have_been_on": move.on,
                    "points": move.points,
                    "rule": move.rule,
                    "undone_on": day,
                    "possible_causes": sorted(event["id"] for event in told.events if own_day(event) == day),
                }
    return sorted(last_days.values(), key=lambda row: (row["would_have_been_on"], row["undone_on"], row["rule"], row["points"]))


def key_of(move: Movement) -> Key:
    """A full restoration stays the same when another offence becomes the last of its day; other returns are their offence's."""
    cause = move.cause if move.rule in ("six_months", "one_year", "ten_years") else None
    return move.on, move.rule, cause


def obligations(told: Story, as_of: str) -> list[Answer]:
    past = [event for event in told.events if str(event.get("on", NEVER)) <= as_of]
    notices = [event for event in past if event["type"] == "mandatory_course_notified"]
    courses = [event["on"] for event in past if event["type"] == "course" and event.get("kind") == "mandatory"]
    found = notified_courses(told, notices, courses, as_of) + expected_courses(told, notices, courses, as_of)
    for day, event_id in told.doubts:
        if day <= as_of:
            found.append({"kind": "check_record", "cause": event_id, "due_on": None, "overdue": False})
    return sorted(found, key=lambda row: (row["kind"], str(row["cause"]), str(row["due_on"])))


def notified_courses(told: Story, notices: list[Event], courses: list[str], as_of: str) -> list[Answer]:
    cancelled = {event["target"] for event in told.events if event["type"] == "decision_cancelled"}
    found: list[Answer] = []
    for notice in notices:
        if notice["target"] not in cancelled and not any(on > notice["on"] for on in courses):
            due = after_months(notice["on"], 4 if notice["on"] >= MANDATORY_FOUR_MONTHS_FROM else 3)
            found.append({"kind": "mandatory_course", "cause": notice["target"], "due_on": due, "overdue": as_of > due})
    return found


def expected_courses(told: Story, notices: list[Event], courses: list[str], as_of: str) -> list[Answer]:
    targets = {notice["target"] for notice in notices}
    return [
        {"kind": "mandatory_course_expected", "cause": move.cause, "due_on": None, "overdue": False}
        for move in told.movements
        if move.rule == "withdrawal" and move.points <= -3 and move.on <= as_of and in_probation(told, move)
        if move.cause not in targets and not any(on > move.on for on in courses)
    ]


def in_probation(told: Story, move: Movement) -> bool:
    licence = told.licences[move.licence]
    committed = next(offence.committed for offence in told.offences if offence.id == move.cause)
    return licence.ends is not None and committed < licence.ends


def new_licence_from(told: Story, as_of: str) -> str | None:
    if standing_on(told, as_of).status != "invalidated":
        return None
    losses = [on for on, rule, _account in told.closings if rule == "invalidation" and on <= as_of]
    surrenders = [
        event["on"] for event in told.events if event["type"] == "licence_surrendered" and losses[-1] <= event["on"] <= as_of
    ]
    if not surrenders:
        return None
    again = len(losses) > 1 and SECOND_LOSS_FROM <= losses[-1] < after_years(losses[-2], 5)
    return after_months(min(surrenders), 12 if again else 6)


def course(told: Story, as_of: str) -> Answer:
    """A voluntary course after `as_of`. Nothing changes between days of interest: only they and their morrows are tried."""
    days = effective_days_to_try(told, next_day(next_day(as_of)))
    first = next((day for day in days if credit_on(told, day) > 0), None)
    if first is None:
        return {"useful": False, "points": 0, "first_useful_day": None, "last_useful_day": None}
    first_useful = day_before(first)
    return {
        "useful": first_useful == next_day(as_of),
        "points": credit_on(told, first),
        "first_useful_day": first_useful,
        "last_useful_day": last_useful_day(told, first, [day for day in days if day > first]),
    }


def effective_days_to_try(told: Story, earliest: str) -> list[str]:
    days = {earliest, *told.end_of_day, *LAW_OF_COURSES_CHANGES}
    days |= {after_years(move.on, years) for move in told.movements if move.rule == "course" for years in (1, 2)}
    return sorted(day for day in days | {next_day(day) for day in days} if day >= earliest)


def standing_at_course_time(told: Story, day: str) -> Standing:
    return told.before_closing.get(day) or standing_on(told, day)


def credit_on(told: Story, day: str) -> int:
    return course_credit(standing_at_course_time(told, day), day)


def last_useful_day(told: Story, first: str, later: list[str]) -> str | None:
    """The end of the unbroken run of useful days; None when nothing ends it, or when the unknown 48SI may come first."""
    if standing_at_course_time(told, first).account <= 0:
        return None
    end = next((day for day in later if credit_on(told, day) == 0), None)
    return day_before(day_before(end)) if end else None
