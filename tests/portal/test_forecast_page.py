import pytest

from mespoints.portal.pages.forecast import ForecastPage, forecast_page
from mespoints.portal.pages.frame import Place, frame
from tests.portal.records import RECORDS, TODAY

FRAME = frame("Prévisions", here=Place.FORECAST, is_signed_in=True, has_invented_data=True)


def page(situation: str) -> ForecastPage:
    return forecast_page(RECORDS[situation], TODAY, FRAME)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_each_point_to_come_has_its_day_condition_and_article() -> None:
    said = page("calm")
    single, full = said.returns
    assert (single.line.points, plain(single.line.when), single.balance) == ("+1", "3 mars 2027", "9 sur 12")
    assert plain(single.condition) == "Si aucune infraction coûtant des points n’est commise avant le 3 mars 2027."
    assert [article.slug for article in single.articles] == ["L223-6-al-3"]
    assert (full.line.points, plain(full.line.when), full.balance) == ("+3", "3 septembre 2029", "12 sur 12")
    assert said.nothing is None
    assert said.today is not None
    assert plain(said.today) == "Aujourd’hui : 8 points sur 12."


@pytest.mark.parametrize(
    ("situation", "title"),
    [
        ("whole", "Rien ne manque"),
        ("learner", "Pas encore de points"),
        ("invalidated", "Ce compte est fermé"),
        ("annulled", "Ce compte est fermé"),
    ],
)
def test_nothing_to_come_is_said(situation: str, title: str) -> None:
    said = page(situation)
    assert said.returns == ()
    assert said.today is None
    assert said.nothing is not None
    assert said.nothing.title == title
