"""The papers somebody was given: which, when, what became of each, what can still be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from mespoints.documents.life import MOST_LISTED, HeldPaper
from mespoints.documents.share import SharedRight
from mespoints.documents.verification.verdict import PaperStatus
from mespoints.portal.french import PARIS, counted, day_in_words, moment_in_words, typeset
from mespoints.portal.pages.frame import Frame
from mespoints.portal.pages.verdict import Tone

STATUSES = {
    PaperStatus.VALID: ("valable", Tone.CALM),
    PaperStatus.EXPIRED: ("expiré", Tone.NEUTRAL),
    PaperStatus.REPLACED: ("remplacé", Tone.WATCH),
    PaperStatus.WITHDRAWN: ("retiré", Tone.NEUTRAL),
    PaperStatus.UNKNOWN: ("inconnu", Tone.NEUTRAL),
}
"""In one word, beside the name of the paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCard:
    reference: str
    name: str
    word: str
    tone: Tone
    has_points: bool
    issued: str
    period: str
    said: str
    """What became of it, in a sentence."""
    copy: str
    """Until when its copy is kept; or why there is none."""
    can_be_downloaded: bool
    can_be_withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedPage:
    frame: Frame
    papers: tuple[PaperCard, ...]
    has_more: bool
    """Older papers are not in the list."""
    shared: tuple[str, ...]
    """With whom a right is shared now, in a line each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPage:
    frame: Frame
    paper: PaperCard


def issued_page(frame: Frame, papers: Sequence[HeldPaper], shares: Sequence[SharedRight]) -> IssuedPage:
    return IssuedPage(
        frame=frame,
        papers=tuple(map(card, papers)),
        has_more=len(papers) == MOST_LISTED,
        shared=tuple(
            typeset(f"{each.audience} : {', '.join(each.categories)}, {views(each)}") for each in shares if each.is_open
        ),
    )


def withdraw_page(frame: Frame, paper: HeldPaper) -> WithdrawPage:
    return WithdrawPage(frame=frame, paper=card(paper))


def card(paper: HeldPaper) -> PaperCard:
    word, tone = STATUSES[paper.status]
    return PaperCard(
        reference=paper.reference,
        name=paper.kind.label,
        word=word,
        tone=tone,
        has_points=paper.has_points,
        issued=moment_in_words(paper.issued_at),
        period=f"du {day_in_words(paper.period[0])} au {day_in_words(paper.period[1])}" if paper.period else "",
        said=typeset(sentence(paper)),
        copy=typeset(copy_sentence(paper)),
        can_be_downloaded=paper.kept_until is not None,
        can_be_withdrawn=paper.can_be_withdrawn,
    )


def sentence(paper: HeldPaper) -> str:
    on = day_in_words(paper.ended_at.astimezone(PARIS).date()) if paper.ended_at is not None else ""
    match paper.status:
        case PaperStatus.VALID if paper.expires_on is not None:
            return f"Valable jusqu'au {day_in_words(paper.expires_on)} inclus."
        case PaperStatus.VALID:
            return "Il dit ce qui était vrai le jour où il a été établi, et rien de plus récent ne le contredit."
        case PaperStatus.EXPIRED if paper.expires_on is not None:
            return f"Expiré depuis le {day_in_words(paper.expires_on)}. Demandez-en un nouveau, c'est immédiat."
        case PaperStatus.REPLACED:
            return f"Votre dossier a changé : un document plus récent l'a remplacé le {on}. Qui le vérifie le lit."
        case PaperStatus.WITHDRAWN:
            return f"Vous l'avez retiré le {on}. Qui le vérifie lit qu'il ne vaut plus rien."
        case _:
            return ""


def copy_sentence(paper: HeldPaper) -> str:
    if paper.kept_until is not None:
        return f"Copie gardée, chiffrée, jusqu'au {day_in_words(paper.kept_until)}, puis effacée."
    if paper.status is PaperStatus.WITHDRAWN:
        return "Sa copie a été effacée avec lui."
    return "Nous n'en gardons pas de copie : demandez-en un nouveau."


def views(share: SharedRight) -> str:
    return f"encore {counted(share.views_left, 'consultation')} jusqu'au {day_in_words(share.expires_on)}"
