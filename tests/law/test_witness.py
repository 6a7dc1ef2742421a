"""The engine and the naive witness on random records, field by field.

Three hundred here, always the same; twenty thousand new ones by `make witness` (scripts/witness.py).
"""

import json
from collections import Counter
from typing import Any

import pytest

from mespoints.law.case_format import evaluate
from tests.law import witness
from tests.law.comparison import differences, disagreement, parted
from tests.law.random_records import random_case

RECORDS = 300
SLICES = 10


@pytest.mark.parametrize("part", range(SLICES))
def test_engine_and_witness_agree(part: int) -> None:
    for seed in range(part, RECORDS, SLICES):
        case = random_case(seed)
        found = differences(evaluate(case), witness.evaluate(case))
        if found:
            pytest.fail(disagreement(seed, min(found)))


def test_a_disagreement_is_found_and_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A witness that forgets the course of every record: the report shows one course and what it takes for it to matter."""

    def forgetful(case: dict[str, Any]) -> dict[str, Any]:
        return evaluate({**case, "events": [event for event in case["events"] if event["type"] != "course"]}) | {"revoked": []}

    monkeypatch.setattr(witness, "evaluate", forgetful)
    seed = next(seed for seed in range(100) if "balance" in parted(random_case(seed)))
    told = disagreement(seed, "balance").splitlines()
    small = json.loads(told[1])
    assert told[0] == f"seed {seed}"
    assert {event["type"] for event in small["events"]} == {"course", "offence"}
    assert sum(event["type"] == "course" for event in small["events"]) == 1
    assert len(random_case(seed)["events"]) > len(small["events"])
    assert any(line.startswith("  witness ") for line in told)


def test_every_rule_is_met() -> None:
    """A generator that met no ten-year return would prove nothing about it."""
    met: Counter[str] = Counter()
    for seed in range(1500):
        answer = witness.evaluate(random_case(seed))
        met.update(row["rule"] for part in ("movements", "forecast", "revoked", "closings") for row in answer[part])
        met.update(row["kind"] for row in answer["obligations"])
        met.update(
            [
                answer["status"],
                "new_licence" if answer["new_licence_from"] else "",
                "course useful" if answer["course"]["useful"] else "",
            ]
        )
    rare = {name: met[name] for name in EXPECTED if met[name] < 15}
    assert not rare


EXPECTED = (
    "initial", "withdrawal", "six_months", "one_year", "two_years", "three_years", "ten_years", "course",
    "probation_increment", "probation_end", "invalidation", "annulment", "mandatory_course",
    "mandatory_course_expected", "check_record", "new_licence", "course useful",
    "none", "valid", "zero_not_notified", "invalidated", "annulled",
)  # fmt: skip
