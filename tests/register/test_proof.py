"""Numbers of the licence: yes or no."""

from pathlib import Path

import pytest

from mespoints.register.models import Holder
from mespoints.register.proof import is_file_number_of, is_title_number_of, looks_like_a_number
from tests.feed.samples import FILE_NUMBER, OTHER_FILE_NUMBER, enter, holder, licence

pytestmark = pytest.mark.django_db

RETRACTED = {
    "row": "retraction",
    "file_number": FILE_NUMBER,
    "fact_id": "L1",
    "reason": "Saisie au mauvais dossier.",
    "recorded_on": "2026-11-22",
}


@pytest.fixture
def holder_id(tmp_path: Path) -> int:
    enter(tmp_path, [holder(), licence(), holder(file_number=OTHER_FILE_NUMBER)])
    return Holder.objects.get(file_number=FILE_NUMBER).pk


@pytest.mark.parametrize("typed", [FILE_NUMBER, "150399 200011", "150399-200011", " 150399.200011 "])
def test_a_file_number_is_read_as_people_write_it(holder_id: int, typed: str) -> None:
    assert is_file_number_of(holder_id, typed)
    assert not is_title_number_of(holder_id, typed)


@pytest.mark.parametrize("typed", ["21AA00001", "21 aa 00001", "21-AA-00001"])
def test_the_number_of_a_card_too(holder_id: int, typed: str) -> None:
    assert is_title_number_of(holder_id, typed)
    assert not is_file_number_of(holder_id, typed)


@pytest.mark.parametrize("typed", ["", "21AA0000", "150399200012", "150399%", "' or true --", "21AA00002"])
def test_anything_else_is_no(holder_id: int, typed: str) -> None:
    assert not is_file_number_of(holder_id, typed)
    assert not is_title_number_of(holder_id, typed)


def test_a_former_card_and_a_retracted_licence_prove_nothing(holder_id: int, tmp_path: Path) -> None:
    enter(tmp_path, [licence(title_number="26AA00002")], sequence=2)
    assert not is_title_number_of(holder_id, "21AA00001")
    assert is_title_number_of(holder_id, "26AA00002")
    enter(tmp_path, [RETRACTED], sequence=3)
    assert not is_title_number_of(holder_id, "26AA00002")


def test_the_shape_alone() -> None:
    assert looks_like_a_number("150399 200011")
    assert looks_like_a_number("21AA00001")
    assert not looks_like_a_number("1503")
    assert not looks_like_a_number("mon permis !")
