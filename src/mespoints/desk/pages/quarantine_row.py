"""One row of the quarantine: what stood there, what is wrong with it, and the two things an operator can do about it."""

from dataclasses import dataclass, replace

import msgspec

from mespoints.desk.pages.fields import Field, FieldKind
from mespoints.desk.pages.frame import Frame
from mespoints.desk.wording import counted, moment
from mespoints.feed.quarantine import LONGEST_REASON
from mespoints.feed.quarantine_rows import QuarantinedRow, QuarantineState
from mespoints.feed.rejections import Rejection, RejectionCode

MOST_LINES = 30
"""Lines of the text area: longer rows scroll."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPage:
    frame: Frame
    number: int
    file: int
    line: int
    code: str
    field: str
    found: str
    what_to_do: str
    raw: str
    """As it came, or laid out when it is JSON."""
    settled: str
    """What became of it; empty as long as something can be done."""
    put_right: str
    """Set when it was corrected already and has not entered yet."""
    correction: Field
    reason: Field


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikePage:
    """Before many rows are put away at once."""

    frame: Frame
    file: int
    code: str
    told: str
    what_to_do: str
    reason: Field


def row_page(frame: Frame, row: QuarantinedRow, *, correction: Field | None = None, reason: Field | None = None) -> RowPage:
    """``correction`` and ``reason`` are the fields as they come back from a refused form."""
    said = row.rejection
    return RowPage(
        frame=frame,
        number=row.id,
        file=row.sequence,
        line=said.line,
        code=said.code.value,
        field=said.field or "toute la ligne",
        found=said.found,
        what_to_do=said.what_to_do,
        raw=laid_out(row.raw),
        settled=settled(row) if row.is_settled else "",
        put_right=decided(row, "Corrigée") if row.state is QuarantineState.CORRECTED else "",
        correction=correction or correction_field(laid_out(row.standing)),
        reason=reason or reason_field(),
    )


def alike_page(frame: Frame, rejection: tuple[int, RejectionCode, str], rows: int, reason: Field | None = None) -> AlikePage:
    """``rejection`` is the file, the code and what to do."""
    file, code, what_to_do = rejection
    waits = counted(rows, "ligne attend", "lignes attendent")
    return AlikePage(
        frame=frame,
        file=file,
        code=code.value,
        told=f"{waits} pour ce motif dans le fichier n°\N{NO-BREAK SPACE}{file}.",
        what_to_do=what_to_do,
        reason=reason or reason_field(),
    )


def correction_field(text: str, refused: Rejection | None = None) -> Field:
    field = Field(
        name="ligne",
        label="La ligne, telle qu’elle aurait dû être",
        kind=FieldKind.CODE,
        value=text,
        hint="Un seul objet JSON. Les espaces et les retours à la ligne ne comptent pas.",
        rows=min(max(text.count("\n") + 2, 4), MOST_LINES),
    )
    return replace(field, error=refusal(refused)) if refused else field


def reason_field(text: str = "", error: str = "") -> Field:
    return Field(
        name="raison",
        label="Pourquoi elle n’entrera pas",
        kind=FieldKind.AREA,
        value=text,
        error=error,
        hint=f"Gardé avec la ligne, sans nom ni numéro de dossier ; {LONGEST_REASON} caractères au plus.",
    )


def refusal(said: Rejection) -> str:
    where = f"Champ «\N{NO-BREAK SPACE}{said.field}\N{NO-BREAK SPACE}»" if said.field else "La ligne entière"
    nb = "\N{NO-BREAK SPACE}"
    return f"{where}{nb}: trouvé «{nb}{said.found}{nb}». {said.what_to_do} Rien n’a changé."


def laid_out(raw: str) -> str:
    """Only spaces are added: a key that stands twice stays twice. As it is when it is no JSON."""
    try:
        return msgspec.json.format(raw.encode(), indent=2).decode()
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return raw


def settled(row: QuarantinedRow) -> str:
    match row.state:
        case QuarantineState.DISMISSED:
            return f"{decided(row, 'Écartée')} Raison donnée\N{NO-BREAK SPACE}: {row.reason or 'aucune'}"
        case QuarantineState.REPLAYED if row.corrected is not None:
            return f"{decided(row, 'Corrigée')} Elle est entrée depuis, ou le registre la connaissait déjà."
        case _:
            return "Elle est entrée telle qu’elle était, une fois arrivé ce qui lui manquait."


def decided(row: QuarantinedRow, done: str) -> str:
    when = f" le {moment(row.decided_at)}" if row.decided_at else ""
    return f"{done}{when} par l’opérateur n°\N{NO-BREAK SPACE}{row.decided_by}."
