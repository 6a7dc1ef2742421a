"""A page that asks: its sentences, its questions, what was wrong with the answers, the other ways."""

from dataclasses import dataclass, replace
from typing import Literal

from mespoints.identity.words import Word
from mespoints.portal.french import typeset
from mespoints.portal.pages.frame import Frame
from mespoints.portal.pages.progress import Progress

Kind = Literal["email", "password", "text", "code", "letters", "figures"]
"""``letters``: a code made of letters; ``figures``: figures and separators, on a telephone's numeric keyboard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One field, as its page words it."""

    name: str
    label: str
    kind: Kind
    autocomplete: str
    missing: str
    """What is said when nothing was written."""
    hint: str = ""
    value: str = ""
    """What was written before, to be corrected; never a password nor a code."""
    problems: tuple[str, ...] = ()

    @property
    def field_type(self) -> str:
        return "text" if self.kind in {"code", "letters", "figures"} else self.kind

    @property
    def described_by(self) -> str:
        """The identifiers of the sentences that go with the field, for a screen reader."""
        parts = [f"{self.name}-aide"] if self.hint else []
        return " ".join(parts + ([f"{self.name}-erreur"] if self.problems else []))


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A link to another page."""

    label: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gesture:
    """A second, smaller button: sends ``action`` alone."""

    label: str
    address: str
    action: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    frame: Frame
    lead: str
    questions: tuple[Question, ...]
    button: str
    word: str | None
    """What was just done, or why one is here."""
    problems: tuple[str, ...]
    """What is wrong with the whole, not with one answer."""
    next_address: str
    """Where to go afterwards; empty: wherever the page leads by itself."""
    gestures: tuple[Gesture, ...]
    ways: tuple[Way, ...]
    progress: Progress | None = None
    """Where this page is in a longer path."""

    @property
    def has_summary(self) -> bool:
        """A list of what is wrong, above the questions. One sentence about one field is said beside it, once."""
        return bool(self.problems) or sum(len(question.problems) for question in self.questions) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was answered so far: the questions with their answers, and what is wrong with the whole."""

    questions: tuple[Question, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The fixed words of one page that asks."""

    title: str
    lead: str
    button: str
    questions: tuple[Question, ...]


EMAIL = Question(
    name="email",
    label="Adresse électronique",
    kind="email",
    autocomplete="email",
    missing="Écrivez votre adresse électronique, par exemple nom@domaine.fr.",
)
LOGIN = replace(EMAIL, name="login", autocomplete="username")
PASSWORD = Question(
    name="password",
    label="Mot de passe",
    kind="password",
    autocomplete="current-password",
    missing="Écrivez votre mot de passe.",
)
NEW_PASSWORD = Question(
    name="password1",
    label="Nouveau mot de passe",
    kind="password",
    autocomplete="new-password",
    missing="Choisissez un mot de passe.",
    hint="Douze caractères au moins. Quatre mots pris au hasard se retiennent mieux qu’un mot compliqué.",
)
CODE = Question(
    name="code",
    label="Code reçu par message",
    kind="code",
    autocomplete="one-time-code",
    missing="Recopiez le code reçu par message : huit chiffres.",
    hint="Huit chiffres, avec ou sans tiret.",
)
FACTOR_CODE = replace(
    CODE,
    label="Code",
    hint="Les six chiffres de votre application, ou l’un de vos codes de secours.",
    missing="Recopiez les six chiffres de votre application, ou un code de secours.",
)

SIGN_IN = Wording(
    title="Se connecter par mot de passe",
    lead="Pour les personnes qui ont ouvert un compte ici, sans FranceConnect.",
    button="Se connecter",
    questions=(LOGIN, PASSWORD),
)
SIGN_UP = Wording(
    title="Ouvrir un compte",
    lead="Une adresse électronique et un mot de passe suffisent pour commencer. Vous relierez ensuite votre dossier de permis.",
    button="Ouvrir mon compte",
    questions=(
        replace(EMAIL, hint="Nous y envoyons un code pour vérifier qu’elle est à vous."),
        replace(NEW_PASSWORD, label="Mot de passe"),
    ),
)
CONFIRM_EMAIL = Wording(
    title="Regardez vos messages",
    lead="Nous venons d’écrire à {email}. Recopiez ici le code du message ; il vaut un quart d’heure.",
    button="Confirmer mon adresse",
    questions=(CODE,),
)
FORGOTTEN = Wording(
    title="Mot de passe oublié",
    lead="Donnez l’adresse de votre compte : nous y envoyons un code pour choisir un autre mot de passe.",
    button="Recevoir un code",
    questions=(EMAIL,),
)
CONFIRM_RESET = Wording(
    title="Regardez vos messages",
    lead="Si {email} est l’adresse d’un compte, elle vient de recevoir un code. Recopiez-le ici ; il vaut un quart d’heure.",
    button="Continuer",
    questions=(CODE,),
)
CHOOSE_PASSWORD = Wording(
    title="Choisissez un nouveau mot de passe",
    lead="L’ancien ne vaudra plus rien, et toutes vos sessions seront fermées.",
    button="Enregistrer ce mot de passe",
    questions=(NEW_PASSWORD,),
)
CHANGE_PASSWORD = Wording(
    title="Changer de mot de passe",
    lead="Vos autres sessions seront fermées ; celle-ci reste ouverte.",
    button="Enregistrer ce mot de passe",
    questions=(replace(PASSWORD, name="oldpassword", label="Mot de passe actuel"), NEW_PASSWORD),
)
CHANGE_EMAIL = Wording(
    title="Changer d’adresse électronique",
    lead="Votre adresse est {email}. La nouvelle la remplacera une fois confirmée par un code.",
    button="Recevoir un code",
    questions=(replace(EMAIL, label="Nouvelle adresse électronique"),),
)
PROVE_BY_PASSWORD = Wording(
    title="Confirmez que c’est bien vous",
    lead="Pour continuer, montrez que c’est bien vous qui tenez cet appareil. Cette confirmation vaut un quart d’heure.",
    button="Continuer",
    questions=(PASSWORD,),
)
PROVE_BY_CODE = replace(PROVE_BY_PASSWORD, questions=(FACTOR_CODE,))
SECOND_FACTOR = Wording(
    title="Une étape de plus",
    lead="Votre compte est protégé par un second facteur : montrez-le pour entrer.",
    button="Entrer",
    questions=(FACTOR_CODE,),
)

SAID = {
    Word.EMAIL_CONFIRMED: "Votre adresse électronique est confirmée.",
    Word.PASSWORD_CHANGED: "Votre nouveau mot de passe est enregistré.",
    Word.FACTOR_ADDED: "C’est ajouté. Votre compte est mieux protégé.",
    Word.FACTOR_REMOVED: "C’est retiré.",
    Word.OTHERS_CLOSED: "Vos autres sessions sont fermées.",
    Word.TOO_MANY_TRIES: "Trop d’essais : ce code ne vaut plus rien. Recommencez depuis le début, nous en enverrons un autre.",
    Word.TOO_MANY_MESSAGES: "Nous venons déjà d’écrire à cette adresse. Regardez vos messages, ou recommencez dans une heure.",
    Word.PASSKEY_REFUSED: "Cette clé d’accès n’a pas été reconnue. Réessayez, ou utilisez un autre moyen.",
}


def said(word: Word | None) -> str | None:
    return typeset(SAID[word]) if word is not None else None


def form_page(
    wording: Wording,
    frame: Frame,
    *,
    answers: Answers,
    word: Word | None,
    email: str = "",
    next_address: str = "",
    gestures: tuple[Gesture, ...] = (),
    ways: tuple[Way, ...] = (),
) -> FormPage:
    return FormPage(
        frame=frame,
        lead=typeset(wording.lead.format(email=email)),
        questions=tuple(typeset_question(question) for question in answers.questions),
        button=wording.button,
        word=said(word),
        problems=tuple(typeset(problem) for problem in answers.problems),
        next_address=next_address,
        gestures=gestures,
        ways=ways,
    )


def typeset_question(question: Question) -> Question:
    return replace(question, hint=typeset(question.hint), problems=tuple(typeset(problem) for problem in question.problems))
