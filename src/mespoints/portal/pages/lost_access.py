"""Accès bloqué: what stops people at the door, what to do about each, where a human is. Readable without signing in."""

from dataclasses import dataclass

from mespoints.identity.failures import SignInFailure, leaves
from mespoints.identity.number_failures import NumberFailure
from mespoints.identity.words import Provider
from mespoints.portal.french import typeset
from mespoints.portal.pages.frame import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """A link to a page where something can be done."""

    label: str
    route: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    slug: str
    title: str
    steps: tuple[str, ...]
    """In their order."""
    remedy: Remedy | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureLine:
    codes: tuple[str, ...]
    """One for each door it may happen at."""
    sentence: str
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LostAccessPage:
    frame: Frame
    obstacles: tuple[Obstacle, ...]
    failures: tuple[FailureLine, ...]
    contact: str | None


BY_A_PROVIDER = (Provider.FRANCECONNECT, Provider.FRANCECONNECT_PLUS)

OBSTACLES = (
    Obstacle(
        slug="code",
        title="Je ne reçois pas le code d'activation",
        steps=(
            "Attendez une minute, puis regardez dans les courriers indésirables.",
            (
                "Le code part à l'adresse que l'administration connaît : celle de votre inscription ou de votre dernière"
                " démarche. Ce n'est pas forcément celle de votre compte."
            ),
            "Relisez le numéro, le nom et la date que vous avez écrits, puis demandez un autre code.",
            "Toujours rien : l'adresse connue est peut-être ancienne. Voyez « Je n'ai plus cette adresse ».",
        ),
        remedy=Remedy(label="Demander un autre code", route="portal:number_code"),
    ),
    Obstacle(
        slug="adresse",
        title="Je n'ai plus cette adresse ou ce téléphone",
        steps=(
            "Par FranceConnect, aucun code n'est nécessaire : c'est le plus court.",
            (
                "Sinon, l'administration doit d'abord corriger l'adresse de votre dossier. Demandez-le là où vous faites vos"
                " démarches de permis, avec une pièce d'identité."
            ),
            "Nous ne pouvons pas la changer ici : ce serait une façon d'entrer chez vous.",
            "Le lendemain de la correction, demandez un nouveau code.",
        ),
        remedy=Remedy(label="Toutes les façons d'entrer", route="portal:sign_in"),
    ),
    Obstacle(
        slug="identite",
        title="FranceConnect refuse mon identité",
        steps=(
            "Recommencez avec un autre compte proposé par FranceConnect : impôts, assurance maladie, La Poste…",
            "Si votre état civil est refusé partout, c'est l'Insee qui le corrige, à la demande de votre mairie de naissance.",
            "En attendant, le numéro de dossier ouvre le même dossier.",
        ),
        remedy=Remedy(label="Entrer par le numéro de dossier", route="portal:number_path"),
    ),
    Obstacle(
        slug="dossier",
        title="Mon dossier n'est pas trouvé",
        steps=(
            "Comparez votre permis et votre pièce d'identité : un prénom en moins ou une date différente suffit.",
            "Un permis étranger n'a pas de dossier ici tant qu'il n'est pas échangé. Un dossier tout neuf arrive le lendemain.",
            "S'ils diffèrent, demandez la correction à l'administration qui a délivré le permis.",
            "En attendant, le numéro de dossier ouvre le même dossier, sans passer par FranceConnect.",
        ),
        remedy=Remedy(label="Entrer par le numéro de dossier", route="portal:number_path"),
    ),
    Obstacle(
        slug="mot-de-passe",
        title="J'ai oublié mon mot de passe",
        steps=("Un code part à l'adresse de votre compte, et vous en choisissez un autre. Votre dossier reste relié.",),
        remedy=Remedy(label="Choisir un autre mot de passe", route="account_reset_password"),
    ),
    Obstacle(
        slug="second-facteur",
        title="J'ai perdu mon second facteur",
        steps=(
            "Utilisez l'un des codes de secours que vous avez gardés : chacun sert une fois.",
            "Sans eux, entrez par FranceConnect : votre dossier s'ouvre sans ce compte.",
            "Sinon, un humain doit vérifier qui vous êtes avant de rouvrir le compte.",
        ),
        remedy=Remedy(label="Entrer avec un code de secours", route="account_login"),
    ),
    Obstacle(
        slug="autre-compte",
        title="Mon dossier est déjà relié à un autre compte",
        steps=(
            (
                "Un dossier ne se relie qu'à un compte par mot de passe : un second n'obtient jamais de code. Si c'est le cas, un"
                " message est parti à l'adresse que l'administration connaît."
            ),
            "Si l'autre compte est à vous, connectez-vous-y ; mot de passe ou adresse perdus : voyez plus haut.",
            (
                "Si vous n'avez jamais ouvert ce compte, ou si un message vous annonce une activation que vous n'avez pas"
                " demandée, parlez à un humain sans attendre : il peut fermer ce compte."
            ),
        ),
    ),
)


def lost_access_page(frame: Frame, *, contact: str | None) -> LostAccessPage:
    return LostAccessPage(
        frame=frame,
        obstacles=tuple(typeset_obstacle(each) for each in OBSTACLES),
        failures=tuple(sorted((line(leaf) for leaf in leaves()), key=lambda line: line.codes)),
        contact=contact,
    )


def typeset_obstacle(obstacle: Obstacle) -> Obstacle:
    remedy = obstacle.remedy
    return Obstacle(
        slug=obstacle.slug,
        title=typeset(obstacle.title),
        steps=tuple(typeset(step) for step in obstacle.steps),
        remedy=Remedy(label=typeset(remedy.label), route=remedy.route) if remedy is not None else None,
    )


def line(leaf: type[SignInFailure]) -> FailureLine:
    """What is said of two doors differs by their names only."""
    doors = (Provider.LICENCE_NUMBER,) if issubclass(leaf, NumberFailure) else BY_A_PROVIDER
    said = [leaf.said(door) for door in doors]
    return FailureLine(
        codes=tuple(each.code for each in said), sentence=typeset(said[0].sentence), next_step=typeset(said[0].next_step)
    )
