"""What each outcome says to the person who checks, and what to do: the same on the page, in the API and at the terminal."""

from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple, assert_never

from mespoints.documents.verification.verdict import CheckedPaper, Means, Outcome, PaperStatus, Verdict
from mespoints.documents.wording import typeset
from mespoints.law.texts.sentences import in_words


class Words(NamedTuple):
    word: str
    sentence: str
    what_to_do: str


ASK_AGAIN = "Demandez à la personne le fichier tel qu’elle l’a téléchargé, ou un nouveau document."

WORDS = MappingProxyType(
    {
        Outcome.AUTHENTIC: Words(
            "Authentique",
            "Ce document a été établi par ce service, et rien n’y a changé depuis.",
            "Vérifiez que le nom est bien celui de la personne devant vous.",
        ),
        Outcome.AUTHENTIC_TEST: Words(
            "Document d’essai, sans valeur",
            "Le cachet est exact et rien n’a changé, mais c’est un cachet d’essai : il ne prouve rien.",
            "Ne l’acceptez pas comme un vrai document.",
        ),
        Outcome.ALTERED: Words(
            "Modifié",
            "Ce fichier a été modifié après avoir été scellé. Il ne prouve plus rien.",
            f"Ne l’acceptez pas. {ASK_AGAIN}",
        ),
        Outcome.SIGNED_BY_ANOTHER: Words(
            "Cachet inconnu",
            "Ce fichier porte un cachet, mais ce n’est pas celui de ce service.",
            "Vérifiez-le auprès de qui l’a signé. S’il prétend venir d’ici, ne l’acceptez pas.",
        ),
        Outcome.SIGNED_TWICE: Words(
            "Plusieurs cachets",
            "Ce fichier porte plusieurs signatures. Nos documents n’en ont qu’une : celui-ci a été modifié.",
            f"Ne l’acceptez pas. {ASK_AGAIN}",
        ),
        Outcome.REVOKED: Words(
            "Cachet révoqué",
            "Le certificat de ce cachet a été révoqué : ce qu’il a scellé ne prouve plus rien.",
            "Demandez à la personne un nouveau document.",
        ),
        Outcome.OUT_OF_VALIDITY: Words(
            "Date impossible",
            "Ce cachet porte une date à laquelle son certificat ne valait pas : il ne prouve rien.",
            "Ne l’acceptez pas. Demandez un nouveau document.",
        ),
        Outcome.NOT_SEALED: Words(
            "Sans cachet",
            "Ce PDF ne porte aucun cachet : une copie, une impression ou un autre document. Rien ne dit qui l’a fait.",
            ASK_AGAIN,
        ),
        Outcome.ENCRYPTED: Words(
            "Fichier protégé",
            "Ce PDF est protégé par un mot de passe ou des restrictions. Nos documents ne le sont jamais.",
            ASK_AGAIN,
        ),
        Outcome.NOT_A_PDF: Words(
            "Ce n’est pas un PDF",
            "Ce fichier n’est pas un PDF : peut-être une photo ou une capture d’écran. Elle ne prouve rien.",
            "Donnez le fichier PDF, collez le code 2D-Doc, ou tapez la référence écrite en bas du papier.",
        ),
        Outcome.TRUNCATED: Words(
            "Fichier incomplet",
            "La fin de ce fichier manque : il a sans doute été coupé pendant un envoi.",
            "Faites-le envoyer de nouveau, puis recommencez.",
        ),
        Outcome.TOO_LARGE: Words(
            "Fichier trop gros",
            "Ce fichier dépasse 5 Mo. Nos documents pèsent cent fois moins : celui-ci n’en est pas un.",
            ASK_AGAIN,
        ),
        Outcome.POLYGLOT: Words(
            "Fichier trafiqué",
            "Ce fichier contient autre chose que le document, avant son début ou après sa fin.",
            f"Ne l’acceptez pas, et ne l’ouvrez pas. {ASK_AGAIN}",
        ),
        Outcome.UNREADABLE: Words(
            "Fichier illisible",
            "Ce fichier ressemble à un PDF scellé, mais il ne peut pas être lu : il est abîmé, ou fait pour tromper.",
            f"Ne l’acceptez pas. {ASK_AGAIN}",
        ),
        Outcome.NOT_A_CODE: Words(
            "Code illisible",
            "Ce texte n’est pas un code 2D-Doc du permis de conduire.",
            "Scannez le code de nouveau et collez tout le texte, sans rien y changer.",
        ),
        Outcome.KNOWN_REFERENCE: Words(
            "Référence connue",
            "Un document porte cette référence. Cela ne prouve pas que celui que vous tenez est le bon.",
            "Comparez-le avec ce qui suit. Pour une preuve, faites vérifier le fichier PDF ou le code 2D-Doc.",
        ),
        Outcome.UNKNOWN_REFERENCE: Words(
            "Référence inconnue",
            "Aucun document de ce service ne porte cette référence.",
            "Relisez-la sur le papier : douze lettres et chiffres. Si elle est exacte, n’acceptez pas le papier.",
        ),
        Outcome.NOT_A_REFERENCE: Words(
            "Ce n’est pas une référence",
            "Une référence compte douze lettres et chiffres, comme K7Q2-M4XD-9TPA. Elle est écrite en bas du papier.",
            "Tapez-la de nouveau. Les tirets et les espaces n’ont pas d’importance, ni les minuscules.",
        ),
    }
)
TEST_REFERENCE = "Ce service est une démonstration : ses documents sont inventés et ne prouvent rien."
CODE_WORDS = MappingProxyType(
    {
        Outcome.AUTHENTIC: "Ce code a été établi par son émetteur, et rien n’y a changé depuis.",
        Outcome.AUTHENTIC_TEST: "Le code est exact et rien n’y a changé, mais c’est un code d’essai : il ne prouve rien.",
        Outcome.ALTERED: "Le cachet ne correspond pas à ce que dit le code : il a été modifié, ou n’a jamais été authentique.",
        Outcome.SIGNED_BY_ANOTHER: "Qui a signé ce code n’est pas connu ici : il ne peut pas être vérifié.",
        Outcome.REVOKED: "Le certificat qui a signé ce code est révoqué : il ne prouve plus rien.",
        Outcome.OUT_OF_VALIDITY: "Ce code porte une date à laquelle son certificat ne valait pas : il ne prouve rien.",
    }
)
CODE_ADVICE = MappingProxyType(
    {
        Outcome.AUTHENTIC: "Comparez-le au papier, ligne par ligne : c’est le code qui dit vrai.",
        Outcome.SIGNED_BY_ANOTHER: "Vérifiez-le auprès de l’émetteur. S’il prétend venir d’ici, n’acceptez pas le papier.",
    }
)
OFFLINE = "Hors ligne, on ne peut pas savoir s’il a été remplacé ou retiré depuis."
UNKNOWN = "Ce service ne trouve pas ce document dans son registre. Demandez-en un récent."


BUT = MappingProxyType(
    {
        PaperStatus.EXPIRED: ("Authentique, mais expiré", "Document expiré"),
        PaperStatus.REPLACED: ("Authentique, mais remplacé", "Document remplacé"),
        PaperStatus.WITHDRAWN: ("Authentique, mais retiré", "Document retiré"),
    }
)
"""What is no longer current is said first: for a proof, then for a reference."""


def word_of(outcome: Outcome, status: PaperStatus | None) -> str:
    proved, known = BUT.get(status, ("", "")) if status is not None else ("", "")
    match outcome:
        case Outcome.AUTHENTIC if proved:
            return proved
        case Outcome.KNOWN_REFERENCE if known:
            return known
        case _:
            return WORDS[outcome].word


def verdict_of(
    means: Means,
    outcome: Outcome,
    *,
    standing: tuple[PaperStatus, str] | None = None,
    paper: CheckedPaper | None = None,
    remarks: tuple[str, ...] = (),
    moments: tuple[datetime | None, datetime | None] = (None, None),
) -> Verdict:
    """``standing``: the status and its sentence; ``moments``: of the seal, then of its time-stamp."""
    words = WORDS[outcome]
    sentence, advice = words.sentence, words.what_to_do
    if means is Means.CODE:
        sentence, advice = CODE_WORDS.get(outcome, sentence), CODE_ADVICE.get(outcome, advice)
    return Verdict(
        means=means,
        outcome=outcome,
        word=typeset(word_of(outcome, standing[0] if standing is not None else None)),
        sentence=typeset(sentence),
        what_to_do=typeset(advice),
        status=standing[0] if standing is not None else None,
        status_sentence=standing[1] if standing is not None else None,
        paper=paper,
        sealed_at=moments[0],
        timestamped_at=moments[1],
        remarks=remarks,
    )


def status_words(status: PaperStatus, paper: CheckedPaper | None, *, offline: bool) -> str:
    expires_on = paper.expires_on if paper is not None else None
    match status:
        case PaperStatus.VALID if expires_on is not None:
            said = f"Il est valable jusqu’au {in_words(expires_on)} inclus."
        case PaperStatus.VALID:
            said = "Il n’a été ni remplacé ni retiré. Il dit ce qui était vrai le jour où il a été établi."
        case PaperStatus.EXPIRED if expires_on is not None:
            said = f"Il a expiré le {in_words(expires_on)}. Demandez un document récent."
        case PaperStatus.EXPIRED:
            said = "Il a expiré. Demandez un document récent."
        case PaperStatus.REPLACED:
            said = "Il a été remplacé par un document plus récent. Demandez celui-là."
        case PaperStatus.WITHDRAWN:
            said = "Il a été retiré : ce qu’il dit n’est plus vrai. Demandez un nouveau document."
        case PaperStatus.UNKNOWN:
            said = OFFLINE if offline else UNKNOWN
        case _:
            assert_never(status)
    return typeset(said)
