"""The law on one record: replayed, then replayed and explained."""

from datetime import date

from benchmarks.timing import measure, ratio
from mespoints.law.case_format import answer
from mespoints.law.case_reading import read_case
from mespoints.law.readings.explanation import explanation
from mespoints.law.readings.forecast import forecast
from mespoints.law.readings.situation import situation
from mespoints.law.replay import replay
from tests.law import witness

TODAY = date(2026, 11, 23)
FINE = {"type": "offence", "established_by": "fine_paid", "category": "C4"}
CASE = {
    "licence": {"obtained": "2003-05-03", "probation": "none"},
    "events": [
        FINE | {"id": "a", "committed": "2024-01-02", "established": "2024-03-01", "points": 1},
        FINE | {"id": "b", "committed": "2025-01-20", "established": "2025-03-01", "points": 3},
        {"id": "c", "type": "course", "on": "2025-06-01"},
        FINE | {"id": "d", "committed": "2026-06-20", "established": "2026-08-01", "points": 3, "category": "C2"},
    ],
    "as_of": TODAY.isoformat(),
}


def report() -> None:
    case = read_case(CASE)
    record = case.record
    happened = len([movement for movement in replay(record).movements if movement.on <= TODAY])

    def replayed_and_explained() -> object:
        state = replay(record)
        return situation(state, TODAY), explanation(state, record, TODAY), forecast(state, record, TODAY)

    print(f"\nLaw: one record, {happened} movements so far")
    fast = measure(
        {
            "replayed": lambda: replay(record),
            "replayed and explained (situation, why, forecast)": replayed_and_explained,
            "whole answer of the contract": lambda: answer(case),
        },
        repeat=500,
    )
    slow = measure({"naive witness, whole answer": lambda: witness.evaluate(CASE)}, repeat=5)
    for each in (*fast.values(), *slow.values()):
        print(" ", each)
    print(" ", ratio(fast["whole answer of the contract"], slow["naive witness, whole answer"]))
