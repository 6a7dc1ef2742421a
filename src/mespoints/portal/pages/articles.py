"""The articles in plain words, one page for each article of the code."""

from dataclasses import dataclass

from mespoints.law.texts.article import CORPUS, Paragraph
from mespoints.portal.french import day_in_words, typeset
from mespoints.portal.pages.frame import Frame
from mespoints.portal.pages.lines import slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    reference: str
    slug: str
    title: str
    in_plain_words: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    frame: Frame
    asked: Note
    siblings: tuple[Note, ...]
    """The other paragraphs of the same article that the rules apply."""


BY_SLUG = {slug(reference): paragraph for reference, paragraph in CORPUS.items()}


def paragraphs_of(asked: str) -> tuple[Paragraph, ...]:
    """The paragraph asked for, then its siblings. A bare article (« L223-6 ») opens on its first one; empty when unknown."""
    article = asked.partition("-al-")[0]
    found = BY_SLUG.get(asked)
    same = tuple(each for each in CORPUS.values() if article_of(each) == (article_of(found) if found else article))
    return (found, *(each for each in same if each is not found)) if found else same


def article_of(paragraph: Paragraph) -> str:
    return paragraph.reference.split(" ")[0]


def article_page(paragraphs: tuple[Paragraph, ...], frame: Frame) -> ArticlePage:
    asked, *siblings = (note(each) for each in paragraphs)
    return ArticlePage(frame=frame, asked=asked, siblings=tuple(siblings))


def note(paragraph: Paragraph) -> Note:
    return Note(
        reference=typeset(paragraph.reference),
        slug=slug(paragraph.reference),
        title=typeset(paragraph.title),
        in_plain_words=typeset(paragraph.in_plain_words),
        since=day_in_words(paragraph.since),
    )
