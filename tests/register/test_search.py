from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from mespoints.register.search import PivotIdentity, exact_matches
from tests.feed.samples import FILE_NUMBER, OTHER_FILE_NUMBER, enter, holder

pytestmark = pytest.mark.django_db

PIVOT = PivotIdentity(
    birth_name="LEFEVRE COEURET",
    given_names=("Zoe", "Anne", "Lise"),
    sex="F",
    birth_date="1992-11-00",
    birth_commune="33063",
    birth_country="99100",
)


@pytest.fixture(autouse=True)
def entered(tmp_path: Path) -> None:
    enter(tmp_path, [holder()])


def test_accents_hyphens_and_ligatures_do_not_count() -> None:
    assert [found.file_number for found in exact_matches(PIVOT)] == [FILE_NUMBER]


@pytest.mark.parametrize(
    "difference",
    [
        {"birth_name": "LEFEBVRE COEURET"},
        {"given_names": ("Zoe",)},
        {"given_names": ("Anne", "Lise", "Zoe")},
        {"sex": "M"},
        {"birth_date": "1992-11-01"},
        {"birth_date": "1992-00-00"},
        {"birth_date": "1993-11-00"},
        {"birth_commune": None},
        {"birth_commune": "33064"},
        {"birth_country": "99109"},
    ],
)
def test_any_other_difference_is_no_match(difference: dict[str, Any]) -> None:
    assert exact_matches(replace(PIVOT, **difference)) == ()


def test_two_files_of_one_identity_are_both_found(tmp_path: Path) -> None:
    enter(tmp_path, [holder(file_number=OTHER_FILE_NUMBER)], sequence=2)
    assert [found.file_number for found in exact_matches(PIVOT)] == [FILE_NUMBER, OTHER_FILE_NUMBER]


def test_a_corrected_name_is_found_by_its_new_form(tmp_path: Path) -> None:
    enter(tmp_path, [holder(birth_name="d’Ormesson", birth_commune=None, birth_country="99109")], sequence=2)
    assert exact_matches(PIVOT) == ()
    corrected = replace(PIVOT, birth_name="D ORMESSON", birth_commune=None, birth_country="99109")
    assert len(exact_matches(corrected)) == 1


@pytest.mark.parametrize("birth_date", ["", "1992-11", "11/1992", "1992-11-00T00:00"])
def test_a_birth_date_in_another_form_is_a_fault_of_the_caller(birth_date: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        exact_matches(replace(PIVOT, birth_date=birth_date))


def test_the_search_uses_its_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(
            "explain select 1 from register_holder where birth_name_key = 'A' and birth_year = 1992 and given_names_key = 'B'"
        )
        assert "register_holder_identity" in "\n".join(line for (line,) in cursor.fetchall())
