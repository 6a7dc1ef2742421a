"""Second factors: adding one, showing one, the codes that replace a lost one."""

from dataclasses import dataclass, replace

from mespoints.identity.words import Word
from mespoints.portal.french import counted, typeset
from mespoints.portal.pages.account.forms import SAID, FormPage, Question, Way, Wording
from mespoints.portal.pages.frame import Frame

KEY_GROUP = 4
"""Characters: what one copies by hand at a glance."""

APPLICATION = Wording(
    title="Ajouter une application de codes",
    lead="Une application de votre téléphone affichera six chiffres qui changent toutes les trente secondes.",
    button="Ajouter cette application",
    questions=(
        Question(
            name="code",
            label="Les six chiffres affichés",
            kind="code",
            autocomplete="one-time-code",
            missing="Recopiez les six chiffres que l’application affiche.",
        ),
    ),
)
PASSKEY = Wording(
    title="Ajouter une clé d’accès",
    lead="Votre appareil garde une clé que lui seul peut utiliser, par l’empreinte, le visage ou son code. Rien à retenir.",
    button="Ajouter cet appareil",
    questions=(
        Question(
            name="name",
            label="Nom de cette clé",
            kind="text",
            autocomplete="off",
            missing="",
            hint="Pour la reconnaître, par exemple « Mon téléphone ».",
        ),
    ),
)
PROVE_BY_PASSKEY = Wording(
    title="Confirmez que c’est bien vous",
    lead="Montrez votre clé d’accès. Cette confirmation vaut un quart d’heure.",
    button="Utiliser ma clé d’accès",
    questions=(),
)
REMOVE_APPLICATION = Wording(
    title="Retirer l’application de codes ?",
    lead="Ses codes n’ouvriront plus votre compte. Si c’était votre dernier second facteur, vos codes de secours partent avec.",
    button="Retirer l’application",
    questions=(),
)
REMOVE_PASSKEY = Wording(
    title="Retirer cette clé d’accès ?",
    lead="« {email} » n’ouvrira plus votre compte. Si c’était votre dernier second facteur, vos codes de secours partent avec.",
    button="Retirer cette clé",
    questions=(),
)
RENEW_CODES = Wording(
    title="Renouveler les codes de secours ?",
    lead="Dix nouveaux codes vous seront montrés une fois. Les anciens ne vaudront plus rien.",
    button="Renouveler mes codes",
    questions=(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceremony:
    """What the browser is asked to do with a passkey, by the script of the page."""

    verb: str
    """``create`` or ``get``."""
    options: str
    """JSON, as the browser takes it; empty: the script asks for it when the button is pressed."""
    address: str
    """Where the answer is sent; empty: this page."""
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationPage:
    frame: Frame
    form: FormPage
    drawing: str
    """The QR code, as safe SVG."""
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PasskeyPage:
    frame: Frame
    form: FormPage
    ceremony: Ceremony
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrancePage:
    """Typing, or a passkey."""

    frame: Frame
    form: FormPage
    ceremony: Ceremony | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryCodesPage:
    frame: Frame
    codes: tuple[str, ...]
    """Empty: they were shown already."""
    left: str
    then: Way | None
    """Back to what one was about to do; ``None``: to the account."""


def application_page(form: FormPage, *, drawing: str, secret: str) -> ApplicationPage:
    groups = [secret[start : start + KEY_GROUP] for start in range(0, len(secret), KEY_GROUP)]
    return ApplicationPage(frame=form.frame, form=form, drawing=drawing, key=" ".join(groups))


def passkey_page(form: FormPage, ceremony: Ceremony, *, is_refused: bool) -> PasskeyPage:
    return PasskeyPage(
        frame=form.frame,
        form=refused(form) if is_refused else form,
        ceremony=ceremony,
        is_new=ceremony.verb == "create",
    )


def refused(form: FormPage) -> FormPage:
    return replace(form, problems=(typeset(SAID[Word.PASSKEY_REFUSED]),))


def entrance_page(form: FormPage, ceremony: Ceremony | None, *, is_refused: bool = False) -> EntrancePage:
    return EntrancePage(frame=form.frame, form=refused(form) if is_refused else form, ceremony=ceremony)


def recovery_codes_page(frame: Frame, codes: tuple[str, ...], *, left: int, then: Way | None) -> RecoveryCodesPage:
    return RecoveryCodesPage(
        frame=frame,
        codes=tuple(grouped(code) for code in codes),
        left=typeset(f"Il vous en reste {counted(left, 'valable')}."),
        then=then,
    )


def grouped(code: str) -> str:
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"


def recovery_codes_text(codes: tuple[str, ...]) -> str:
    """The file one keeps: no name and no address in it, whoever finds it must not know what it opens."""
    return "\n".join(("Codes de secours", "Chacun sert une fois.", "", *(grouped(code) for code in codes), ""))
