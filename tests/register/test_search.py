from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from mespoints.register.identities import PivotIdentity
from mespoints.register.search import MOST_CANDIDATES, candidates, described
from tests.feed.samples import FILE_NUMBER, OTHER_FILE_NUMBER, enter, holder
from tests.register.entering import execute

pytestmark = pytest.mark.django_db

PIVOT = PivotIdentity(
    birth_name="LEFEVRE COEURET",
    given_names=("Zoe", "Anne Lise"),
    sex="F",
    birth_date="1992-11-00",
    birth_commune="33063",
    birth_country="99100",
)


@pytest.fixture(autouse=True)
def entered(tmp_path: Path) -> None:
    enter(tmp_path, [holder()])


def numbers(pivot: PivotIdentity) -> list[str]:
    return [found.file_number for found in candidates(pivot).found]


def test_a_candidate_is_described_as_a_pivot_identity_is() -> None:
    (found,) = candidates(PIVOT).found
    assert found.birth_date == "1992-11-00"
    assert (found.birth_name, found.given_names) == ("Lefèvre-Cœuret", ("Zoé", "Anne-Lise"))
    assert (found.birth_commune, found.birth_country, found.is_deceased) == ("33063", "99100", False)
    assert described([found.holder_id, 0]) == (found,)


@pytest.mark.parametrize(
    "difference",
    [
        {"given_names": ("Zoé", "Anne", "Lise")},
        {"given_names": ("Zoé", "Anne-Lise", "Odile")},
        {"sex": "X"},
        {"birth_date": "1992-11-14"},
        {"birth_date": "1992-00-00"},
        {"birth_commune": "33064"},
        {"birth_country": "99109", "birth_commune": None},
        {"birth_name": "de La Lefèvre-Cœuret"},
        {"birth_name": "L’Efèvre-Cœuret"},
        {"birth_name": "Tourelle", "usage_name": "Lefèvre-Cœuret"},
    ],
)
def test_what_may_be_the_same_person_is_found(difference: dict[str, Any]) -> None:
    assert numbers(replace(PIVOT, **difference)) == [FILE_NUMBER]


@pytest.mark.parametrize(
    "difference",
    [
        {"birth_name": "LEFEBVRE COEURET"},
        {"given_names": ("Zoe",)},
        {"given_names": ("Anne", "Lise", "Zoe")},
        {"sex": "M"},
        {"birth_date": "1992-12-00"},
        {"birth_date": "1993-11-00"},
    ],
)
def test_what_every_rule_refuses_is_not(difference: dict[str, Any]) -> None:
    assert numbers(replace(PIVOT, **difference)) == []


def test_a_usage_name_of_the_register_is_found(tmp_path: Path) -> None:
    enter(tmp_path, [holder(file_number=OTHER_FILE_NUMBER, birth_name="Autre", usage_name="D’Urmont")], sequence=2)
    assert numbers(replace(PIVOT, birth_name="Durmont")) == [OTHER_FILE_NUMBER]
    enter(tmp_path, [holder(file_number=OTHER_FILE_NUMBER, birth_name="Autre", usage_name=None)], sequence=3)
    assert numbers(replace(PIVOT, birth_name="Durmont")) == []


def test_two_files_of_one_identity_are_both_found(tmp_path: Path) -> None:
    enter(tmp_path, [holder(file_number=OTHER_FILE_NUMBER)], sequence=2)
    assert numbers(PIVOT) == [FILE_NUMBER, OTHER_FILE_NUMBER]


def test_a_corrected_name_is_found_by_its_new_form(tmp_path: Path) -> None:
    enter(tmp_path, [holder(birth_name="d’Ormesson", birth_commune=None, birth_country="99109")], sequence=2)
    assert numbers(PIVOT) == []
    assert numbers(replace(PIVOT, birth_name="D ORMESSON")) == [FILE_NUMBER]


def test_too_many_is_said_and_no_more_are_given(tmp_path: Path) -> None:
    rows = [holder(file_number=f"1503992{rank:05}") for rank in range(MOST_CANDIDATES + 3)]
    enter(tmp_path, rows, sequence=2)
    found = candidates(PIVOT)
    assert found.too_many
    assert len(found.found) == MOST_CANDIDATES


def test_the_source_says_who_is_deceased(tmp_path: Path) -> None:
    state = {"row": "licence_state", "file_number": FILE_NUMBER, "state": "07", "since": "2026-01-02"}
    enter(tmp_path, [state], sequence=2)
    assert candidates(PIVOT).found[0].is_deceased
    enter(tmp_path, [{**state, "state": "50", "since": "2026-02-02"}], sequence=3)
    assert not candidates(PIVOT).found[0].is_deceased


@pytest.mark.parametrize("birth_date", ["", "1992-11", "11/1992", "1992-11-00T00:00"])
def test_a_birth_date_in_another_form_is_a_fault_of_the_caller(birth_date: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        candidates(replace(PIVOT, birth_date=birth_date))


@pytest.mark.parametrize(
    ("column", "index"), [("birth_name_key", "register_holder_identity"), ("usage_name_key", "register_holder_usage_name")]
)
def test_the_search_uses_its_indexes(column: str, index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute("set local enable_bitmapscan = off")
    plan = execute(
        f"explain select id from register_holder where {column} = any(array['A', 'B']) and birth_year = 1992"  # noqa: S608
        " and given_names_key = any(array['C', 'D'])"
    )
    assert index in "\n".join(line for (line,) in plan)
