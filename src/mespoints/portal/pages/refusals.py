"""A paper was refused: what was said, what is behind it, and the right paper or a human. Never a reproach."""

from dataclasses import dataclass, replace

from mespoints.portal.french import typeset
from mespoints.portal.pages.frame import Frame
from mespoints.portal.pages.papers import ATTESTATION, FULL_STATEMENT, Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    slug: str
    said: str
    """In the words of whoever refused."""
    title: str
    cause: str
    steps: tuple[str, ...]
    papers: tuple[Paper, ...] = ()
    article: str = ""
    leads_to_chooser: bool = False


REFUSALS = {
    each.slug: replace(
        each,
        said=typeset(each.said),
        title=typeset(each.title),
        cause=typeset(each.cause),
        steps=tuple(map(typeset, each.steps)),
    )
    for each in (
        Refusal(
            slug="trop-lourd",
            said="« Le fichier est trop lourd »",
            title="Le fichier était trop lourd",
            cause="Nos papiers sont petits : une photo ou un scan du papier pèse bien plus que le fichier lui-même.",
            steps=(
                "Envoyez le fichier PDF tel que vous l'avez téléchargé, sans le photographier ni le scanner.",
                "S'il faut plusieurs pièces, envoyez-les une par une.",
            ),
            papers=(ATTESTATION,),
        ),
        Refusal(
            slug="imprime",
            said="« Nous ne prenons pas les copies imprimées »",
            title="La copie imprimée a été refusée",
            cause="Le cachet électronique vit dans le fichier. Sur le papier, ce sont les deux codes qui prouvent.",
            steps=(
                "Proposez le fichier PDF : son cachet se vérifie dans un lecteur.",
                "Ou montrez les deux codes du papier : le QR ouvre une page qui dit s'il est toujours vrai.",
            ),
            papers=(ATTESTATION,),
        ),
        Refusal(
            slug="perime",
            said="« Il est périmé »",
            title="Le papier était périmé",
            cause="L'attestation vaut quatre mois. Un relevé n'expire pas, mais il dit la situation d'un jour.",
            steps=("Téléchargez-en un nouveau : c'est gratuit, immédiat, et autant de fois qu'il le faut.",),
            papers=(ATTESTATION, FULL_STATEMENT),
        ),
        Refusal(
            slug="autre-papier",
            said="« Ce n’est pas le bon papier »",
            title="Il fallait un autre papier",
            cause="Plusieurs papiers se ressemblent. Celui qu'il faut dépend de la personne qui le demande.",
            steps=(
                "Dites-nous pour qui il est : nous vous menons au bon.",
                "Un assureur qui veut votre bonus-malus parle de son propre « relevé d'information ».",
                "Si l'on veut voir le permis lui-même, aucun de ces papiers ne le remplace.",
            ),
            leads_to_chooser=True,
        ),
        Refusal(
            slug="points-exiges",
            said="« Nous voulons voir vos points »",
            title="On exige vos points",
            cause="Seules les autorités administratives et judiciaires peuvent les connaître. Vous n'avez pas à les donner.",
            steps=(
                "Proposez l'attestation : elle dit que vous pouvez conduire, et rien d'autre.",
                "Vous pouvez répondre : « La loi interdit de demander ses points à un conducteur. Voici mon attestation. »",
                "Si l'on insiste, gardez la demande écrite et parlez-en à quelqu'un : l'exiger est puni par la loi.",
            ),
            papers=(ATTESTATION,),
            article="L223-7",
        ),
        Refusal(
            slug="code-illisible",
            said="« Le QR ne marche pas »",
            title="Le QR ou le code ne se lit pas",
            cause="Un code réduit, plié, photocopié ou pris de biais devient illisible. Le papier, lui, n'a rien perdu.",
            steps=(
                "Imprimez à 100 %, sans « ajuster à la page », sur une feuille blanche.",
                "Ou faites taper l'adresse écrite sous les codes : elle mène à la même page.",
                "Ou envoyez le fichier PDF : son cachet se vérifie sans aucun code.",
            ),
            papers=(ATTESTATION,),
        ),
        Refusal(
            slug="autre",
            said="Autre chose, ou aucune raison",
            title="Voyons cela ensemble",
            cause="Un refus sans raison n'est pas de votre fait.",
            steps=(
                "Demandez quel papier est attendu, et pourquoi celui-ci ne convient pas.",
                "Avec la réponse, revenez ici : un nouveau papier se télécharge à chaque demande.",
            ),
            leads_to_chooser=True,
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedPage:
    frame: Frame
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalPage:
    frame: Frame
    title: str
    cause: str
    steps: tuple[str, ...]
    papers: tuple[Paper, ...]
    article: str
    leads_to_chooser: bool


def refused_page(frame: Frame) -> RefusedPage:
    return RefusedPage(frame=frame, refusals=tuple(REFUSALS.values()))


def refusal_page(frame: Frame, met: Refusal) -> RefusalPage:
    return RefusalPage(
        frame=frame,
        title=met.title,
        cause=met.cause,
        steps=met.steps,
        papers=met.papers,
        article=met.article,
        leads_to_chooser=met.leads_to_chooser,
    )
