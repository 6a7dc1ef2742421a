"""The words of ``contracts/evaluate.md``, translated here only: a case read, an answer written."""

from datetime import date
from typing import Any

from mespoints.law.case_fields import CaseError
from mespoints.law.case_reading import Case, read_case
from mespoints.law.readings.course_adviser import course_advice
from mespoints.law.readings.explanation import explanation
from mespoints.law.readings.forecast import forecast
from mespoints.law.readings.obligations import new_licence_from, obligations
from mespoints.law.readings.revocations import revocations
from mespoints.law.readings.situation import Situation, situation
from mespoints.law.record import Record
from mespoints.law.replay import replay
from mespoints.law.state import Movement, Rule, State

__all__ = ["CaseError", "answer", "evaluate", "read_case"]

WORDS = {
    Rule.INITIAL: "initial",
    Rule.WITHDRAWAL: "withdrawal",
    Rule.COURSE: "course",
    Rule.TEN_YEAR_RETURN: "ten_years",
    Rule.PROBATION_INCREMENT: "probation_increment",
    Rule.PROBATION_END: "probation_end",
}
WORDS_BY_LENGTH = {6: "six_months", 12: "one_year", 24: "two_years", 36: "three_years"}


def evaluate(document: object) -> dict[str, Any]:
    """The answer of the contract to one case. Raises CaseError when the case is not one."""
    return answer(read_case(document))


def answer(case: Case) -> dict[str, Any]:
    record = case.record if case.known_on is None else case.record.known_by(case.known_on)
    state = replay(record)
    as_of = case.as_of
    now = situation(state, as_of)
    return {
        "id": case.case_id,
        "as_of": as_of.isoformat(),
        "balance": now.balance,
        "account": now.account,
        "ceiling": now.ceiling,
        "status": now.status.value,
        "probation": {
            "active": now.probation_ends_on is not None,
            "ends_on": now.probation_ends_on.isoformat() if now.probation_ends_on is not None else None,
        },
        "situations": [spoken_situation(situation(state, day)) for day in sorted({as_of, *case.further_days})],
        "movements": spoken_movements(state, record, as_of),
        "forecast": spoken_forecast(state, record, as_of),
        "revoked": spoken_revocations(state, record, as_of),
        "closings": [
            {"on": closing.on.isoformat(), "rule": closing.rule.value, "account": closing.account}
            for closing in state.closings
            if closing.on <= as_of
        ],
        **spoken_duties(state, record, as_of),
    }


def spoken_situation(each: Situation) -> dict[str, Any]:
    return {
        "on": each.on.isoformat(),
        "balance": each.balance,
        "account": each.account,
        "ceiling": each.ceiling,
        "status": each.status.value,
    }


def spoken_movements(state: State, record: Record, as_of: date) -> list[dict[str, Any]]:
    return [
        spoken_movement(each.movement)
        | {"articles": list(each.movement.articles), "cause": each.movement.cause, "text": f"{each.title}. {each.why}"}
        for each in explanation(state, record, as_of)
    ]


def spoken_forecast(state: State, record: Record, as_of: date) -> list[dict[str, Any]]:
    return [
        spoken_movement(each.movement) | {"articles": list(each.movement.articles), "condition": each.condition}
        for each in forecast(state, record, as_of)
    ]


def spoken_movement(movement: Movement) -> dict[str, Any]:
    return {
        "on": movement.on.isoformat(),
        "points": movement.points,
        "account": movement.account,
        "rule": word_of(movement.rule, movement.months),
    }


def word_of(rule: Rule, months: int | None) -> str:
    """The contract names the single point and the restoration by the length of their period."""
    return WORDS[rule] if rule in WORDS else WORDS_BY_LENGTH[months or 0]


def spoken_revocations(state: State, record: Record, as_of: date) -> list[dict[str, Any]]:
    return [
        {
            "would_have_been_on": each.would_have_been_on.isoformat(),
            "points": each.points,
            "rule": word_of(each.rule, each.months),
            "undone_on": each.undone_on.isoformat(),
            "cause": each.cause,
        }
        for each in revocations(record, as_of, state)
    ]


def spoken_duties(state: State, record: Record, as_of: date) -> dict[str, Any]:
    may_obtain_from = new_licence_from(state, record, as_of)
    advice = course_advice(state, as_of)
    return {
        "obligations": [
            {
                "kind": each.kind.value,
                "cause": each.cause,
                "due_on": each.due_on.isoformat() if each.due_on is not None else None,
                "overdue": each.overdue,
                "text": each.text,
            }
            for each in obligations(state, record, as_of)
        ],
        "new_licence_from": may_obtain_from.isoformat() if may_obtain_from is not None else None,
        "course": {
            "useful": advice.useful,
            "points": advice.points,
            "first_useful_day": advice.first_useful_on.isoformat() if advice.first_useful_on is not None else None,
            "last_useful_day": advice.last_useful_on.isoformat() if advice.last_useful_on is not None else None,
            "advice": advice.advice,
        },
    }
