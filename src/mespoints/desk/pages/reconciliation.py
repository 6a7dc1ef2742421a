"""Balances the source stated that are not ours, file by file.

The list names nobody: file and line are enough to find a row again. The file number of a holder stands on the page of one
difference alone, because the operator has to report it to the source, who knows its records by nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from mespoints.desk.pages.frame import Frame
from mespoints.desk.wording import NO_BREAK, agreed, counted
from mespoints.feed.reconciliation import Difference, Reason, Reconciliation, Verdict
from mespoints.law.state import Status
from mespoints.law.texts.sentences import in_words
from mespoints.register.file_number import FileNumber

AT_ONCE = 50
"""Differences on one page."""

MINUS = "\N{MINUS SIGN}"

STATUSES = {
    Status.NONE: "aucun permis",
    Status.VALID: "permis valide",
    Status.ZERO_NOT_NOTIFIED: "zéro point, lettre pas encore reçue",
    Status.INVALIDATED: "permis invalidé",
    Status.ANNULLED: "permis annulé",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementLine:
    when: str
    points: str
    why: str
    articles: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceLine:
    number: int
    line: int
    on: str
    stated: str
    ours: str
    told: str
    """Until when both agreed, or why nothing can be compared."""
    movements: tuple[MovementLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileGroup:
    title: str
    told: str
    """Figures of the whole file; empty when it has none."""
    differences: tuple[DifferenceLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciliationPage:
    frame: Frame
    told: str
    files: tuple[FileGroup, ...]
    next_after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferencePage:
    frame: Frame
    file: str
    file_number: str
    difference: DifferenceLine


def reconciliation_page(
    frame: Frame, total: Reconciliation, found: Sequence[tuple[int, Difference]], by_file: Mapping[int, Reconciliation]
) -> ReconciliationPage:
    """``found`` may hold one more than a page, which tells that there is another."""
    shown = found[:AT_ONCE]
    return ReconciliationPage(
        frame=frame,
        told=figures(total),
        files=tuple(
            FileGroup(
                title=file_title(sequence),
                told=figures(by_file[sequence]) if sequence in by_file else "",
                differences=tuple(difference_line(number, each) for number, each in group),
            )
            for sequence, group in groupby(shown, key=lambda pair: pair[1].sequence)
        ),
        next_after=shown[-1][0] if len(found) > AT_ONCE else None,
    )


def difference_page(frame: Frame, number: int, found: Difference) -> DifferencePage:
    return DifferencePage(
        frame=frame,
        file=file_title(found.sequence),
        file_number=FileNumber(found.file_number).displayed,
        difference=difference_line(number, found),
    )


def figures(done: Reconciliation) -> str:
    if not done.compared:
        return "Aucun solde annoncé par la source n’a encore été comparé."
    parts = (
        f"{counted(done.agreeing, 'égal', 'égaux')} {agreed(done.agreeing, 'au nôtre', 'aux nôtres')}",
        counted(done.differing, "différent"),
        f"{counted(done.unknown_holder, 'pour un dossier inconnu', 'pour des dossiers inconnus')}",
    )
    return f"{counted(done.compared, 'solde comparé')}{NO_BREAK}: {', '.join(parts)}."


def file_title(sequence: int | None) -> str:
    return f"Fichier n°{NO_BREAK}{sequence}" if sequence is not None else "Lignes revenues de la quarantaine"


def difference_line(number: int, found: Difference) -> DifferenceLine:
    return DifferenceLine(
        number=number,
        line=found.line,
        on=in_words(found.on),
        stated=counted(found.stated, "point"),
        ours="–" if found.ours is None else counted(found.ours, "point"),
        told=told(found),
        movements=tuple(movement_line(reason) for reason in found.reasons),
    )


def told(found: Difference) -> str:
    match found.verdict:
        case Verdict.UNKNOWN_HOLDER:
            return "Le registre ne connaît pas ce dossier : demandez sa ligne « holder » à la source."
        case Verdict.UNREADABLE:
            return "Une écriture de ce dossier ne se lit plus : lancez « mespoints audit »."
    ours = f" ({STATUSES[found.status]})" if found.status else ""
    if found.agreed_until is None:
        return f"Les deux soldes n’ont jamais été égaux{ours}."
    return f"Les deux soldes étaient égaux jusqu’au {in_words(found.agreed_until)} compris{ours}."


def movement_line(reason: Reason) -> MovementLine:
    points = f"+{reason.points}" if reason.points > 0 else f"{MINUS}{-reason.points}" if reason.points else "0"
    return MovementLine(when=in_words(reason.on), points=points, why=reason.why, articles=", ".join(reason.articles))
