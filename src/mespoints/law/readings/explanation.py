"""Why each movement happened, what it means, what to do: the list of the movements, with words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from mespoints.law.facts import Offence
from mespoints.law.readings.gains import (
    told_course,
    told_increment,
    told_probation_end,
    told_restoration,
    told_single_point,
    told_start,
    told_ten_years,
)
from mespoints.law.readings.losses import told_loss
from mespoints.law.readings.story import Story, Telling, story
from mespoints.law.record import Record
from mespoints.law.state import Movement, Rule, State
from mespoints.law.texts.article import wording
from mespoints.law.texts.sentences import Language, say


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleNote:
    reference: str
    """The number it had on the day, for people: « L223-6 al. 3 »."""
    today: str
    """The number it has today: its plain-words page."""
    title: str
    in_plain_words: str


class ExplainedMovement(NamedTuple):
    movement: Movement
    offence: Offence | None
    title: str
    """What it is, in a few words: « Feu rouge non respecté », « Point rendu »."""
    why: str
    meaning: str
    action: str
    articles: tuple[ArticleNote, ...]


def explanation(state: State, record: Record, until: date, *, language: Language = "fr") -> tuple[ExplainedMovement, ...]:
    """The movements up to ``until`` (included), oldest first; what to do is said as things stand on that day.

    Labels of offences are French in every language: they are the words of the letters.
    """
    told = story(state, record, until, language)
    return tuple([explained(movement, told) for movement in state.movements if movement.on <= until])


def explained(movement: Movement, told: Story) -> ExplainedMovement:
    offence = told.offences.get(movement.cause or "")
    why, meaning, action = TELLERS[movement.rule](movement, told)
    return ExplainedMovement(
        movement,
        offence,
        title(movement, offence, told.record, told.language),
        why,
        meaning,
        action,
        notes(movement.articles, movement.on, told.language),
    )


TELLERS: dict[Rule, Callable[[Movement, Story], Telling]] = {
    Rule.INITIAL: told_start,
    Rule.WITHDRAWAL: told_loss,
    Rule.SINGLE_POINT_RETURN: told_single_point,
    Rule.RESTORATION: told_restoration,
    Rule.TEN_YEAR_RETURN: told_ten_years,
    Rule.COURSE: told_course,
    Rule.PROBATION_INCREMENT: told_increment,
    Rule.PROBATION_END: told_probation_end,
}


def title(movement: Movement, offence: Offence | None, record: Record, language: Language) -> str:
    if movement.points < 0 and offence is not None and offence.label:
        return offence.label
    key: str = movement.rule
    if key == Rule.INITIAL:
        if movement.licence:
            key = "initial_new"
        elif record.licences[0].on < movement.on:
            key = "initial_opening"
    return say("title", key, language=language)


@lru_cache(maxsize=1 << 14)
def notes(references: tuple[str, ...], on: date, language: Language = "fr") -> tuple[ArticleNote, ...]:
    """What the paragraphs that had these numbers on ``on`` said that day."""
    return tuple(note(cited, on, language) for cited in references)


def note(cited: str, on: date, language: Language) -> ArticleNote:
    paragraph, version = wording(cited, on)
    if language == "en":
        title, text = paragraph.title_in_english, paragraph.in_english
    else:
        title, text = paragraph.title, version.in_plain_words
    return ArticleNote(reference=cited, today=paragraph.reference, title=title, in_plain_words=text)
