"""The engine and the naive witness on random records, field by field.

Three hundred in the ordinary run; `LAW_RECORDS=20000 python -m pytest tests/law/test_witness.py` for the long one;
`LAW_SEED` to start elsewhere.
"""

import json
import os
from collections import Counter
from typing import Any

import pytest

from mespoints.law.case_format import CaseError, evaluate
from tests.law import witness
from tests.law.comparison import differences, smallest
from tests.law.random_records import random_case

RECORDS = int(os.environ.get("LAW_RECORDS", "300"))
FIRST = int(os.environ.get("LAW_SEED", "0"))
SLICES = 10


def parted(case: dict[str, Any]) -> dict[str, Any]:
    """Differences; none when the case is refused, so that shrinking stays among valid cases."""
    try:
        answer = evaluate(case)
    except CaseError:
        return {}
    return differences(answer, witness.evaluate(case))


def report(seed: int, field: str) -> str:
    """The smallest case that still parts them on `field`, as JSON, and both answers."""
    case = smallest(random_case(seed), lambda simpler: field in parted(simpler))
    lines = [f"{key}\n  engine  {ours}\n  witness {theirs}" for key, (ours, theirs) in parted(case).items()]
    return "\n".join([f"seed {seed}", json.dumps(case), *lines])


@pytest.mark.parametrize("part", range(SLICES))
def test_engine_and_witness_agree(part: int) -> None:
    for seed in range(FIRST + part, FIRST + RECORDS, SLICES):
        case = random_case(seed)
        found = differences(evaluate(case), witness.evaluate(case))
        if found:
            pytest.fail(report(seed, min(found)))


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
