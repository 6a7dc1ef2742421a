"""The sheets of the papers that carry points: full statement and period statement."""

from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from typing import ClassVar, assert_never

from mespoints.documents.content import (
    FullStatement,
    PeriodStatement,
    StatedClosing,
    StatedLicence,
    StatedMark,
    StatedMovement,
    StatedObligation,
    StatedReturn,
    StatedRevocation,
    StatedSituation,
)
from mespoints.documents.layout.sheet import Pair, Proofs, Sheet, check, data_day, frame, named, numbered
from mespoints.documents.standing import VALID_STATES
from mespoints.documents.typeface import printable
from mespoints.documents.wording import cited, signed, typeset
from mespoints.law.readings.marks import MarkKind
from mespoints.law.state import ClosingRule, Status
from mespoints.law.texts.sentences import NO_BREAK, in_words, say
from mespoints.register.licence_state import LicenceState

MAXIMUM = 12
WARNING = (
    "Ce papier est pour vous. Ni un employeur, ni un assureur, ni un loueur n’a le droit de vous le demander"
    f"{NO_BREAK}: seules les autorités administratives et judiciaires peuvent connaître vos points "
    f"(Code de la route, art.{NO_BREAK}L223-7)."
)
TOLD_BY_STATUS = {
    Status.NONE: LicenceState.NO_RIGHT,
    Status.INVALIDATED: LicenceState.INVALID,
    Status.ANNULLED: LicenceState.JUDICIALLY_ANNULLED,
}
"""States that the sentence of the status says already."""


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
class StatementSheet(Sheet):
    subtitle: str
    balance: str | None
    """None before the first licence: there is no figure to show."""
    balance_caption: str
    marks: tuple[str, ...]
    marks_in_words: str
    legend: tuple[Legend, ...]
    freshness: str
    notices: tuple[str, ...]
    movements: tuple[Line, ...]
    no_movement: str
    warning: str
    check: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FullStatementSheet(StatementSheet):
    template: ClassVar[str] = "full-statement.typ"

    forecast: tuple[Line, ...]
    revocations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodStatementSheet(StatementSheet):
    template: ClassVar[str] = "period-statement.typ"

    opening: str


def full_statement_sheet(content: FullStatement, proofs: Proofs) -> FullStatementSheet:
    situation = content.situation
    legend = _legend(content.marks, situation)
    return FullStatementSheet(
        frame=frame(content, proofs),
        title="Relevé intégral du permis de conduire",
        subtitle="",
        identity=(*_identity(content), *_situation(content, "Situation")),
        balance=_figure(situation),
        balance_caption=_balance_caption(situation),
        marks=tuple(mark.kind.value for mark in content.marks),
        marks_in_words=_marks_in_words(legend),
        legend=legend,
        freshness=_freshness(content),
        notices=tuple(_notice(obligation) for obligation in content.obligations),
        movements=_history(content),
        no_movement="Aucun mouvement enregistré.",
        forecast=tuple(_expected(expected) for expected in content.forecast),
        revocations=tuple(_revocation(revocation) for revocation in content.revocations),
        warning=WARNING,
        check=check(proofs),
    )


def period_statement_sheet(content: PeriodStatement, proofs: Proofs) -> PeriodStatementSheet:
    situation = content.situation
    marks, legend = _bare_marks(situation)
    return PeriodStatementSheet(
        frame=frame(content, proofs),
        title="Relevé partiel du permis de conduire",
        subtitle=f"Du {in_words(content.first_on)} au {in_words(content.last_on)}, ces deux jours compris",
        identity=(*_identity(content), *_situation(content, f"Le {in_words(content.last_on)}")),
        balance=_figure(situation),
        balance_caption=_balance_caption(situation),
        marks=marks,
        marks_in_words=_marks_in_words(legend),
        legend=legend,
        freshness=_freshness(content),
        notices=(f"Ce relevé ne dit que cette période{NO_BREAK}: d’autres mouvements peuvent exister avant ou après.",),
        movements=_history(content),
        no_movement="Aucun mouvement pendant cette période.",
        opening=_opening(content),
        warning=WARNING,
        check=check(proofs),
    )


def _opening(content: PeriodStatement) -> str:
    before = content.opening
    if before.status is Status.NONE:
        return "Avant cette période, pas encore de permis."
    points = "point" if before.balance <= 1 else "points"
    ceiling = f" sur{NO_BREAK}{before.ceiling}" if before.ceiling is not None else ""
    return f"La veille du premier jour, le solde était de {before.balance}{NO_BREAK}{points}{ceiling}."


def _bare_marks(situation: StatedSituation) -> tuple[tuple[str, ...], tuple[Legend, ...]]:
    """On a past day, what comes back is not told: held, missing, above the ceiling of that day."""
    if situation.status is Status.NONE:
        return (), ()
    ceiling = MAXIMUM if situation.ceiling is None else situation.ceiling
    held, missing, above = situation.balance, max(ceiling - situation.balance, 0), MAXIMUM - ceiling
    legend = (
        (MarkKind.HELD, held, "en votre possession ce jour-là"),
        (MarkKind.LOST, missing, "manquants" if missing > 1 else "manquant"),
        (MarkKind.ABOVE_CEILING, above, "au-dessus du plafond ce jour-là"),
    )
    marks = tuple(kind.value for kind, count, _ in legend for _ in range(count))
    return marks, tuple(Legend(kind.value, f"{count} {words}") for kind, count, words in legend if count)


def _figure(situation: StatedSituation) -> str | None:
    return None if situation.status is Status.NONE else str(situation.balance)


def _identity(content: FullStatement | PeriodStatement) -> tuple[Pair, ...]:
    return (*named(content.identity), numbered(content), *_licences(content.licences))


def _situation(content: FullStatement | PeriodStatement, when: str) -> tuple[Pair, ...]:
    """The sentence of the law, then the state of the file when it says more."""
    state, status = content.licence_state, content.situation.status
    on_file = (Pair("État au fichier", f"Permis {state.words}."),)
    is_said = state in VALID_STATES if status in {Status.VALID, Status.ZERO_NOT_NOTIFIED} else state is TOLD_BY_STATUS[status]
    return (Pair(when, _status(content.situation)), *(() if is_said else on_file))


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


def _freshness(content: FullStatement | PeriodStatement) -> str:
    return f"Situation au {in_words(content.on)}. {data_day(content)}, écriture n°{NO_BREAK}{content.known_at}."


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


def _history(content: FullStatement | PeriodStatement) -> tuple[Line, ...]:
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
