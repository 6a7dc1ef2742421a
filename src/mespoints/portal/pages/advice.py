"""What to do now, in the order of urgency. Nothing when there is nothing to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import assert_never

from mespoints.law.readings.course_adviser import CourseAdvice
from mespoints.law.readings.obligations import Obligation, ObligationKind
from mespoints.law.readings.situation import Situation
from mespoints.law.state import Closing, ClosingRule, Status
from mespoints.portal.french import counted, day_in_words, typeset
from mespoints.portal.pages.frame import Place
from mespoints.portal.pages.verdict import RED_ZONE

SURRENDER_DAYS = 11
"""Ten clear days (R223-3 III): neither the day of receipt nor the last one counts, so the card is due on the eleventh."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    title: str
    text: str
    route: Place | None = None
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What the law asks of the driver, or what must be checked; shown before any advice."""

    tone: str
    title: str
    text: str


def duty(owed: Obligation) -> Duty:
    match owed.kind:
        case ObligationKind.MANDATORY_COURSE if owed.overdue:
            tone, title = "urgent", "Stage obligatoire : la date est passée"
        case ObligationKind.MANDATORY_COURSE:
            tone, title = (
                "urgent",
                f"Stage obligatoire au plus tard le {day_in_words(owed.due_on)}" if owed.due_on else "Stage obligatoire",
            )
        case ObligationKind.MANDATORY_COURSE_EXPECTED:
            tone, title = "watch", "Un stage obligatoire va vous être demandé"
        case ObligationKind.CHECK_RECORD:
            tone, title = "watch", "Votre dossier est à vérifier"
        case _:
            assert_never(owed.kind)
    return Duty(tone=tone, title=typeset(title), text=typeset(owed.text))


def advice(
    now: Situation,
    course: CourseAdvice,
    owed: Sequence[Obligation],
    closing: Closing | None,
    new_licence_from: date | None,
) -> tuple[Advice, ...]:
    must_take_course = any(each.kind is ObligationKind.MANDATORY_COURSE for each in owed)
    a_course = mandatory_course_step() if must_take_course else course_step(course)
    match now.status:
        case Status.ZERO_NOT_NOTIFIED:
            return (a_course, letter_step(), human_step("Faites vérifier votre situation avant que la lettre arrive."))
        case Status.INVALIDATED | Status.ANNULLED:
            return closed_steps(closing, new_licence_from)
        case Status.VALID if must_take_course:
            return (a_course, paper_step(), human_step("Une question sur la lettre 48N ? Ne restez pas seul."))
        case Status.VALID if now.balance <= RED_ZONE and now.balance != now.ceiling:
            return (paper_step(), a_course, human_step("Une question, un doute sur une ligne ? Ne restez pas seul."))
        case Status.VALID | Status.NONE:
            return ()
        case _:
            assert_never(now.status)


def paper_step() -> Advice:
    return Advice(
        title="Vérifiez ce qui est écrit",
        text=typeset(
            "Téléchargez votre relevé : chaque retrait y figure avec sa date et son article. Repérez ce qui vous surprend."
        ),
        route=Place.DOCUMENTS,
        link="Voir mes documents",
    )


def course_step(course: CourseAdvice) -> Advice:
    title = f"Suivez un stage : +{counted(course.points, 'point')}" if course.useful else "Le stage, au bon moment"
    return Advice(title=typeset(title), text=typeset(course.advice))


def mandatory_course_step() -> Advice:
    return Advice(
        title="Inscrivez-vous au stage obligatoire",
        text=typeset(
            "Dites au centre que vous avez reçu la lettre 48N. Ce stage rend aussi des points, dans la limite de votre plafond."
        ),
    )


def letter_step() -> Advice:
    return Advice(
        title=typeset("Gardez la lettre et sa date"),
        text=typeset(
            "La lettre 48SI arrive en recommandé. Le jour où elle vous est remise, le permis n'est plus valable"
            " et un stage ne compte plus. Ne pas aller la chercher ne protège pas."
        ),
    )


def human_step(text: str) -> Advice:
    return Advice(title=typeset("Parlez à quelqu'un"), text=typeset(text), route=Place.HELP, link=typeset("Trouver de l'aide"))


def closed_steps(closing: Closing | None, new_licence_from: date | None) -> tuple[Advice, ...]:
    stop = Advice(
        title="Ne prenez plus le volant",
        text=typeset("Conduire malgré la décision est un délit. Cela vaut pour toutes les catégories."),
    )
    human = human_step("Contester est possible, avec des délais courts à partir de la lettre.")
    if closing is None or closing.rule is ClosingRule.ANNULMENT:
        text = "La décision du tribunal dit à partir de quand un nouveau permis est possible. Gardez-la."
        return (stop, Advice(title="Relisez la décision", text=typeset(text)), human)
    surrendered = new_licence_from is not None
    return (stop, *(() if surrendered else (surrender_step(closing),)), new_licence_step(new_licence_from), human)


def surrender_step(closing: Closing) -> Advice:
    last_day = closing.on + timedelta(days=SURRENDER_DAYS)
    return Advice(
        title="Remettez votre permis à la préfecture",
        text=typeset(
            f"La lettre demande de le remettre sous dix jours francs, soit au plus tard le {day_in_words(last_day)}."
            " Demandez le récépissé : c'est sa date qui lance le délai du nouveau permis."
        ),
    )


def new_licence_step(new_licence_from: date | None) -> Advice:
    when = (
        f"Vous avez remis le vôtre : un nouveau permis peut être obtenu à partir du {day_in_words(new_licence_from)}."
        if new_licence_from
        else "Le délai est de six mois (un an si c'est la deuxième fois en cinq ans) à partir de la remise du permis."
    )
    return Advice(
        title="Préparez le nouveau permis",
        text=typeset(f"{when} Il faut un avis médical et un test psychotechnique ; ils peuvent se préparer avant."),
    )
