"""Each invented person shows what the list says, whatever the day the demonstration starts."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from mespoints.feed.rows import LicenceRow, OffenceRow, Row
from mespoints.feed.translation import translate
from mespoints.identity.matching.communes import commune_history
from mespoints.identity.matching.decision import Verdict, decide
from mespoints.identity.oidc.claims import pivot_identity
from mespoints.identity.words import Provider
from mespoints.law.readings.obligations import ObligationKind, new_licence_from, obligations
from mespoints.law.readings.revocations import revocations
from mespoints.law.readings.situation import situation
from mespoints.law.record import Record
from mespoints.law.replay import replay
from mespoints.law.state import Status
from mespoints.operations.demo.people import PEOPLE_FILE, Person, on_day, people
from mespoints.register.arrivals import FactArrival
from mespoints.register.identities import Candidate
from simulators.franceconnect.people import read_people

DAYS = [date(2026, 11, 23), date(2027, 2, 28), date(2028, 2, 29), date(2027, 8, 31), date(2028, 1, 1)]


def record_of(person: Person, today: date) -> Record:
    rows = [msgspec.convert(row, Row) for row in person.fact_rows]
    arrivals = [translate(row, line=1, data_day=today) for row in rows]
    assert all(isinstance(arrival, FactArrival) for arrival in arrivals), arrivals
    return Record.of(arrival.fact for arrival in arrivals if isinstance(arrival, FactArrival))


@pytest.fixture(params=DAYS, ids=str)
def today(request: pytest.FixtureRequest) -> date:
    day: date = request.param
    return day


def test_fourteen_people_of_whom_one_is_unknown_to_the_register(today: date) -> None:
    everyone = people(today)
    assert len({person.key for person in everyone}) == 14
    assert [person.key for person in everyone if person.holder_row is None] == ["yvonne"]


def test_file_numbers_carry_department_99() -> None:
    numbers = [person.holder_row["file_number"] for person in people(DAYS[0]) if person.holder_row]
    assert len(set(numbers)) == len(numbers)
    assert all(number[4:6] == "99" for number in numbers)


@pytest.mark.parametrize(
    ("key", "balance", "ceiling", "status"),
    [
        ("camille", 8, 12, Status.VALID),
        ("rachid", 3, 12, Status.VALID),
        ("lucie", 0, 12, Status.ZERO_NOT_NOTIFIED),
        ("bruno", 0, None, Status.INVALIDATED),
        ("ines", 7, 8, Status.VALID),
        ("theo", 9, 9, Status.VALID),
        ("sofia", 3, 6, Status.VALID),
        ("marc", 8, 12, Status.VALID),
        ("nadia", 8, 8, Status.VALID),
        ("hugo", 0, None, Status.NONE),
        ("armand", 10, 12, Status.VALID),
        ("aurore", 11, 12, Status.VALID),
        ("basile", 12, 12, Status.VALID),
    ],
)
def test_situation(key: str, balance: int, ceiling: int | None, status: Status, today: date) -> None:
    person = next(person for person in people(today) if person.key == key)
    now = situation(replay(record_of(person, today)), today)
    assert (now.balance, now.ceiling, now.status) == (balance, ceiling, status)


def test_what_is_particular_to_some(today: date) -> None:
    records = {person.key: record_of(person, today) for person in people(today)}
    states = {key: replay(record) for key, record in records.items()}
    assert len([m for m in states["armand"].movements if m.on <= today]) == 300
    assert [each.cause for each in revocations(records["marc"], today)] == ["F3"]
    assert [each.kind for each in obligations(states["sofia"], records["sofia"], today)] == [ObligationKind.MANDATORY_COURSE]
    assert (new_licence_from(states["bruno"], records["bruno"], today) or today) > today
    assert {movement.licence for movement in states["nadia"].movements} == {0, 1}


def test_nothing_happens_or_is_known_after_today(today: date) -> None:
    for person in people(today):
        for row in person.fact_rows:
            fact = msgspec.convert(row, Row)
            days = [fact.recorded_on]
            days += [fact.established_on] if isinstance(fact, OffenceRow) else []
            days += [fact.obtained_on] if isinstance(fact, LicenceRow) else []
            assert all(day is None or day <= today for day in days), (person.key, row)


def test_offset_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="offset such as"):
        on_day("yesterday", DAYS[0])


def test_one_person_needs_a_number_of_the_licence_and_one_an_agent() -> None:
    decided = {key: decision(key) for key in ("camille", "sofia", "aurore", "basile")}
    assert decided == {
        "camille": Verdict.LINK,
        "sofia": Verdict.LINK,
        "aurore": Verdict.SECOND_PROOF,
        "basile": Verdict.AGENT,
    }


def decision(key: str) -> Verdict:
    """What the provider vouches for, against what the register is told."""
    (vouched,) = (person for person in read_people(Path(str(PEOPLE_FILE))) if person.key == key)
    row = next(person.holder_row for person in people(DAYS[0]) if person.key == key)
    assert row is not None
    pivot = pivot_identity(vouched.claims, Provider.FRANCECONNECT)
    record = Candidate(
        **{name: value for name, value in row.items() if name not in {"row", "given_names"}},
        holder_id=1,
        given_names=tuple(row["given_names"]),
    )
    return decide(pivot, [record], commune_history()).verdict
