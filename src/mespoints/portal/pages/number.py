"""The path to a record by its number: what it asks, what it answers to everybody alike."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from mespoints.identity.number_failures import CodeSpent, CodeWrong, NumberFailure
from mespoints.identity.words import Provider
from mespoints.portal.forms import Refused
from mespoints.portal.french import counted, typeset
from mespoints.portal.pages.account.forms import Answers, FormPage, Gesture, Question, Way, Wording, form_page
from mespoints.portal.pages.frame import Frame
from mespoints.portal.pages.progress import Progress, Step, progress

FILE_NUMBER = Question(
    name="file_number",
    label="Numéro de dossier (NEPH)",
    kind="text",
    autocomplete="off",
    missing="",
    hint="Au dos de la carte, en haut à gauche, sur deux lignes. Permis rose : case 5. Élève : sur votre livret.",
)
BIRTH_NAME = Question(
    name="birth_name",
    label="Nom de naissance",
    kind="text",
    autocomplete="family-name",
    missing="",
    hint="Celui de votre acte de naissance. Accents, tirets et majuscules ne comptent pas.",
)
BIRTH_DATE = Question(
    name="birth_date",
    label="Date de naissance",
    kind="figures",
    autocomplete="bday",
    missing="",
    hint="Jour, mois, année : 21/02/2005. Jour ou mois inconnu sur vos papiers : écrivez 00.",
)
CLAIM = Wording(
    title="Retrouver mon dossier",
    lead="Trois choses écrites sur votre permis ou votre livret. Elles n’ouvrent pas un dossier : un code viendra ensuite.",
    button="Continuer",
    questions=(FILE_NUMBER, BIRTH_NAME, BIRTH_DATE),
)
CODE = Wording(
    title="Entrez le code reçu",
    lead=(
        "Si ces informations correspondent à un dossier, un code part à l’adresse électronique que l’administration connaît,"
        " qui n’est pas forcément celle de votre compte. Il vaut une demi-heure et sert une fois."
    ),
    button="Ouvrir mon dossier",
    questions=(
        Question(
            name="code",
            label="Code d’activation",
            kind="letters",
            autocomplete="one-time-code",
            missing="",
            hint="Huit lettres, avec ou sans tiret, en majuscules ou en minuscules.",
        ),
    ),
)
NO_CODE_TYPED = "Recopiez les huit lettres du message."


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PathPage:
    """Before anything is typed: the four steps, and what to have at hand."""

    frame: Frame
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFailedPage:
    frame: Frame
    progress: Progress
    sentence: str
    next_step: str
    code: str


STAGES = (
    Stage(title="Votre compte", text="Une adresse électronique et un mot de passe, choisis ici."),
    Stage(title="Votre adresse, vérifiée", text="Un code y arrive en moins d'une minute ; vous le recopiez."),
    Stage(title="Votre dossier", text="Son numéro, votre nom et votre date de naissance."),
    Stage(
        title="Le code d'activation",
        text="Il part à l'adresse électronique que l'administration connaît. Vous le recopiez : votre dossier s'ouvre.",
    ),
)


def path_page(frame: Frame) -> PathPage:
    return PathPage(frame=frame, stages=tuple(Stage(title=typeset(each.title), text=typeset(each.text)) for each in STAGES))


def claim_page(frame: Frame, *, typed: Mapping[str, str], refused: Refused | None, ways: tuple[Way, ...]) -> FormPage:
    problems = refused.problems if refused is not None else {}
    questions = tuple(
        replace(
            question,
            value=typed.get(question.name, ""),
            problems=(problems[question.name],) if question.name in problems else (),
        )
        for question in CLAIM.questions
    )
    answers = Answers(questions=questions, problems=())
    return replace(form_page(CLAIM, frame, answers=answers, word=None, ways=ways), progress=progress(Step.RECORD))


def code_page(frame: Frame, *, problem: str | None, gestures: tuple[Gesture, ...], ways: tuple[Way, ...]) -> FormPage:
    questions = tuple(replace(each, problems=(problem,) if problem is not None else ()) for each in CODE.questions)
    answers = Answers(questions=questions, problems=())
    page = form_page(CODE, frame, answers=answers, word=None, gestures=gestures, ways=ways)
    return replace(page, progress=progress(Step.CODE))


def problem_of(failure: NumberFailure) -> str | None:
    """What is said beside the field; None when the code is not what is wrong."""
    match failure:
        case CodeWrong(tries_left=0):
            return f"{failure.sentence} C’était le dernier essai : demandez-en un nouveau."
        case CodeWrong(tries_left=left):
            return f"{failure.sentence} Relisez le message : il vous reste {counted(left, 'essai')}."
        case CodeSpent():
            return f"{failure.sentence} {failure.next_step}"
        case _:
            return None


def number_failed_page(frame: Frame, failure: NumberFailure) -> NumberFailedPage:
    said = failure.said(Provider.LICENCE_NUMBER)
    return NumberFailedPage(
        frame=frame,
        progress=progress(Step.CODE),
        sentence=typeset(said.sentence),
        next_step=typeset(said.next_step),
        code=said.code,
    )
