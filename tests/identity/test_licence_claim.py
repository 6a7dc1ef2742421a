"""Whether three typed things are those of a record. No proof by itself."""

from dataclasses import replace

import pytest

from mespoints.identity.licence_claim import matches
from tests.portal.records import HOLDER

LEA = replace(HOLDER, birth_name="D’Œuvre-Lefèvre", birth_year=2005, birth_month=2, birth_day=21)
NOBODY = replace(HOLDER, birth_name="’", birth_year=2005, birth_month=2, birth_day=21)


@pytest.mark.parametrize(
    "typed",
    ["D’Œuvre-Lefèvre", "d'oeuvre lefevre", "DOEUVRELEFEVRE", "  d œuvre   lefèvre ", "D`OEUVRE–LEFÈVRE", "D’Œuvre‑Lefèvre"],
)
def test_a_name_however_it_is_typed(typed: str) -> None:
    assert matches(typed, "2005-02-21", LEA)


@pytest.mark.parametrize("typed", ["", "Lefèvre", "D’Œuvre", "D’Œuvre-Lefèbvre", "D’Œuvre-Lefèvre Zoé", "D’OE"])
def test_another_name(typed: str) -> None:
    assert not matches(typed, "2005-02-21", LEA)


def test_a_record_without_a_letter_is_opened_by_nothing() -> None:
    assert not matches("-", "2005-02-21", NOBODY)
    assert not matches("’", "2005-02-21", NOBODY)


@pytest.mark.parametrize(
    ("known", "right", "wrong"),
    [
        ((2, 21), ["2005-02-21"], ["2005-02-22", "2005-03-21", "2004-02-21", "2005-02-00", "2005-00-00"]),
        ((2, None), ["2005-02-00", "2005-02-01"], ["2005-01-01", "2005-00-00", "2004-02-00"]),
        ((None, None), ["2005-00-00", "2005-01-01"], ["2004-00-00", "2004-01-01"]),
    ],
)
def test_what_the_register_knows_of_a_birth_date_must_be_typed(
    known: tuple[int | None, int | None], right: list[str], wrong: list[str]
) -> None:
    month, day = known
    person = replace(LEA, birth_month=month, birth_day=day)
    assert [typed for typed in [*right, *wrong] if matches("doeuvre lefevre", typed, person)] == right
