"""The right sentence for each situation: a driver, the day of the question, and the beginning of what he reads."""

from datetime import date

import pytest

from mespoints.law.case_reading import read_case
from mespoints.law.readings.explanation import TELLERS, ExplainedMovement, explanation
from mespoints.law.readings.forecast import forecast
from mespoints.law.replay import replay
from mespoints.law.state import Rule
from mespoints.law.texts.sentences import Language
from tests.law.drivers import Case, driver, event, offence

NBSP = "\N{NO-BREAK SPACE}"


def plain(text: str) -> str:
    return text.replace(NBSP, " ").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def test_every_rule_has_its_teller() -> None:
    assert set(TELLERS) == set(Rule)


LETTER = event("48SI", "invalidation_notified", "2021-09-01")
SIX_TWICE = [offence("a", "2021-01-02", "2021-02-01", "D", 6), offence("b", "2021-03-02", "2021-04-01", "D", 6)]
YOUNG = {"obtained": "2020-01-10", "probation": "standard"}
THREE_YOUNG = offence("a", "2020-06-02", "2020-07-01", "C4", 3)
MANDATORY = event("48N", "mandatory_course_notified", "2020-08-01", target="a")
ONE_OLD = offence("a", "2021-01-02", "2021-02-01", "C2", 1)
TWO_OLD = offence("a", "2021-01-02", "2021-02-01", "C2", 2)
BLOCKING = offence("b", "2021-03-02", "2021-06-01", "C2", 2)
PENDING = offence("b", "2021-03-02", None, "C2", 2, label="Feu rouge")
EARLIER_PENDING = offence("early", "2020-12-02", None, "C2", 2, label="Stop")
OTHER_PENDING = offence("c", "2021-04-02", None, "C2", 2, label="Stop")
DEEP = [*SIX_TWICE, offence("c", "2021-05-02", "2021-06-01", "D", 6)]
CAPPED = [
    offence("a", "2021-01-02", "2021-02-01", "D", 6),
    offence("b", "2021-01-02", "2021-02-02", "C4", 4, simultaneous_with="a"),
]

ACTIONS: list[tuple[str, Case, str, str]] = [
    ("start", driver(), "2021-06-01", "Rien à faire."),
    (
        "start, training ahead",
        driver(**YOUNG),
        "2020-02-01",
        "Une journée de « formation complémentaire », suivie entre le 10 juillet",
    ),
    ("start, last day of training", driver(**YOUNG), "2021-01-10", "Une journée de « formation complémentaire »"),
    ("start, too late to train", driver(**YOUNG), "2021-01-11", "Rien à faire."),
    ("start, trained", driver(**YOUNG, training="2020-09-01"), "2020-10-01", "Rien à faire."),
    (
        "single point",
        driver(ONE_OLD),
        "2021-03-01",
        "Conduisez sans infraction coûtant des points : ce point revient tout seul le 1er août 2021.",
    ),
    (
        "single point, blocked",
        driver(ONE_OLD, BLOCKING),
        "2021-03-01",
        "Ce point ne revient pas seul après six mois, car une autre infraction",
    ),
    ("single point, returned", driver(ONE_OLD), "2021-08-01", "Rien à faire : ce point est revenu le 1er août 2021."),
    (
        "loss",
        driver(TWO_OLD),
        "2021-03-01",
        "Conduisez sans infraction coûtant des points : votre compte redevient complet le 1er février 2023.",
    ),
    (
        "loss, complete again",
        driver(TWO_OLD),
        "2023-02-01",
        "Rien à faire : votre compte était de nouveau complet le 1er février 2023.",
    ),
    (
        "loss, only ten years are sure",
        driver(TWO_OLD, PENDING),
        "2021-03-02",
        "Ces points reviennent au plus tard le 1er février 2031",
    ),
    ("loss, nothing is sure", driver(SIX_TWICE[0], PENDING), "2021-03-02", "Aucune date de retour n'est sûre aujourd'hui."),
    (
        "loss, licence ended",
        driver(*SIX_TWICE, LETTER),
        "2021-09-01",
        "Rien à faire : ce permis a pris fin le 1er septembre 2021",
    ),
    (
        "loss, zero since",
        driver(*SIX_TWICE),
        "2021-05-01",
        "Votre solde est à zéro : le plus urgent est écrit à la perte du 1er avril 2021.",
    ),
    ("48N received", driver(THREE_YOUNG, MANDATORY, **YOUNG), "2020-12-01", "Suivez un stage au plus tard le 1er décembre 2020"),
    ("48N overdue", driver(THREE_YOUNG, MANDATORY, **YOUNG), "2020-12-02", "Le stage obligatoire devait être suivi au plus tard"),
    (
        "48N expected",
        driver(THREE_YOUNG, **YOUNG),
        "2020-07-31",
        "Un stage sera obligatoire : la lettre recommandée 48N vous donnera quatre mois",
    ),
    ("48N never came", driver(THREE_YOUNG, **YOUNG), "2023-01-10", "Conduisez sans infraction coûtant des points"),
]


def told(case: Case, day: str, language: Language = "fr") -> tuple[ExplainedMovement, ...]:
    record = read_case({**case, "as_of": day}).record
    return explanation(replay(record), record, date.fromisoformat(day), language=language)


def first_loss_or_start(case: Case, day: str) -> ExplainedMovement:
    movements = told(case, day)
    return next((each for each in movements if each.movement.rule is Rule.WITHDRAWAL), movements[0])


@pytest.mark.parametrize(("case", "day", "said"), [pytest.param(*rest, id=name) for name, *rest in ACTIONS])
def test_what_to_do(case: Case, day: str, said: str) -> None:
    assert plain(first_loss_or_start(case, day).action).startswith(said)


LAST_ACTIONS: list[tuple[str, Case, str, str]] = [
    ("zero", driver(*SIX_TWICE), "2021-05-01", "D'abord, inscrivez-vous à un stage"),
    (
        "zero, a course is not enough",
        driver(*DEEP),
        "2021-07-01",
        "Parlez à un conseiller sans attendre la lettre 48SI. Un stage rend quatre",
    ),
    (
        "zero, a course too recent",
        driver(*SIX_TWICE, event("s", "course", "2021-02-15"), offence("c", "2021-05-02", "2021-06-01", "C4", 4)),
        "2021-07-01",
        "Parlez à un conseiller sans attendre la lettre 48SI. Un stage vous a déjà rendu des points",
    ),
    (
        "course",
        driver(TWO_OLD, event("s", "course", "2021-03-01")),
        "2021-04-01",
        "Gardez l'attestation. Un autre stage ne rendra des points que s'il se termine à partir du 1er mars 2022.",
    ),
    (
        "course, long ago",
        driver(TWO_OLD, event("s", "course", "2021-03-01")),
        "2022-03-01",
        "Rien à faire : gardez l'attestation",
    ),
]


@pytest.mark.parametrize(("case", "day", "said"), [pytest.param(*rest, id=name) for name, *rest in LAST_ACTIONS])
def test_what_to_do_about_the_last_movement(case: Case, day: str, said: str) -> None:
    assert plain(told(case, day)[-1].action).startswith(said)


MEANINGS: list[tuple[str, Case, str, str]] = [
    ("loss", driver(TWO_OLD), "2021-03-01", "Il vous restait 10 points ce jour-là."),
    (
        "loss in probation",
        driver(THREE_YOUNG, **YOUNG),
        "2020-08-01",
        "Il vous restait 3 points ce jour-là. Le permis probatoire ne vous ajoutera plus de points",
    ),
    (
        "loss in a probation now over",
        driver(THREE_YOUNG, **YOUNG),
        "2023-01-10",
        "Il vous restait 3 points ce jour-là. L'infraction, commise pendant le permis probatoire",
    ),
    ("zero", driver(*SIX_TWICE), "2021-05-01", "Votre solde est tombé à zéro. Votre permis reste valable"),
    ("below zero", driver(*DEEP), "2021-07-01", "Votre solde est tombé à zéro. Votre permis reste valable"),
    (
        "start, flat probation",
        driver(obtained="2005-01-10", probation="standard"),
        "2006-01-10",
        "Votre plafond, ce que votre permis peut porter, est de six points pendant toute",
    ),
    (
        "a point returned in probation",
        driver(offence("a", "2020-06-02", "2020-07-01", "C2", 1), **YOUNG),
        "2021-02-01",
        "Le point est revenu tout seul. L'infraction reste dans votre dossier : elle empêche encore",
    ),
    (
        "a point returned",
        driver(ONE_OLD),
        "2021-08-01",
        "Le point est revenu tout seul. L'infraction reste dans votre dossier : elle compte encore",
    ),
    ("restored", driver(ONE_OLD, BLOCKING), "2023-06-01", "Les 3 points qui manquaient sont revenus"),
    ("restored from zero", driver(*SIX_TWICE), "2024-04-01", "Votre solde était à zéro, mais aucune lettre 48SI"),
    ("ten years, one point", driver(ONE_OLD, PENDING), "2031-02-01", "Ce point est revenu tout seul."),
    ("course", driver(*CAPPED, event("s", "course", "2021-03-01")), "2021-04-01", "Vous avez récupéré 4 points."),
    (
        "course, ceiling",
        driver(TWO_OLD, event("s", "course", "2021-03-01")),
        "2021-04-01",
        "Vous avez récupéré 2 points et non quatre, car votre permis ne pouvait pas porter plus de 12 points.",
    ),
    (
        "course, before 2004",
        driver(offence("a", "2003-01-02", "2003-02-01", "C4", 3), event("s", "course", "2003-03-01")),
        "2003-04-01",
        "Vous avez récupéré 2 points et non quatre : jusqu'au 29 février 2004",
    ),
    (
        "course, from zero",
        driver(*SIX_TWICE, event("s", "course", "2021-05-01")),
        "2021-06-01",
        "Vous avez récupéré 4 points : votre solde est remonté à 4 points",
    ),
    (
        "course, still at zero",
        driver(*DEEP, event("s", "course", "2021-07-01")),
        "2021-08-01",
        "Le stage a compté pour 4 points, mais il en manquait davantage",
    ),
]


@pytest.mark.parametrize(("case", "day", "said"), [pytest.param(*rest, id=name) for name, *rest in MEANINGS])
def test_what_it_means(case: Case, day: str, said: str) -> None:
    movements = told(case, day)
    last = movements[0] if "Votre plafond" in said else movements[-1]
    assert plain(last.meaning).startswith(said)


def test_zero_told_afterwards() -> None:
    recovered = told(driver(*SIX_TWICE, event("s", "course", "2021-05-01")), "2021-06-01")[2]
    assert plain(recovered.meaning).startswith("Votre solde est tombé à zéro ce jour-là, puis il est remonté")
    closed = told(driver(*SIX_TWICE, LETTER), "2021-10-01")[2]
    assert plain(closed.meaning) == "Votre solde est tombé à zéro ce jour-là."


def test_a_capped_loss_says_the_scale() -> None:
    why = plain(told(driver(*CAPPED), "2021-03-01")[-1].why)
    assert "Le barème prévoyait 4 points." in why
    assert why.endswith("celle-ci n'a coûté que 2 points.")


def test_at_zero_every_return_waits_for_the_letter() -> None:
    case = driver(*SIX_TWICE)
    for day, waits in (("2021-03-31", False), ("2021-04-01", True)):
        record = read_case({**case, "as_of": day}).record
        coming = forecast(replay(record), record, date.fromisoformat(day))
        returns = [each for each in coming if each.movement.points > 0]
        assert returns
        assert all(("la lettre 48SI" in plain(each.condition)) is waits for each in returns)


def test_figures_stand_in_their_sentences() -> None:
    young = told(driver(THREE_YOUNG, **YOUNG), "2020-08-01")[-1]
    assert "reste de 6 points jusqu'au 10 janvier 2023, puis passe à douze." in plain(young.meaning)
    deep = told(driver(*DEEP), "2021-07-01")[-1]
    assert plain(deep.meaning).endswith(
        "La perte dépassait ce qu'il vous restait : 6 points seront retenus sur les prochains points rendus."
    )
    recent = told(
        driver(*SIX_TWICE, event("s", "course", "2021-02-15"), offence("c", "2021-05-02", "2021-06-01", "C4", 4)), "2021-07-01"
    )
    assert plain(recent[-1].action).endswith("le suivant n'en rendrait que s'il se termine à partir du 15 février 2022.")


def test_the_next_course_is_told_to_the_day() -> None:
    """A course ending on the day told credits; the day before, it does not."""
    losses = [TWO_OLD, offence("b", "2021-04-02", "2021-05-01", "C4", 4)]
    case = driver(*losses, event("s", "course", "2021-03-01"))
    said = plain(told(case, "2021-04-01")[-1].action)
    assert said == "Gardez l'attestation. Un autre stage ne rendra des points que s'il se termine à partir du 1er mars 2022."
    for day, credited in (("2022-02-28", 0), ("2022-03-01", 4)):
        again = told(driver(*losses, event("s", "course", "2021-03-01"), event("t", "course", day)), "2022-04-01")
        assert sum(each.movement.points for each in again if each.movement.cause == "t") == credited


def test_in_english() -> None:
    loss = told(driver(ONE_OLD), "2021-03-01", "en")[-1]
    paid = (
        "The fine was paid on 1 February 2021. To pay is to admit the offence of 2 January 2021: it is then legally established"
    )
    assert plain(loss.why) == f"{paid}, and the points are lost that day."
    assert plain(loss.action) == "Drive without an offence that costs points: this point comes back by itself on 1 August 2021."
    assert {note.title for note in loss.articles} != {note.title for note in told(driver(ONE_OLD), "2021-03-01")[-1].articles}
