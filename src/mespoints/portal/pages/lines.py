"""One line per movement, past or to come: what several pages show alike."""

from collections.abc import Iterable
from dataclasses import dataclass

from mespoints.law.readings.explanation import ArticleNote, ExplainedMovement
from mespoints.law.readings.forecast import ExpectedMovement
from mespoints.law.state import Movement
from mespoints.portal.french import day_in_words, signed, typeset


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLink:
    reference: str
    slug: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    points: str
    direction: str
    """« gain » or « loss »: a class of the stylesheet; the sign says the same."""
    title: str
    when: str


def past(explained: ExplainedMovement) -> Line:
    return line(explained.movement, explained.title)


def expected(coming: ExpectedMovement) -> Line:
    return line(coming.movement, coming.title)


def line(movement: Movement, title: str) -> Line:
    return Line(
        points=signed(movement.points_seen), direction=direction(movement), title=typeset(title), when=day_in_words(movement.on)
    )


def direction(movement: Movement) -> str:
    return "gain" if movement.points > 0 else "loss"


def slug(reference: str) -> str:
    """« L223-6 al. 3 » in an address: « L223-6-al-3 »."""
    return reference.replace(". ", "-").replace(" ", "-")


def links(notes: Iterable[ArticleNote]) -> tuple[ArticleLink, ...]:
    return tuple(
        ArticleLink(reference=typeset(note.reference), slug=slug(note.today), title=typeset(note.title)) for note in notes
    )
