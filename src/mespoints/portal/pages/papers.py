"""Which paper for whom: the chooser, and one page for each answer, with the right paper, why, and the article."""

from dataclasses import dataclass, replace

from mespoints.documents.standing import VALID_STATES
from mespoints.portal.french import typeset
from mespoints.portal.pages.frame import Frame
from mespoints.register.licence_state import LicenceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    name: str
    sentence: str
    route: str
    button: str
    asks_first: bool = False
    """The button leads to a form, not to the file."""
    has_points: bool = False


ATTESTATION = Paper(
    name="Attestation de droits à conduire",
    sentence=typeset("Dit si vous pouvez conduire et quoi. Pas un mot de vos points ni de vos infractions. Valable quatre mois."),
    route="portal:attestation",
    button="Télécharger mon attestation",
)
FULL_STATEMENT = Paper(
    name="Relevé intégral",
    sentence=typeset("Tout votre dossier : solde, chaque mouvement avec ses dates et son article, points à venir."),
    route="portal:full_statement",
    button="Télécharger mon relevé intégral",
    has_points=True,
)
PERIOD_STATEMENT = Paper(
    name="Relevé partiel",
    sentence=typeset("Ce qui a bougé entre deux jours que vous choisissez, et le solde à la fin."),
    route="portal:period_statement",
    button="Choisir les deux jours",
    asks_first=True,
    has_points=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who will read the paper."""

    slug: str
    label: str
    hint: str
    title: str
    papers: tuple[Paper, ...]
    """The right one first."""
    why: str
    article: str
    """As in an address; empty when the article is not among those explained here."""
    more: str = ""


AUDIENCES = {
    each.slug: replace(each, title=typeset(each.title), why=typeset(each.why), more=typeset(each.more))
    for each in (
        Audience(
            slug="employeur",
            label="Un employeur",
            hint="embauche, véhicule de service",
            title="Pour un employeur : l’attestation",
            papers=(ATTESTATION,),
            why="Il peut vouloir savoir si vous avez le droit de conduire, jamais combien de points il vous reste.",
            article="L223-7",
        ),
        Audience(
            slug="loueur",
            label="Un loueur",
            hint="voiture, camionnette, autopartage",
            title="Pour un loueur : l’attestation",
            papers=(ATTESTATION,),
            why="Il s'assure que vous pouvez conduire ce véhicule. Vos points ne le regardent pas.",
            article="L223-7",
        ),
        Audience(
            slug="assureur",
            label="Un assureur",
            hint="contrat, sinistre",
            title="Pour un assureur : l’attestation",
            papers=(ATTESTATION,),
            why="Il peut savoir si votre permis est valable, jamais combien de points il porte.",
            article="L225-5",
            more="On vous demande un « relevé d'information » ? C'est sans doute celui du bonus-malus, que donne l'assureur.",
        ),
        Audience(
            slug="autorite",
            label="Un tribunal, la préfecture",
            hint="juge, police, administration du permis",
            title="Pour un tribunal ou la préfecture : le relevé intégral",
            papers=(FULL_STATEMENT,),
            why="Seules les autorités administratives et judiciaires peuvent connaître vos points. Ce relevé leur dit tout.",
            article="L223-7",
        ),
        Audience(
            slug="controle",
            label="Un contrôle sur la route",
            hint="police, gendarmerie",
            title="Pour un contrôle : l’attestation",
            papers=(ATTESTATION,),
            why="Elle montre vos droits de conduire à l'instant. Les forces de l'ordre lisent le reste dans leur fichier.",
            article="R225-6",
        ),
        Audience(
            slug="formation",
            label="Une auto-école, un centre de stage",
            hint="inscription, stage de points",
            title="Pour une auto-école ou un stage : l’attestation",
            papers=(ATTESTATION,),
            why="Pour vous inscrire, votre numéro de dossier et vos droits suffisent. Vos points restent à vous.",
            article="L223-7",
            more="Pour savoir si un stage vous rendrait des points, regardez d'abord votre page « Mon solde ».",
        ),
        Audience(
            slug="moi",
            label="Moi",
            hint="comprendre, vérifier, garder",
            title="Pour vous : un relevé",
            papers=(FULL_STATEMENT, PERIOD_STATEMENT),
            why="Vous avez le droit de lire tout ce que le fichier contient sur vous.",
            article="L225-3",
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsPage:
    frame: Frame
    true_state: str | None
    """What the papers will say, when it is not a plain valid licence."""
    audiences: tuple[Audience, ...]
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AudiencePage:
    frame: Frame
    true_state: str | None
    title: str
    why: str
    article: str
    papers: tuple[Paper, ...]
    has_points: bool
    more: str


def documents_page(frame: Frame, state: LicenceState) -> DocumentsPage:
    return DocumentsPage(
        frame=frame,
        true_state=true_state(state),
        audiences=tuple(AUDIENCES.values()),
        papers=(ATTESTATION, FULL_STATEMENT, PERIOD_STATEMENT),
    )


def audience_page(frame: Frame, asked: Audience, state: LicenceState) -> AudiencePage:
    return AudiencePage(
        frame=frame,
        true_state=true_state(state),
        title=asked.title,
        why=asked.why,
        article=asked.article,
        papers=asked.papers,
        has_points=any(paper.has_points for paper in asked.papers),
        more=asked.more,
    )


def true_state(state: LicenceState) -> str | None:
    if state in VALID_STATES:
        return None
    if state is LicenceState.NO_RIGHT:
        return typeset(
            "Vous n'avez pas encore de permis : l'attestation dira « aucun droit de conduire », et les relevés qu'il n'y a pas"
            " encore de points. C'est votre situation, et ces papiers sont à vous."
        )
    words = typeset(state.words)
    return typeset(f"L'état de votre permis est « {words} » : chaque papier le dit tel quel. Il prouve votre situation,") + (
        " pas un droit de conduire."
    )
