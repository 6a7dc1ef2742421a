"""What a hostile record may cost, counted in replays: seconds would depend on the machine."""

from datetime import date, timedelta
from typing import Any

import pytest

from mespoints.law.case_format import evaluate
from mespoints.law.replay import replay

START = date(1993, 1, 1)
GAP_DAYS = 215
"""More than six months: each offence has its point returned before the next."""


def day(number: int) -> str:
    return (START + timedelta(days=number)).isoformat()


def one_point(name: str, committed: int, **more: str) -> dict[str, Any]:
    told = {"id": name, "type": "offence", "committed": day(committed), "established": day(committed + 1)}
    return {**told, "established_by": "fine_paid", "category": "C2", "points": 1, **more}


def test_many_returns_undone_on_one_day_cost_one_replay_a_fact(monkeypatch: pytest.MonkeyPatch) -> None:
    count = 60
    learned = day(count * GAP_DAYS + 1000)
    known = [one_point(f"a{rank:02}", rank * GAP_DAYS) for rank in range(count)]
    late = [one_point(f"b{rank:02}", rank * GAP_DAYS + 5, recorded=learned) for rank in range(count)]
    replays = 0

    def counted(record: Any) -> Any:
        nonlocal replays
        replays += 1
        return replay(record)

    monkeypatch.setattr("mespoints.law.readings.revocations.replay", counted)
    case = {"licence": {"obtained": day(0), "probation": "none"}, "events": [*known, *late], "as_of": day(20_000)}
    revoked = evaluate(case)["revoked"]
    assert len(revoked) > 9
    assert {each["undone_on"] for each in revoked} == {learned}
    assert len({each["cause"] for each in revoked}) > 9
    assert replays <= 5 * count
