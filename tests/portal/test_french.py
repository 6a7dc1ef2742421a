from datetime import UTC, date, datetime

import pytest

from mespoints.portal.french import counted, day_in_words, moment_in_words, signed, typeset

NBSP = "\N{NO-BREAK SPACE}"


def test_signs_are_real_signs() -> None:
    assert signed(1) == "+1"
    assert signed(-3) == "\N{MINUS SIGN}3"


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 point"), (1, "1 point"), (2, "2 points"), (-1, "\N{MINUS SIGN}1 point"), (-4, "\N{MINUS SIGN}4 points")],
)
def test_zero_and_one_are_singular(number: int, said: str) -> None:
    assert counted(number, "point") == said.replace(" ", NBSP)


def test_an_irregular_plural() -> None:
    assert counted(2, "avis", "avis") == f"2{NBSP}avis"


def test_days_are_in_words() -> None:
    assert day_in_words(date(2027, 3, 1)).replace(NBSP, " ") == "1er mars 2027"


def test_a_moment_is_told_in_paris_whatever_its_zone() -> None:
    assert moment_in_words(datetime(2026, 11, 22, 5, 0, tzinfo=UTC)).replace(NBSP, " ") == "22 novembre 2026 à 6 h"
    assert moment_in_words(datetime(2026, 7, 22, 22, 5, tzinfo=UTC)).replace(NBSP, " ") == "23 juillet 2026 à 0 h 05"


def test_double_signs_never_begin_a_line() -> None:
    assert typeset("L'avis : « payez » ; vraiment ? Oui !") == (
        f"L’avis{NBSP}: «{NBSP}payez{NBSP}»{NBSP}; vraiment{NBSP}? Oui{NBSP}!"
    )


def test_a_figure_keeps_its_unit() -> None:
    assert typeset("moins de 20 km/h, 4 points") == f"moins de 20{NBSP}km/h, 4{NBSP}points"
