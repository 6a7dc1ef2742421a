"""The sheet of a full statement: its content in ready French words, in the order of reading, and nothing left to decide.

The words of the law (labels, reasons, conditions) come in the content; what is written here is only what surrounds them.
"""

from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from typing import assert_never

from mespoints.documents.content import (
    FullStatement,
    StatedClosing,
    StatedIdentity,
    StatedLicence,
    StatedMark,
    StatedMovement,
    StatedObligation,
    StatedReturn,
    StatedRevocation,
    StatedSituation,
    fingerprint,
)
from mespoints.documents.typeface import breakable, printable
from mespoints.documents.wording import PARIS, birth_day, cited, grouped, moment, signed, typeset
from mespoints.law.readings.marks import MarkKind
from mespoints.law.state import ClosingRule, Status
from mespoints.law.texts.sentences import NO_BREAK, in_words, say
from mespoints.register.file_number import FileNumber

TITLE = "Relevé intégral du permis de conduire"
FRANCE = "99100"
INVENTED = "Données fictives : exemple sans valeur"


@dataclass(frozen=True, slots=True)
class Pair:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Legend:
    kind: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row of a table; ``balance`` and ``ceiling`` also draw the small twelve marks (None: no licence any more)."""

    day: str
    label: str
    detail: str
    articles: str
    points: str
    balance: int | None
    ceiling: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    title: str
    reference: str
    keywords: tuple[str, ...]
    banner: str | None
    identity: tuple[Pair, ...]
    balance: str | None
    """None before the first licence: there is no figure to show."""
    balance_caption: str
    marks: tuple[str, ...]
    marks_in_words: str
    legend: tuple[Legend, ...]
    freshness: str
    notices: tuple[str, ...]
    movements: tuple[Line, ...]
    forecast: tuple[Line, ...]
    revocations: tuple[str, ...]
    warning: str
    check: str
    fingerprint: str
    stamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedBy:
    """What a PDF reader will say of the seal."""

    name: str
    is_self_signed: bool


def full_statement_sheet(content: FullStatement, *, reference: str, sealed_by: SealedBy, invented: bool) -> Sheet:
    situation = content.situation
    digest = fingerprint(content)
    legend = _legend(content.marks, situation)
    return Sheet(
        title=TITLE,
        reference=reference,
        keywords=(f"référence {reference}", content.format, f"sha256:{digest}"),
        banner=INVENTED if invented else None,
        identity=_identity(content),
        balance=None if situation.status is Status.NONE else str(situation.balance),
        balance_caption=_balance_caption(situation),
        marks=tuple(mark.kind.value for mark in content.marks),
        marks_in_words=_marks_in_words(legend),
        legend=legend,
        freshness=_freshness(content),
        notices=tuple(_notice(obligation) for obligation in content.obligations),
        movements=_history(content),
        forecast=tuple(_expected(expected) for expected in content.forecast),
        revocations=tuple(_revocation(revocation) for revocation in content.revocations),
        warning=(
            "Ce papier est pour vous. Ni un employeur, ni un assureur, ni un loueur n’a le droit de vous le demander"
            f"{NO_BREAK}: seules les autorités administratives et judiciaires peuvent connaître vos points "
            f"(Code de la route, art.{NO_BREAK}L223-7)."
        ),
        check=_check(sealed_by),
        fingerprint=grouped(digest),
        stamp=f"Établi le {moment(content.issued_at)}",
    )


def _check(sealed_by: SealedBy) -> str:
    owner = f"«{NO_BREAK}{printable(sealed_by.name)}{NO_BREAK}»"
    known = " Ce cachet d’essai n’a pas d’autorité derrière lui, et le lecteur le dira." if sealed_by.is_self_signed else ""
    return (
        f"Ouvrez le fichier dans un lecteur PDF qui vérifie les signatures. Il doit dire{NO_BREAK}: document non modifié, "
        f"cachet de {owner}.{known} Le fichier fait preuve, pas son impression."
    )


def _identity(content: FullStatement) -> tuple[Pair, ...]:
    identity = content.identity
    usage = (Pair("Nom d’usage", _name(identity.usage_name)),) if identity.usage_name else ()
    return (
        Pair("Nom de naissance", _name(identity.birth_name)),
        *usage,
        Pair("Prénoms" if len(identity.given_names) > 1 else "Prénom", _name(", ".join(identity.given_names))),
        Pair("Naissance", f"{birth_day(identity.birth_date)}, {_birth_place(identity)}"),
        Pair("Numéro de dossier", FileNumber(content.file_number).displayed),
        *_licences(content.licences),
        Pair("Situation", _status(content.situation)),
    )


def _name(text: str) -> str:
    return breakable(printable(text))


def _birth_place(identity: StatedIdentity) -> str:
    # The file holds INSEE codes, not the names of places: the paper says no more than the file.
    if identity.birth_country != FRANCE:
        return printable(f"pays {identity.birth_country} (code{NO_BREAK}Insee)")
    commune = f"commune {identity.birth_commune} (code{NO_BREAK}Insee)" if identity.birth_commune else "commune inconnue"
    return printable(f"{commune}, France")


def _licences(licences: tuple[StatedLicence, ...]) -> tuple[Pair, ...]:
    if not licences:
        return (Pair("Permis", "aucun titre enregistré"),)
    return tuple(Pair("Permis", _licence(licence)) for licence in licences)


def _licence(licence: StatedLicence) -> str:
    noun = "catégories" if len(licence.categories) > 1 else "catégorie"
    categories = f"{noun} {', '.join(licence.categories)}" if licence.categories else ""
    obtained = f"obtenu le {in_words(licence.obtained_on)}" if licence.obtained_on else ""
    return printable(", ".join(part for part in (f"n°{NO_BREAK}{licence.title_number}", categories, obtained) if part))


def _balance_caption(situation: StatedSituation) -> str:
    noun = "points" if situation.balance > 1 else "point"
    if situation.ceiling is None:
        return noun
    return f"{noun} sur{NO_BREAK}{situation.ceiling}"


def _status(situation: StatedSituation) -> str:
    match situation.status:
        case Status.NONE:
            return "Pas encore de permis, donc pas encore de points."
        case Status.VALID if situation.probation_ends_on is not None:
            return f"Permis valide, en période probatoire. Elle prend fin le {in_words(situation.probation_ends_on)}."
        case Status.VALID:
            return "Permis valide."
        case Status.ZERO_NOT_NOTIFIED:
            return "Plus aucun point. Le permis reste valide tant que la lettre 48SI n’est pas reçue."
        case Status.INVALIDATED:
            return "Permis invalidé faute de points (lettre 48SI reçue). Il ne permet plus de conduire."
        case Status.ANNULLED:
            return "Permis annulé par décision de justice. Il ne permet plus de conduire."
        case _:
            assert_never(situation.status)


def _freshness(content: FullStatement) -> str:
    data = "Aucune donnée reçue"
    if content.data_as_of is not None:
        data = f"Données arrêtées au {in_words(content.data_as_of.astimezone(PARIS).date())}"
    return f"Situation au {in_words(content.on)}. {data}, écriture n°{NO_BREAK}{content.known_at}."


def _marks_in_words(legend: tuple[Legend, ...]) -> str:
    return f"Douze marques{NO_BREAK}: {', '.join(line.words for line in legend)}." if legend else ""


def _legend(marks: tuple[StatedMark, ...], situation: StatedSituation) -> tuple[Legend, ...]:
    """One line for each sort of mark and, for those coming back, one for each day."""
    return tuple(_legend_line(mark, len(tuple(same)), situation) for mark, same in groupby(marks))


def _legend_line(mark: StatedMark, count: int, situation: StatedSituation) -> Legend:
    several = count > 1
    match mark.kind:
        case MarkKind.HELD:
            words = f"{count} en votre possession"
        case MarkKind.COMING_BACK:
            when = f"le {in_words(mark.on)}" if mark.on else "bientôt"
            words = f"{count} {'reviennent' if several else 'revient'} {when}"
        case MarkKind.LOST:
            how_long = "avec le permis" if situation.ceiling is None else "pour plus longtemps"
            words = f"{count} {'perdus' if several else 'perdu'} {how_long}"
        case MarkKind.ABOVE_CEILING:
            words = f"{count} au-dessus du plafond actuel"
        case _:
            assert_never(mark.kind)
    return Legend(mark.kind.value, words)


def _notice(obligation: StatedObligation) -> str:
    return printable(obligation.text)


def _history(content: FullStatement) -> tuple[Line, ...]:
    """Movements and ends of licence, oldest first; on the same day the movement comes before the end it leads to."""
    moved = ((movement.on, 0, rank, _movement(movement)) for rank, movement in enumerate(content.movements))
    closed = ((closing.on, 1, rank, _closing(closing)) for rank, closing in enumerate(content.closings))
    return tuple(line for _, _, _, line in merge(moved, closed, key=lambda item: item[:3]))


def _movement(movement: StatedMovement) -> Line:
    return Line(
        day=in_words(movement.on),
        label=printable(movement.label),
        detail=_detail(movement),
        articles=printable(cited(movement.articles)),
        points=signed(movement.points),
        balance=movement.balance,
        ceiling=movement.ceiling,
    )


def _detail(movement: StatedMovement) -> str:
    if movement.committed_on is None:
        return printable(movement.why)
    established = f", établie le {in_words(movement.established_on)}" if movement.established_on else ""
    return printable(f"Commise le {in_words(movement.committed_on)}{established}. {movement.why}").rstrip()


def _closing(closing: StatedClosing) -> Line:
    match closing.rule:
        case ClosingRule.INVALIDATION:
            label, detail, article = "Permis invalidé", "Lettre 48SI reçue, le permis perd sa validité.", "L223-1 al. 3"
        case ClosingRule.ANNULMENT:
            label, detail, article = "Permis annulé", "Par décision de justice.", ""
        case _:
            assert_never(closing.rule)
    articles = cited((article,))
    return Line(day=in_words(closing.on), label=label, detail=detail, articles=articles, points="", balance=None, ceiling=0)


def _expected(expected: StatedReturn) -> Line:
    return Line(
        day=in_words(expected.on),
        label=printable(expected.label),
        detail=printable(expected.condition),
        articles=printable(cited(expected.articles)),
        points=signed(expected.points),
        balance=expected.balance,
        ceiling=expected.ceiling,
    )


def _revocation(revocation: StatedRevocation) -> str:
    title = typeset(say("title", revocation.rule))
    return (
        f"{signed(revocation.points)} le {in_words(revocation.would_have_been_on)} («{NO_BREAK}{title}{NO_BREAK}»){NO_BREAK}: "
        f"remis en cause par un fait plus ancien, enregistré le {in_words(revocation.undone_on)}."
    )
