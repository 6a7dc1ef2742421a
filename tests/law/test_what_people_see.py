from datetime import date

from mespoints.law.case_reading import read_case
from mespoints.law.readings.obligations import ObligationKind, obligations, pressing_obligations
from mespoints.law.replay import replay
from mespoints.law.state import Rule


def test_a_restoration_from_below_zero_is_seen_from_zero() -> None:
    """The account of law goes from −3 to 12; the driver reads 0, then 12."""
    fine = {"type": "offence", "established_by": "fine_paid", "category": "D"}
    events = [
        fine | {"id": "a", "committed": "2020-01-01", "established": "2020-02-01", "points": 6},
        fine | {"id": "b", "committed": "2020-01-02", "established": "2020-03-01", "points": 6},
        fine | {"id": "c", "committed": "2020-01-03", "established": "2020-04-01", "points": 3},
    ]
    case = read_case({"licence": {"obtained": "2000-01-01", "probation": "none"}, "events": events, "as_of": "2020-05-01"})
    restoration = next(movement for movement in replay(case.record).movements if movement.rule is Rule.RESTORATION)
    assert (restoration.points, restoration.account, restoration.points_seen) == (15, 12, 12)
    assert [m.points_seen for m in replay(case.record).movements if m.points < 0] == [-6, -6, -3]


def test_a_48n_that_never_came_is_awaited_while_probation_runs() -> None:
    offence = {"id": "a", "type": "offence", "committed": "2020-03-01", "established": "2020-04-01"}
    cost = {"established_by": "fine_paid", "category": "C4", "points": 3}
    licence = {"obtained": "2020-01-01", "probation": "standard"}
    record = read_case({"licence": licence, "events": [offence | cost], "as_of": "2020-05-01"}).record
    state = replay(record)
    last_day, after = date(2022, 12, 31), date(2023, 1, 1)
    assert [each.kind for each in pressing_obligations(state, record, last_day)] == [ObligationKind.MANDATORY_COURSE_EXPECTED]
    assert pressing_obligations(state, record, after) == ()
    assert [each.kind for each in obligations(state, record, after)] == [ObligationKind.MANDATORY_COURSE_EXPECTED]
