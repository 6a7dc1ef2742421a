from datetime import date
from itertools import pairwise

import pytest

from mespoints.law.readings.marks import Mark, MarkKind
from mespoints.law.readings.situation import Situation
from mespoints.law.state import Movement, Rule, Status
from mespoints.portal.pages.gauge import HALF, PITCH, dots, gauge


def standing(balance: int, ceiling: int | None = 12) -> Situation:
    return Situation(
        on=date(2026, 11, 23), balance=balance, account=balance, ceiling=ceiling, status=Status.VALID, probation_ends_on=None
    )


EIGHT = (
    *[Mark(MarkKind.HELD)] * 8,
    Mark(MarkKind.COMING_BACK, date(2027, 3, 3)),
    Mark(MarkKind.COMING_BACK, date(2027, 5, 3)),
    *[Mark(MarkKind.LOST)] * 2,
)


def test_there_are_twelve_marks_and_a_core_in_each_that_comes_back() -> None:
    styles = [disc.style for disc in gauge(EIGHT, standing(8)).discs]
    assert styles == ["held"] * 8 + ["coming-back", "core"] * 2 + ["lost"] * 2


def test_the_space_is_wider_at_the_half() -> None:
    places = [disc.x for disc in gauge([Mark(MarkKind.HELD)] * 12, standing(12)).discs]
    gaps = [after - before for before, after in pairwise(places)]
    assert gaps[HALF - 1] > PITCH
    assert set(gaps[: HALF - 1] + gaps[HALF:]) == {PITCH}


def test_the_drawing_is_said_in_words() -> None:
    said = gauge(EIGHT, standing(8)).in_words.replace("\N{NO-BREAK SPACE}", " ")
    assert said == "8 points sur 12, 2 qui reviennent dans l’année, 2 perdus pour plus d’un an"


def test_the_legend_names_the_day_when_there_is_one_day() -> None:
    one_day = (*[Mark(MarkKind.HELD)] * 11, Mark(MarkKind.COMING_BACK, date(2027, 3, 3)))
    legend = [line.text.replace("\N{NO-BREAK SPACE}", " ") for line in gauge(one_day, standing(11)).legend]
    assert legend == ["11 en votre possession", "1 revient le 3 mars 2027"]


def test_a_closed_account_has_no_legend() -> None:
    closed = gauge([Mark(MarkKind.LOST)] * 12, standing(0, None))
    assert closed.legend == ()
    assert closed.in_words == "aucun point, le compte est fermé"


@pytest.mark.parametrize(
    ("account", "ceiling", "held", "lost", "above"),
    [
        (12, 12, "88.01", None, None),
        (8, 12, "56.01", "24.01", None),
        (1, 6, "0.01", "32.01", "40.01"),
        (-2, 12, None, "88.01", None),
    ],
)
def test_the_small_dots_add_up_to_twelve(
    account: int, ceiling: int, held: str | None, lost: str | None, above: str | None
) -> None:
    movement = Movement(on=date(2026, 1, 1), points=-1, account=account, ceiling=ceiling, rule=Rule.WITHDRAWAL, articles=())
    drawn = dots(movement)
    assert (drawn.held, drawn.lost, drawn.above) == (held, lost, above)
