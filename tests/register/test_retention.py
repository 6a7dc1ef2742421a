"""Erasure ordered by law: what goes on its day and not the day before, what stays, and what is left."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from mespoints.law.facts import InvalidationNotified, LicenceObtained, OffenceClass, ProbationPath, Suspension
from mespoints.law.readings.situation import situation
from mespoints.law.replay import replay
from mespoints.operations.database_roles import grant_roles
from mespoints.register.arrivals import Arrival
from mespoints.register.chain import ends, verify, verify_numbers
from mespoints.register.retention import RetentionReport, RetentionRoleAbsent, due, erase
from tests.register.entering import NOW, arrival, cancelled, enter, execute, figures, holder, licence, offence, read, retraction

pytestmark = pytest.mark.django_db

COMMITTED = date(2015, 1, 10)
LAST_DECISION = date(2015, 2, 19)
DAY = date(2025, 2, 19)
DAY_BEFORE = date(2025, 2, 18)


@pytest.fixture(autouse=True)
def roles() -> None:
    grant_roles()


def entered(*causes: Arrival) -> None:
    assert figures(enter(1, [holder(), licence(), *causes]))[2] == []


def verified() -> bool:
    holders, numbers = ends()
    return [*verify(1, holders), *verify_numbers(1, numbers)] == []


def old_offence(line: int = 3, **changes: Any) -> Arrival:
    return arrival(line, offence(on=COMMITTED, **changes))


def test_causes_go_ten_years_after_the_last_decision() -> None:
    entered(old_offence(), old_offence(4, fact_id="O2", offence_class=OffenceClass.D, points=6))
    nothing = RetentionReport(on=DAY_BEFORE)
    assert due(DAY_BEFORE) == erase(DAY_BEFORE, NOW) == nothing
    expected = RetentionReport(on=DAY, holders_due=1, holders_erased=1, entries_erased=2)
    assert due(DAY) == expected
    assert len(read().record.offences) == 2
    assert erase(DAY, NOW) == expected
    assert [fact.fact_id for fact in read().record.facts] == ["L1"]
    assert len(read().licences) == 1
    assert verified()
    assert due(DAY) == RetentionReport(on=DAY)


def test_what_is_left_says_nothing() -> None:
    entered(old_offence(label="Excès de vitesse"))
    [(before,)] = execute("select fingerprint from register_entry where fact_id = 'O1'")
    erase(DAY, NOW)
    [(run,)] = execute("select id from register_erasure where (run_on, ran_at, holders, entries) = (%s, %s, 1, 1)", DAY, NOW)
    assert execute("select kind, body, salt, fingerprint from register_entry where fact_id = 'O1'") == [
        ("erased", f'{{"erasure": {run}}}', None, before)
    ]


def test_the_past_no_longer_knows_what_was_erased() -> None:
    entered(old_offence())
    known_at = read().known_at
    erase(DAY, NOW)
    assert read(known_at).record.offences == ()


def test_every_version_of_an_erased_fact_goes() -> None:
    entered(old_offence(), old_offence(4, fact_id="O3"), retraction(5, "O3", recorded_on=LAST_DECISION))
    enter(2, [arrival(1, offence(on=COMMITTED, points=4), correction="Erreur de saisie.")])
    assert erase(DAY, NOW).entries_erased == 4
    assert execute("select distinct kind from register_entry order by kind") == [("erased",), ("licence_obtained",)]
    assert verified()


def test_what_was_erased_does_not_come_back() -> None:
    entered(old_offence())
    erase(DAY, NOW)
    again = [old_offence(1), arrival(2, offence(on=COMMITTED, points=1), correction="Erreur de saisie."), retraction(3)]
    assert figures(enter(2, again)) == (0, 3, [])
    assert read().record.offences == ()


@pytest.mark.parametrize(
    "later",
    [
        offence("O2", on=date(2024, 1, 1)),
        offence("O2", on=date(2024, 1, 1), established_on=None, established_by=None),
        Suspension(fact_id="S1", on=date(2014, 1, 1), until=date(2015, 2, 20)),
        cancelled(on=date(2015, 2, 20)),
    ],
    ids=["offence", "not established", "suspension", "cancellation"],
)
def test_a_later_decision_keeps_all_causes(later: object) -> None:
    entered(old_offence(), arrival(4, later))  # type: ignore[arg-type]
    assert due(DAY) == RetentionReport(on=DAY)


def test_the_ten_year_return_comes_before_its_cause_goes() -> None:
    entered(old_offence(), old_offence(4, fact_id="O2", offence_class=OffenceClass.D, points=6))
    before = situation(replay(read().record), DAY)
    erase(DAY_BEFORE, NOW)
    assert len(read().record.offences) == 2
    erase(DAY, NOW)
    assert situation(replay(read().record), DAY) == before


def test_an_invalidation_that_still_holds_is_kept_and_told() -> None:
    entered(
        old_offence(points=9),
        old_offence(4, fact_id="O2", points=9),
        arrival(5, InvalidationNotified(fact_id="I1", on=date(2015, 6, 1))),
    )
    report = erase(date(2026, 1, 1), NOW)
    assert report == RetentionReport(on=date(2026, 1, 1), holders_due=1, holders_kept=1)
    assert len(read().record.offences) == 2


def test_a_licence_ended_goes_with_what_ended_it_once_another_stands() -> None:
    new = LicenceObtained(fact_id="L2", on=date(2016, 3, 1), path=ProbationPath.STANDARD)
    entered(
        old_offence(points=9),
        old_offence(4, fact_id="O2", points=9),
        arrival(5, InvalidationNotified(fact_id="I1", on=date(2015, 6, 1))),
        licence(6, on=new.on, fact_id="L2"),
    )
    report = erase(date(2026, 1, 1), NOW)
    assert report == RetentionReport(on=date(2026, 1, 1), holders_due=1, holders_erased=1, entries_erased=4)
    assert [fact.fact_id for fact in read().record.facts] == ["L2"]
    assert execute("select fact_id from register_licence") == [("L2",)]
    assert verified()


def test_nobody_else_may_erase() -> None:
    entered(old_offence())
    for statement in ("update register_entry set kind = 'erased'", "delete from register_entry"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            execute(statement)


def test_without_the_role_nothing_is_erased(monkeypatch: pytest.MonkeyPatch) -> None:
    entered(old_offence())
    monkeypatch.setattr("mespoints.register.retention.ROLE", "mespoints_nobody")
    with pytest.raises(RetentionRoleAbsent, match=r"docs/operations-roles\.md"), transaction.atomic():
        erase(DAY, NOW)
    assert len(read().record.offences) == 1
