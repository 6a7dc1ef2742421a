"""Values as the code writes them."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mespoints.documents.visible_code import writing
from mespoints.documents.visible_code.base32 import from_base32
from mespoints.documents.visible_code.encoding import WRITABLE
from mespoints.documents.visible_code.forms import day_of
from mespoints.documents.visible_code.writing import Unwritable
from tests.documents.visible_code.codes import drawn


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("D’Urville", "DURVILLE"),
        ("d'Œuvré-Lefèvre", "DOEUVRE LEFEVRE"),
        ("Ægir Øster", "AEGIR OSTER"),
        ("Weiß", "WEISS"),
        ("  Condé–sur \u00a0Noireau (14) ", "CONDE SUR NOIREAU 14"),
        ("Lo\u0308\u200dwe", "LOWE"),
        ("ﬁn", "FIN"),
        ("", ""),
    ],
)
def test_text_is_in_capitals_without_accent(said: str, written: str) -> None:
    assert writing.text(said) == written


def test_a_letter_that_would_be_lost_is_refused() -> None:
    with pytest.raises(Unwritable, match="« Ж » ne s’écrit pas"):
        writing.text("Жанна")


@drawn
@given(st.text(max_size=40))
def test_whatever_is_written_fits_the_code(said: str) -> None:
    try:
        written = writing.text(said)
    except Unwritable:
        return
    assert WRITABLE.fullmatch(written)
    assert written == " ".join(written.split()) == writing.text(written)


def test_given_names_are_divided_and_six_at_most() -> None:
    assert writing.given_names(["Jean-Luc", "Zoé", "…"]) == "JEAN LUC/ZOE"
    assert writing.given_names(list("abcdefgh")) == "A/B/C/D/E/F"
    assert writing.given_names([]) == ""


def test_days_are_hexadecimal_from_2000() -> None:
    assert writing.hex_day(date(2000, 1, 1)) == "0000"
    assert writing.hex_day(date(2021, 3, 22)) == "1E47"
    assert writing.hex_day(None) == "FFFF"
    last = day_of("FFFE")
    assert last is not None
    assert writing.hex_day(last) == "FFFE"
    for outside in (date(1999, 12, 31), date(2179, 6, 7)):
        with pytest.raises(Unwritable, match="2000"):
            writing.hex_day(outside)


def test_the_other_values() -> None:
    assert writing.birth_date("1985-03-00") == "00031985"
    assert writing.hour_minute(time(9, 5)) == "0905"
    assert writing.moment(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == "010120270030"
    assert [writing.points(count) for count in (0, 9, 12, 35)] == ["0", "9", "C", "Z"]
    assert writing.categories(["AM", "c1e"]) == "AM C1E"
    assert writing.file_number("150399 200011") == "150399200011"
    assert from_base32(writing.address("https://exemple.fr/é")) == "https://exemple.fr/é".encode()


def test_points_and_addresses_out_of_bounds_are_refused() -> None:
    for count in (-1, 36):
        with pytest.raises(Unwritable, match="de 0 à 35"):
            writing.points(count)
    for url in ("exemple.fr", "javascript:alert(1)", "https://exemple.fr/a b", "https://exemple.fr/\x00"):
        with pytest.raises(Unwritable, match="http"):
            writing.address(url)
