"""Names, cards and states as they were known; contacts apart."""

from dataclasses import replace
from datetime import date

import pytest

from mespoints.register.arrivals import Arrival, ContactArrival, ContactKind, LicenceStateArrival, TitleArrival
from mespoints.register.consultation import LicenceStateOnFile
from mespoints.register.contact import ContactOnFile, contacts_on_file
from mespoints.register.licence_state import LicenceState
from tests.register.entering import NUMBER, OTHER_NUMBER, enter, execute, figures, holder, licence, read

pytestmark = pytest.mark.django_db

SINCE = date(2026, 11, 1)


def state(line: int, value: LicenceState, **changes: object) -> LicenceStateArrival:
    return replace(LicenceStateArrival(line=line, file_number=NUMBER, state=value, since=SINCE), **changes)  # type: ignore[arg-type]


def contact(line: int, address: str | None, kind: ContactKind = ContactKind.EMAIL, since: date = SINCE) -> ContactArrival:
    return ContactArrival(line=line, file_number=NUMBER, kind=kind, address=address, since=since)


def test_names_are_those_known_then() -> None:
    enter(1, [holder()])
    first = read().known_at
    enter(2, [holder(birth_name="Lefebvre"), holder(2, birth_name="Lefèbvre", given_names=("Zoé", "Anne"))])
    second = read().known_at
    enter(3, [holder(birth_name="Lefèbvre", given_names=("Zoé", "Anne"))])
    assert figures(enter(4, [holder(usage_name="Ormeau", birth_name="Lefèbvre", given_names=("Zoé", "Anne"))])) == (1, 0, [])
    names = [(found.holder.birth_name, found.holder.usage_name) for found in map(read, (0, first, second, None))]
    assert names == [("Lefèvre", None), ("Lefèvre", None), ("Lefèbvre", None), ("Lefèbvre", "Ormeau")]
    assert read(second).holder.given_names == ("Zoé", "Anne")


def test_both_calendars_are_kept() -> None:
    enter(1, [holder()])
    enter(2, [holder(birth_name="Lefebvre")])
    [(former_from, former_until, former_on)] = execute("select known_from, known_until, stated_on from register_formeridentity")
    [(known_from, stated_on)] = execute("select known_from, stated_on from register_holder")
    assert former_from < former_until == known_from
    assert (former_on, stated_on) == (date(2026, 11, 22), date(2026, 11, 23))


def test_cards_are_those_known_then() -> None:
    enter(1, [holder(), licence()])
    first = read().known_at
    renewed = TitleArrival(title_number="26AA00002", categories=("AM", "A2", "B"), obtained_on=date(2001, 3, 8))
    assert figures(enter(2, [licence(1, title=renewed)])) == (1, 0, [])
    assert [title.title_number for title in read(first).licences] == ["21AA00001"]
    assert [title.title_number for title in read().licences] == ["26AA00002"]
    assert read(0).licences == ()


def test_states_follow_one_another() -> None:
    assert figures(enter(1, [holder(), state(2, LicenceState.VALID), state(3, LicenceState.VALID)])) == (2, 1, [])
    first = read().known_at
    assert figures(enter(2, [state(1, LicenceState.VALID), state(2, LicenceState.SUSPENDED), state(3, LicenceState.VALID)])) == (
        2,
        1,
        [],
    )
    enter(3, [state(1, LicenceState.INVALID, since=date(2026, 12, 1))])
    assert read(0).licence_state is None
    assert read(first).licence_state == LicenceStateOnFile(state=LicenceState.VALID, since=SINCE)
    assert read().licence_state == LicenceStateOnFile(state=LicenceState.INVALID, since=date(2026, 12, 1))


def test_the_state_of_an_unknown_holder_is_refused() -> None:
    rows: list[Arrival] = [
        state(1, LicenceState.VALID, file_number=OTHER_NUMBER),
        replace(contact(2, "a@example.org"), file_number=OTHER_NUMBER),
    ]
    assert figures(enter(1, rows)) == (0, 0, [(1, "unknown_holder"), (2, "unknown_holder")])


def test_the_last_contact_of_each_kind_stands() -> None:
    rows: list[Arrival] = [
        holder(),
        contact(2, "zoe@example.org"),
        contact(3, "zoe@example.org"),
        contact(4, "0199000001", ContactKind.MOBILE),
        contact(5, "1 rue des Invents", ContactKind.POSTAL),
    ]
    assert figures(enter(1, rows)) == (4, 1, [])
    later = date(2026, 11, 23)
    assert figures(enter(2, [contact(1, "lefevre@example.org", since=later), contact(2, None, ContactKind.MOBILE)])) == (2, 0, [])
    assert figures(enter(3, [contact(1, "lefevre@example.org", since=later), contact(2, None, ContactKind.MOBILE)])) == (0, 2, [])
    assert contacts_on_file(read().holder.holder_id) == (
        ContactOnFile(kind=ContactKind.EMAIL, address="lefevre@example.org", since=later),
        ContactOnFile(kind=ContactKind.POSTAL, address="1 rue des Invents", since=SINCE),
    )


def test_the_fifty_states_have_their_code_and_their_words() -> None:
    assert [state.value for state in LicenceState] == [f"{code:02d}" for code in range(1, 51)]
    assert len({state.words for state in LicenceState}) == 50
    assert LicenceState("50").words == "valide"
    assert LicenceState("25").words == "permis échangé (collectivité d’outre-mer) : valide"
