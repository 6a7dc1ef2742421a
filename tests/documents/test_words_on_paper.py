"""French typography, and text that the typeface can draw."""

from datetime import UTC, datetime
from unicodedata import normalize

import pytest

from mespoints.documents.typeface import breakable, drawable, printable
from mespoints.documents.wording import birth_day, cited, moment, signed, typeset

NBSP = "\N{NO-BREAK SPACE}"


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 22, 13, 5, 9, tzinfo=UTC), "22 novembre 2026 à 14 h 05 min 09 s (heure de Paris)"),
        (datetime(2026, 7, 1, 22, 0, 0, tzinfo=UTC), "2 juillet 2026 à 0 h 00 min 00 s (heure de Paris)"),
    ],
)
def test_moments_are_said_in_paris_time(at: datetime, said: str) -> None:
    assert plain(moment(at)) == said


@pytest.mark.parametrize(
    ("stated", "said"),
    [("1985-03-01", "1er mars 1985"), ("1985-03-00", "mars 1985 (jour inconnu)"), ("1985-00-00", "1985 (jour et mois inconnus)")],
)
def test_birth_days_with_unknown_parts(stated: str, said: str) -> None:
    assert plain(birth_day(stated)) == said


def test_a_loss_carries_a_true_minus() -> None:
    assert (signed(-3), signed(4)) == ("\N{MINUS SIGN}3", "+4")


@pytest.mark.parametrize(
    ("references", "said"),
    [
        (("L223-6 al. 3",), "L223-6 al. 3"),
        (("L223-1 al. 1", "L223-1 al. 4", "L223-2"), "L223-1 al. 1 et 4, L223-2"),
        (("R223-8 II", "R223-8 III", "L223-6 al. 4"), "R223-8 II, III, L223-6 al. 4"),
        (("",), ""),
    ],
)
def test_articles_are_cited_together(references: tuple[str, ...], said: str) -> None:
    assert plain(cited(references)) == said


def test_sentences_are_set_as_printers_do() -> None:
    assert typeset("L'avis « dit » : non ; pourquoi ?") == f"L’avis «{NBSP}dit{NBSP}»{NBSP}: non{NBSP}; pourquoi{NBSP}?"


def test_names_of_france_are_drawn_as_written() -> None:
    name = "Lœuillet-Fÿ D’Ÿves Ægir Çağrı Łukasz Nguyễn Ὀδυσσεύς Čapek"
    assert printable(normalize("NFD", name)) == printable(name)
    assert printable("Lœuillet-Fÿ D’Ÿves Çağrı Łukasz Nguyễn Čapek") == "Lœuillet-Fÿ D’Ÿves Çağrı Łukasz Nguyễn Čapek"


@pytest.mark.parametrize("invisible", ["\x00", "\x1b", "\u202e", "\u200b", "\u200d", "\u00ad", "\ufeff", "\ue000"])
def test_what_cannot_be_seen_is_left_out(invisible: str) -> None:
    assert printable(f"Mar{invisible}tin") == "Martin"


def test_what_cannot_be_drawn_leaves_a_trace() -> None:
    assert printable("中文") == "□□"
    assert drawable().issuperset(printable("ﷺ محمد 中文 🚗 Ａｂ ①"))


def test_no_break_spaces_of_sentences_are_kept() -> None:
    assert printable(f"3{NBSP}points\n  et\tplus") == f"3{NBSP}points et plus"


def test_only_very_long_words_may_break() -> None:
    assert breakable("Jean-Maximilien de la Tour") == "Jean-Maximilien de la Tour"
    assert breakable("x" * 60).replace("\u200b", "") == "x" * 60
    assert "\u200b" in breakable("x" * 60)
