import pytest
from hypothesis import given
from hypothesis import strategies as st

from mespoints.register.file_number import FileNumber, InvalidFileNumber


@pytest.mark.parametrize("text", ["1503 99 200011", "150399-200011", " 150399.200011 ", "150399200011"])
def test_separators_do_not_count(text: str) -> None:
    assert FileNumber.parse(text).canonical == "150399200011"


def test_case_does_not_count() -> None:
    assert FileNumber.parse("ab 99 c1").canonical == "AB99C1"


@pytest.mark.parametrize("text", ["", "1234", "1" * 20, "1503_é_200011", "15039920001\n1x*"])
def test_what_is_no_file_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidFileNumber):
        FileNumber.parse(text)


def test_only_the_canonical_form_can_be_held() -> None:
    with pytest.raises(InvalidFileNumber):
        FileNumber("150399 200011")


def test_twelve_digits_are_shown_in_two_groups() -> None:
    assert FileNumber("150399200011").displayed == "150399 200011"
    assert FileNumber("15039920001A").displayed == "15039920001A"


@given(st.text("ABCZ0189", min_size=5, max_size=19))
def test_what_is_shown_reads_back(canonical: str) -> None:
    number = FileNumber(canonical)
    assert FileNumber.parse(number.displayed) == number
