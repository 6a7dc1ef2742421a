"""What a learner finds while there is no licence yet: how many points, from when, read from the law and not typed here."""

from dataclasses import dataclass
from datetime import date

from mespoints.law.facts import ProbationPath
from mespoints.law.readings.first_licence import FirstPoints, first_points
from mespoints.law.rules.probation import TRAINING_FROM, TRAINING_UNTIL
from mespoints.portal.french import counted, typeset
from mespoints.portal.pages.gauge import Dots, dots_of

MONTHS_IN_A_YEAR = 12
WAYS = {ProbationPath.STANDARD: "Formation classique", ProbationPath.AAC: "Conduite accompagnée"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    when: str
    points: str
    dots: Dots


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerWay:
    title: str
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner:
    ways: tuple[LearnerWay, ...]
    training: str
    loss: str


def learner(on: date) -> Learner:
    """Under the law of ``on``."""
    return Learner(
        ways=tuple(LearnerWay(title=title, stages=stages(first_points(on, path))) for path, title in WAYS.items()),
        training=training(on),
        loss=typeset(
            "Une infraction qui coûte des points arrête ces gains : le plafond reste où il est jusqu'à la fin de la période."
            " Les points perdus, eux, reviennent comme pour tout le monde."
        ),
    )


def initial(on: date) -> int:
    return first_points(on, ProbationPath.STANDARD)[0].points


def stages(found: tuple[FirstPoints, ...]) -> tuple[Stage, ...]:
    return tuple(
        Stage(when=typeset(when(each.months)), points=counted(each.points, "point"), dots=dots_of(each.points, each.points))
        for each in found
    )


def when(months: int) -> str:
    return f"{length(months)} après, sans infraction" if months else "Le jour du permis"


def length(months: int) -> str:
    """« 1 an », « 18 mois »."""
    years, rest = divmod(months, MONTHS_IN_A_YEAR)
    return counted(months, "mois", "mois") if rest else counted(years, "an")


def training(on: date) -> str:
    shortened = {path: first_points(on, path, is_trained=True)[-1] for path in WAYS}
    standard, accompanied = shortened[ProbationPath.STANDARD], shortened[ProbationPath.AAC]
    return typeset(
        f"La formation complémentaire, suivie entre la fin du {TRAINING_FROM.in_force(on)}e et la fin du"
        f" {TRAINING_UNTIL.in_force(on)}e mois, raccourcit la période : {counted(standard.points, 'point')} au bout de"
        f" {length(standard.months)}, ou de {length(accompanied.months)} après une conduite accompagnée."
    )
