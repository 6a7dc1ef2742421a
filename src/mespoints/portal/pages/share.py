"""Sharing a right: what is open and who looked, the form, the code shown once; and the public page where it is opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mespoints.documents.share import LONGEST_AUDIENCE, LONGEST_LIFE, MOST_VIEWS, Answer, Closing, SharedRight, Wish
from mespoints.portal.french import counted, day_in_words, moment_in_words, typeset
from mespoints.portal.pages.frame import Frame
from mespoints.portal.pages.verdict import Tone

AUDIENCE, CATEGORIES, LIFE, VIEWS = "pour", "categories", "duree", "consultations"
CODE, NAME = "code", "nom"
LIVES = {"1": "Aujourd’hui seulement", "7": "Sept jours", "30": "Trente jours"}
"""Days, today included."""
TIMES = {"1": "Une seule fois", "3": "Trois fois", "10": "Dix fois"}
PROPOSED_LIFE, PROPOSED_VIEWS = "7", "3"

NO_AUDIENCE = "Écrivez pour qui c'est, par exemple Location Rivage."
LONG_AUDIENCE = f"C'est trop long : {LONGEST_AUDIENCE} caractères au plus."
NO_CATEGORY = "Cochez au moins une catégorie."
NO_LIFE = "Choisissez une durée."
NO_VIEWS = "Choisissez un nombre de consultations."
NOT_OPENED = (
    "Ce code et ce nom n'ouvrent rien. Relisez-les ; s'ils sont exacts, le partage est terminé ou arrêté :"
    " demandez à la personne un nouveau code."
)
NO_CODE = "Recopiez le code reçu : dix lettres et chiffres, comme K7Q2M-4XD9T."
NO_NAME = "Écrivez le nom de naissance de la personne, tel qu'il est sur sa pièce d'identité."
TOO_MANY = "Trop d'essais n'ont rien donné depuis votre réseau, ou avec ce code. Réessayez dans une heure."
UNAVAILABLE = (
    "La réponse ne peut pas être donnée pour l'instant. Réessayez dans quelques minutes : aucune consultation n'a été comptée."
)
LONGEST_NAME = 200

CLOSINGS = {
    Closing.REVOKED: "Arrêté par vous.",
    Closing.EXPIRED: "Terminé : sa durée est passée.",
    Closing.USED_UP: "Terminé : toutes les consultations ont servi.",
    Closing.TOO_MANY_NAMES: "Fermé : quelqu'un avait le code et s'est trompé dix fois de nom.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareCard:
    number: int
    audience: str
    is_open: bool
    word: str
    what: str
    said: str
    receipts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharesPage:
    frame: Frame
    shares: tuple[ShareCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """One question of the form, with boxes or discs."""

    name: str
    legend: str
    choices: tuple[Choice, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSharePage:
    frame: Frame
    audience: str
    audience_problem: str
    longest_audience: int
    categories: Choices
    others: tuple[Choices, ...]
    has_problems: bool
    is_refused: bool
    """Too many are open, or were made today."""

    @property
    def has_something_to_share(self) -> bool:
        return bool(self.categories.choices)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePage:
    """The code, this once."""

    frame: Frame
    code: str
    audience: str
    what: str
    until: str
    address: str
    """Where the reader opens it, to be copied."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSharePage:
    frame: Frame
    code: str
    code_problem: str
    name_problem: str
    refused: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    category: str
    may_drive: bool
    tone: Tone
    mark: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    frame: Frame
    audience: str
    initials: str
    rights: tuple[Right, ...]
    has_doubt: bool
    """At least one right is not confirmed."""
    at: str
    data_as_of: str
    left: str


def shares_page(frame: Frame, shares: Sequence[SharedRight]) -> SharesPage:
    return SharesPage(frame=frame, shares=tuple(map(share_card, shares)))


def share_card(shared: SharedRight) -> ShareCard:
    if shared.closing is None:
        left = counted(shared.views_left, "consultation")
        said = f"Encore {left}, jusqu'au {day_in_words(shared.expires_on)} inclus."
    else:
        said = CLOSINGS[shared.closing]
    return ShareCard(
        number=shared.number,
        audience=shared.audience,
        is_open=shared.is_open,
        word="ouvert" if shared.is_open else "fermé",
        what=typeset(f"{in_french(shared.categories)}, partagé le {moment_in_words(shared.created_at)}"),
        said=typeset(said),
        receipts=tuple(f"Consulté le {moment_in_words(at)}" for at in shared.viewed_at),
    )


def in_french(categories: Sequence[str]) -> str:
    """« Catégorie B », « Catégories B et BE »."""
    if len(categories) == 1:
        return f"Catégorie {categories[0]}"
    return f"Catégories {', '.join(categories[:-1])} et {categories[-1]}"


def read_wish(given: Mapping[str, str], chosen: Sequence[str], offered: Sequence[str], today: date) -> Wish | Mapping[str, str]:
    """What is asked for, or by name of field what is wrong. ``offered``: the categories that may be driven today."""
    audience = " ".join(given.get(AUDIENCE, "").split())
    life, views = given.get(LIFE, ""), given.get(VIEWS, "")
    categories = tuple(each for each in offered if each in chosen)
    problems = {
        AUDIENCE: NO_AUDIENCE
        if not audience or not audience.isprintable()
        else LONG_AUDIENCE
        if len(audience) > LONGEST_AUDIENCE
        else "",
        CATEGORIES: "" if categories else NO_CATEGORY,
        LIFE: "" if life in LIVES else NO_LIFE,
        VIEWS: "" if views in TIMES else NO_VIEWS,
    }
    if any(problems.values()):
        return problems
    last = today + timedelta(days=min(int(life), LONGEST_LIFE) - 1)
    return Wish(audience=audience, categories=categories, expires_on=last, views=min(int(views), MOST_VIEWS))


def new_share_page(
    frame: Frame,
    offered: Sequence[str],
    *,
    given: Mapping[str, str],
    chosen: Sequence[str],
    problems: Mapping[str, str],
    is_refused: bool = False,
) -> NewSharePage:
    def choices(name: str, legend: str, labels: Mapping[str, str], checked: Sequence[str]) -> Choices:
        return Choices(
            name=name,
            legend=legend,
            choices=tuple(Choice(value=value, label=label, is_chosen=value in checked) for value, label in labels.items()),
            problem=typeset(problems.get(name, "")),
        )

    return NewSharePage(
        frame=frame,
        audience=given.get(AUDIENCE, "")[: 2 * LONGEST_AUDIENCE],
        audience_problem=typeset(problems.get(AUDIENCE, "")),
        longest_audience=LONGEST_AUDIENCE,
        categories=choices(
            CATEGORIES, "Ce que cette personne pourra vérifier", {each: f"Catégorie {each}" for each in offered}, chosen
        ),
        others=(
            choices(LIFE, "Pendant combien de temps", LIVES, (given.get(LIFE, PROPOSED_LIFE),)),
            choices(VIEWS, "Combien de fois", TIMES, (given.get(VIEWS, PROPOSED_VIEWS),)),
        ),
        has_problems=any(problems.values()),
        is_refused=is_refused,
    )


def made_page(frame: Frame, wish: Wish, code: str, address: str) -> MadePage:
    times = counted(wish.views, "consultation")
    return MadePage(
        frame=frame,
        code=code,
        audience=wish.audience,
        what=in_french(wish.categories),
        until=typeset(f"{times}, jusqu'au {day_in_words(wish.expires_on)} inclus"),
        address=address,
    )


def open_share_page(
    frame: Frame, *, code: str = "", code_problem: str = "", name_problem: str = "", refused: str = ""
) -> OpenSharePage:
    return OpenSharePage(
        frame=frame,
        code=code,
        code_problem=typeset(code_problem),
        name_problem=typeset(name_problem),
        refused=typeset(refused),
    )


def answer_page(frame: Frame, answer: Answer) -> AnswerPage:
    return AnswerPage(
        frame=frame,
        audience=answer.audience,
        initials=answer.initials,
        rights=tuple(right(category, may_drive=may_drive) for category, may_drive in answer.rights),
        has_doubt=not all(may_drive for _, may_drive in answer.rights),
        at=moment_in_words(answer.at),
        data_as_of=moment_in_words(answer.data_as_of) if answer.data_as_of is not None else "",
        left=counted(answer.views_left, "consultation"),
    )


def right(category: str, *, may_drive: bool) -> Right:
    return Right(
        category=category,
        may_drive=may_drive,
        tone=Tone.CALM if may_drive else Tone.WATCH,
        mark="✓" if may_drive else "?",
        said=typeset(
            f"Catégorie {category} : peut conduire aujourd'hui"
            if may_drive
            else f"Catégorie {category} : non confirmé aujourd'hui"
        ),
    )
