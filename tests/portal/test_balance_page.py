from datetime import date

import pytest

from mespoints.law.texts.parameters import Dated
from mespoints.portal.pages.balance import BalancePage, balance_page
from mespoints.portal.pages.frame import Place, frame
from tests.portal.records import RECORDS, TODAY, consulted, licence, offence

FRAME = frame("Mon solde", here=Place.BALANCE, is_signed_in=True, has_invented_data=True)


def page(situation: str) -> BalancePage:
    return balance_page(RECORDS[situation], TODAY, FRAME)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def key_dates(of: BalancePage) -> dict[str, str]:
    return {date.term: plain(date.value) for date in of.key_dates}


@pytest.mark.parametrize(
    ("situation", "number", "unit", "tone", "word"),
    [
        ("whole", 12, "points sur 12", "calm", "Vous êtes tranquille."),
        ("calm", 8, "points sur 12", "calm", "Vous êtes tranquille."),
        ("red", 5, "points sur 12", "watch", "C’est le moment d’agir."),
        ("last points", 2, "points sur 12", "urgent", "Agissez maintenant."),
        ("zero", 0, "point sur 12", "urgent", "Il est encore temps d’agir."),
        ("invalidated", 0, "point, compte fermé", "urgent", "Vous ne pouvez plus conduire."),
        ("annulled", 0, "point, compte fermé", "urgent", "Vous ne pouvez plus conduire."),
        ("probation", 8, "points sur 8", "calm", "Vous êtes tranquille."),
        ("duty", 5, "points sur 8", "watch", "C’est le moment d’agir."),
    ],
)
def test_how_many_and_am_i_safe(situation: str, number: int, unit: str, tone: str, word: str) -> None:
    said = page(situation)
    assert said.figure is not None
    assert (said.figure.number, said.figure.unit, said.verdict.tone, said.verdict.word) == (number, unit, tone, word)


def test_the_page_says_whose_it_is_and_of_when() -> None:
    said = page("calm")
    assert said.holder_name == "Claire DELAUNAY"
    assert said.data_as_of is not None
    assert plain(said.data_as_of) == "22 novembre 2026 à 6 h"


def test_a_learner_has_a_file_and_no_figure() -> None:
    said = page("learner")
    assert said.figure is None
    assert said.verdict.word == "Pas encore de points."
    assert not any((said.recent, said.coming, said.advice))


def test_a_learner_reads_what_the_licence_will_bring() -> None:
    said = page("learner").learner
    assert said is not None
    ways = {way.title: [(plain(stage.points), plain(stage.when)) for stage in way.stages] for way in said.ways}
    assert ways["Formation classique"][0] == ("6 points", "Le jour du permis")
    assert ways["Formation classique"][-1] == ("12 points", "3 ans après, sans infraction")
    assert ways["Conduite accompagnée"][1:] == [
        ("9 points", "1 an après, sans infraction"),
        ("12 points", "2 ans après, sans infraction"),
    ]
    assert "fin du 6e et la fin du 12e mois" in plain(said.training)
    assert "12 points au bout de 2 ans, ou de 18 mois" in plain(said.training)


def test_the_figures_of_a_learner_are_those_of_the_law(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mespoints.law.rules.probation.INITIAL", Dated("initial_in_probation", (date(1992, 7, 1),), (7,)))
    said = page("learner")
    assert "7 au départ" in plain(said.verdict.sentence)
    assert said.learner is not None
    assert plain(said.learner.ways[0].stages[0].points) == "7 points"


def test_who_has_a_licence_is_not_told_of_his_first_points() -> None:
    assert [name for name in RECORDS if page(name).learner is not None] == ["learner"]


def test_what_next() -> None:
    assert key_dates(page("calm")) == {"Prochain retour": "+1 le 3 mars 2027", "Tout revient": "le 3 septembre 2029"}


def test_one_return_that_gives_everything_is_said_once() -> None:
    assert key_dates(page("last points")) == {"Tout revient": "le 3 avril 2029"}


def test_probation_has_its_end_and_its_ceiling() -> None:
    said = page("probation")
    assert key_dates(said)["Permis probatoire"] == "jusqu’au 3 mars 2028"
    assert plain(said.key_dates[-1].note) == "Plafond d’aujourd’hui : 8 points."


@pytest.mark.parametrize(
    ("situation", "titles"),
    [
        ("whole", []),
        ("calm", []),
        ("probation", []),
        ("red", ["Vérifiez ce qui est écrit", "Suivez un stage : +4 points", "Parlez à quelqu’un"]),
        ("zero", ["Suivez un stage : +4 points", "Gardez la lettre et sa date", "Parlez à quelqu’un"]),
        ("duty", ["Inscrivez-vous au stage obligatoire", "Vérifiez ce qui est écrit", "Parlez à quelqu’un"]),
        (
            "invalidated",
            [
                "Ne prenez plus le volant",
                "Remettez votre permis à la préfecture",
                "Préparez le nouveau permis",
                "Parlez à quelqu’un",
            ],
        ),
        ("surrendered", ["Ne prenez plus le volant", "Préparez le nouveau permis", "Parlez à quelqu’un"]),
        ("annulled", ["Ne prenez plus le volant", "Relisez la décision", "Parlez à quelqu’un"]),
    ],
)
def test_what_to_do_in_the_order_of_urgency(situation: str, titles: list[str]) -> None:
    assert [plain(step.title) for step in page(situation).advice] == titles


def test_the_card_is_due_ten_clear_days_after_the_letter() -> None:
    surrender = page("invalidated").advice[1]
    assert "au plus tard le 14 novembre 2026" in plain(surrender.text)


def test_a_new_licence_is_counted_from_the_surrender() -> None:
    assert "à partir du 10 mai 2027" in plain(page("surrendered").advice[1].text)


def test_a_mandatory_course_comes_with_its_last_day() -> None:
    (duty,) = page("duty").duties
    assert (duty.tone, plain(duty.title)) == ("urgent", "Stage obligatoire au plus tard le 1er janvier 2027")


def test_a_return_that_was_undone_is_told_with_its_cause() -> None:
    (told,) = page("undone").undone
    assert "Le 1er août 2026, 1 point avait été rendu." in plain(told)
    assert "l’infraction du 30 mai 2026 (Distance de sécurité non respectée)" in plain(told)


def test_an_offence_not_yet_established_is_said_and_not_counted() -> None:
    said = page("red")
    (told,) = said.pending
    assert plain(told).startswith("Circulation en sens interdit, 20 octobre 2026 : 3 points en jeu.")
    assert said.figure is not None
    assert said.figure.number == 5


def test_the_newest_movement_comes_first() -> None:
    said = page("calm")
    assert [line.points for line in said.recent] == ["\N{MINUS SIGN}1", "\N{MINUS SIGN}3", "+12"]
    assert [line.points for line in said.coming] == ["+1", "+3"]


@pytest.mark.parametrize(("points", "tone"), [(5, "calm"), (6, "watch")])
def test_the_red_zone_begins_at_six(points: int, tone: str) -> None:
    said = balance_page(consulted(licence(), offence("a", "2026-01-05", "2026-02-01", points)), TODAY, FRAME)
    assert said.verdict.tone == tone
