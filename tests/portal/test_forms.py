"""What people type on the page of the file number: read leniently, refused with a sentence that helps."""

from datetime import date

import pytest

from mespoints.identity.licence_claim import Claim
from mespoints.portal.forms import NotADate, Refused, read_birth_date, read_claim

TODAY = date(2026, 11, 23)
GOOD = {"file_number": "2409 99-2000 31", "birth_name": " D’Œuvre ", "birth_date": "21/02/2005"}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("21/02/2005", "2005-02-21"),
        ("1/2/2005", "2005-02-01"),
        ("21 02 2005", "2005-02-21"),
        ("21.02.2005", "2005-02-21"),
        ("21 - 02 - 2005", "2005-02-21"),
        ("21022005", "2005-02-21"),
        ("2005-02-21", "2005-02-21"),
        ("00/02/2005", "2005-02-00"),
        ("00/00/2005", "2005-00-00"),
        ("29/02/2004", "2004-02-29"),
        ("23/11/2026", "2026-11-23"),
        ("01/01/1900", "1900-01-01"),
    ],
)
def test_a_birth_date_however_it_is_written(text: str, read: str) -> None:
    assert read_birth_date(text, TODAY) == read


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Écrivez votre date"),
        ("hier", "en chiffres"),
        ("21/02/05", "en chiffres"),
        ("21/2005", "en chiffres"),
        ("٢١/٠٢/٢٠٠٥", "en chiffres"),
        ("29/02/2005", "n’existe pas"),
        ("31/04/2005", "n’existe pas"),
        ("21/13/2005", "n’existe pas"),
        ("32/01/2005", "n’existe pas"),
        ("21/00/2005", "Vérifiez le mois"),
        ("21/02/1899", "entre 1900 et 2026"),
        ("21/02/2027", "entre 1900 et 2026"),
        ("24/11/2026", "dans l’avenir"),
    ],
)
def test_what_is_no_birth_date(text: str, said: str) -> None:
    with pytest.raises(NotADate, match=said):
        read_birth_date(text, TODAY)


def test_the_three_things_together() -> None:
    read = read_claim(GOOD, TODAY)
    assert isinstance(read, Claim)
    assert (read.file_number.canonical, read.birth_name, read.birth_date) == ("240999200031", "D’Œuvre", "2005-02-21")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("file_number", ""),
        ("file_number", "1234"),
        ("file_number", "240999200031" + " " * 40 + "A" * 40),
        ("file_number", "24099920003é"),
        ("birth_name", "   "),
        ("birth_name", "A" * 201),
        ("birth_name", "A\0B"),
        ("birth_date", "21/02"),
    ],
)
def test_each_field_has_its_own_sentence(field: str, typed: str) -> None:
    refused = read_claim({**GOOD, field: typed}, TODAY)
    assert isinstance(refused, Refused)
    assert list(refused.problems) == [field]
    assert refused.problems[field].endswith(".")


def test_nothing_typed_is_three_sentences() -> None:
    refused = read_claim({}, TODAY)
    assert isinstance(refused, Refused)
    assert list(refused.problems) == ["file_number", "birth_name", "birth_date"]
