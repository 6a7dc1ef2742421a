"""One person for each way a civil status has of not being simple: what the provider tells, and what the site makes of it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from mespoints.identity.models import Link
from simulators.franceconnect.__main__ import PEOPLE as PEOPLE_FILE
from simulators.franceconnect.authorize import FRANCECONNECT
from simulators.franceconnect.people import read_people
from tests.identity.journey import Stage, Visitor, access, hold, served
from tests.identity.test_sign_in import code_shown, is_signed_in
from tests.simulators.browser import CLIENT, SITE

PEOPLE = {person.key: person for person in read_people(PEOPLE_FILE)}
CANNOT_BE_HELD = {"month-unknown", "no-given-name", "no-birth-name", "european"}
"""No record of the register can have that civil status."""

NOT_BY_ITSELF = {"unspecified-gender", "no-gender", "day-unknown", "day-and-month-unknown", "no-birthplace"}
"""One field that nobody knows: a number of the licence is asked (docs/linking.md)."""

OUTCOMES = {
    "month-unknown": "FC-IDENTITY-INCOMPLETE",
    "no-given-name": "FC-IDENTITY-INCOMPLETE",
    "no-birth-name": "FC-IDENTITY-INCOMPLETE",
    "european": "FC-IDENTITY-INCOMPLETE",
}


@pytest.fixture
def everybody(settings: Any) -> Iterator[Stage]:
    with served(FRANCECONNECT, tuple(PEOPLE.values()), CLIENT) as stage:
        settings.FRANCECONNECT, settings.BASE_URL = access(stage), SITE
        yield stage


@pytest.mark.parametrize("key", PEOPLE)
def test_each_of_them_comes_in_or_is_told_why(everybody: Stage, new_visitor: Callable[[], Visitor], db: None, key: str) -> None:
    holder = None if key in CANNOT_BE_HELD else hold(PEOPLE[key], "150399200911")
    visitor = new_visitor()
    answer = visitor.sign_in(key)
    if key in OUTCOMES:
        assert (answer.status_code, code_shown(answer)) == (403, OUTCOMES[key])
        assert not is_signed_in(visitor)
    elif key in NOT_BY_ITSELF:
        assert answer.headers.get("Location") == "/connexion/numero/"
        assert not Link.objects.exists()
    else:
        assert holder is not None
        assert answer.headers.get("Location") == "/solde/"
        assert Link.objects.get().holder_id == holder.pk


def test_the_list_holds_what_it_says() -> None:
    assert len(PEOPLE) == len({person.subject for person in PEOPLE.values()}) >= 29
    assert len(PEOPLE["long-name"].family_name or "") > 50
    assert [len(PEOPLE[key].given_names) for key in ("two-given-names", "three-given-names", "compound-space")] == [2, 3, 2]
    assert PEOPLE["usage-name"].usage_name not in {None, PEOPLE["usage-name"].family_name}
    places = {person.birthplace for person in PEOPLE.values()}
    assert {"2A004", "2B050", "98729", "98611", None} <= places
    countries = {person.birthcountry for person in PEOPLE.values()}
    assert {"99352", "99350", "99139", "99131", "99100", None} <= countries
    missing = {name for person in PEOPLE.values() for name in ("gender", "email", "birthplace") if getattr(person, name) is None}
    assert missing == {"gender", "email", "birthplace"}


def test_a_compound_given_name_is_told_apart_in_the_list_only() -> None:
    compound = PEOPLE["compound-space"]
    assert compound.claims["given_name"] == "Jean Gabin Marius"
    assert compound.claims["given_name_array"] == ["Jean Gabin", "Marius"]
