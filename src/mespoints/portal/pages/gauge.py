"""The twelve marks as discs on a line: the drawing, and the same in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from mespoints.law.readings.marks import Mark, MarkKind
from mespoints.law.readings.situation import Situation
from mespoints.law.state import Movement
from mespoints.portal.french import counted, day_in_words, typeset

PITCH = 26
"""Distance between two marks, in units of the drawing."""
HALF_GAP = 8
"""A wider space after the sixth: half of the licence, and the whole of a first probation, are read at a glance."""
HALF = 6
MAXIMUM = 12

RADIUS = {MarkKind.HELD: "11", MarkKind.COMING_BACK: "9.5", MarkKind.LOST: "10", MarkKind.ABOVE_CEILING: "10"}


@dataclass(frozen=True, slots=True)
class Disc:
    style: str
    x: int
    radius: str


@dataclass(frozen=True, slots=True)
class LegendLine:
    style: str
    radius: str
    has_core: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    discs: tuple[Disc, ...]
    in_words: str
    """The text equivalent of the drawing."""
    legend: tuple[LegendLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dots:
    """The small gauge beside a movement: lengths of three dotted lines, in units of the drawing (None: no such line)."""

    held: str | None
    lost_from: int
    lost: str | None
    above_from: int
    above: str | None


def gauge(marks: Sequence[Mark], situation: Situation) -> Gauge:
    count = Counter(mark.kind for mark in marks)
    return Gauge(
        discs=tuple(disc for rank, mark in enumerate(marks) for disc in discs(rank, mark.kind)),
        in_words=in_words(count, situation),
        legend=tuple(legend_line(kind, count[kind], marks) for kind in MarkKind if count[kind]) if situation.ceiling else (),
    )


def discs(rank: int, kind: MarkKind) -> tuple[Disc, ...]:
    x = PITCH // 2 + rank * PITCH + (HALF_GAP if rank >= HALF else 0)
    outer = Disc(style_of(kind), x, RADIUS[kind])
    return (outer, Disc("core", x, "4.5")) if kind is MarkKind.COMING_BACK else (outer,)


def style_of(kind: MarkKind) -> str:
    return kind.value.replace("_", "-")


def in_words(count: Counter[MarkKind], situation: Situation) -> str:
    if situation.ceiling is None:
        return "aucun point, le compte est fermé"
    parts = [f"{counted(count[MarkKind.HELD], 'point')} sur {situation.ceiling}"]
    if count[MarkKind.COMING_BACK]:
        parts.append(f"{count[MarkKind.COMING_BACK]} qui reviennent dans l'année")
    if count[MarkKind.LOST]:
        parts.append(f"{count[MarkKind.LOST]} perdus pour plus d'un an")
    if count[MarkKind.ABOVE_CEILING]:
        parts.append(f"{count[MarkKind.ABOVE_CEILING]} au-dessus du plafond d'aujourd'hui")
    return typeset(", ".join(parts))


def legend_line(kind: MarkKind, number: int, marks: Sequence[Mark]) -> LegendLine:
    return LegendLine(style_of(kind), RADIUS[kind], kind is MarkKind.COMING_BACK, legend_text(kind, number, marks))


def legend_text(kind: MarkKind, number: int, marks: Sequence[Mark]) -> str:
    several = number > 1
    match kind:
        case MarkKind.HELD:
            return f"{number} en votre possession"
        case MarkKind.COMING_BACK:
            days = sorted({mark.on for mark in marks if mark.kind is kind and mark.on})
            when = f"le {day_in_words(days[0])}" if len(days) == 1 else "dans les douze mois"
            return f"{number} {'reviennent' if several else 'revient'} {when}"
        case MarkKind.LOST:
            return typeset(f"{number} {'perdus' if several else 'perdu'} pour plus d'un an")
        case MarkKind.ABOVE_CEILING:
            return f"{number} au-dessus de votre plafond actuel"


def dots(movement: Movement) -> Dots:
    return dots_of(movement.account, movement.ceiling)


def dots_of(points: int, ceiling: int) -> Dots:
    held = min(max(points, 0), MAXIMUM)
    lost = max(ceiling - held, 0)
    above = MAXIMUM - held - lost
    return Dots(
        held=length(held), lost_from=4 + 8 * held, lost=length(lost), above_from=4 + 8 * (held + lost), above=length(above)
    )


def length(number: int) -> str | None:
    """Of a line dotted every 8 units; a hundredth more, because a line of no length draws no dot."""
    return f"{8 * (number - 1)}.01" if number else None
