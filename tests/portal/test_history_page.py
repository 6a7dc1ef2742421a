from mespoints.portal.pages.frame import Place, frame
from mespoints.portal.pages.history import Event, HistoryPage, history_page
from tests.portal.records import RECORDS, TODAY, three_hundred_movements

FRAME = frame("Historique", here=Place.HISTORY, is_signed_in=True, has_invented_data=True)
MINUS = "\N{MINUS SIGN}"


def page(situation: str) -> HistoryPage:
    return history_page(RECORDS[situation], TODAY, FRAME)


def events(of: HistoryPage) -> list[Event]:
    return [event for year in of.years for event in year.events]


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_newest_first_by_year() -> None:
    said = page("calm")
    assert [year.number for year in said.years] == [2026, 2025, 2009]
    assert [(event.points, plain(event.when), event.balance) for event in events(said)] == [
        (f"{MINUS}1", "3 septembre 2026", "8 sur 12"),
        (f"{MINUS}3", "9 septembre 2025", "9 sur 12"),
        ("+12", "4 mai 2009", "12 sur 12"),
    ]
    assert plain(said.years[0].summary) == "1 mouvement"


def test_a_loss_opens_on_its_dates_why_meaning_and_what_to_do() -> None:
    loss = events(page("calm"))[1]
    assert loss.title == "Distance de sécurité non respectée"
    assert [term for term, _ in loss.details] == ["Dates", "Pourquoi", "Ce que cela veut dire", "Que faire"]
    assert plain(loss.details[0][1]) == "Commise le 2 juillet 2025, établie le 9 septembre 2025."
    assert [article.slug for article in loss.articles] == ["L223-1-al-1", "L223-1-al-4", "L223-2"]


def test_every_event_says_why_and_what_to_do() -> None:
    for situation in RECORDS:
        for event in events(page(situation)):
            told = dict(event.details)
            assert told["Pourquoi"], (situation, event.title)
            assert told["Que faire"], (situation, event.title)


def test_the_end_of_a_licence_is_an_event() -> None:
    closing = events(page("invalidated"))[0]
    assert (closing.title, closing.balance, closing.dots) == ("Permis invalidé (lettre 48SI)", "compte fermé", None)
    assert events(page("annulled"))[0].title == "Permis annulé par un tribunal"


def test_a_return_undone_is_an_event_of_the_day_it_was_undone() -> None:
    undone = next(event for event in events(page("undone")) if event.title == "Retour de points annulé")
    assert plain(undone.when) == "15 septembre 2026"


def test_a_learner_has_an_empty_history() -> None:
    assert page("learner").years == ()


def test_three_hundred_movements_have_their_years_to_jump_to() -> None:
    said = history_page(three_hundred_movements(), TODAY, FRAME)
    assert len(events(said)) >= 290
    assert said.shortcuts == tuple(year.number for year in said.years)
    assert page("calm").shortcuts == ()
