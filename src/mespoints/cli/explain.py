"""``mespoints explain``: an article in plain words, its wordings, and what the engine makes of it."""

import argparse
import difflib
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator

from mespoints.cli.terminal import show, width
from mespoints.law.documentation import ArticleSheet, sheet, spoken_values, spoken_version
from mespoints.law.texts.article import CORPUS, WORDINGS, Paragraph
from mespoints.law.texts.catalogue import CatalogueEntry, catalogue

OPENING_WORD = re.compile(r"^(ARTICLE|ART\.?)\s*")
NUMBER = re.compile(r"(?P<letter>[LRD])[.*\s]*(?P<number>\d+(?:-\d+)*)\s*,?\s*(?P<part>.*)")
PARAGRAPH = re.compile(r"(?:ALIN[ÉE]A|AL\.?)\s*(\d+)")
NEAREST = 4
CASES_SHOWN = 6


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("explain", help="dire un article en mots simples, et ce qui l'applique")
    parser.add_argument("article", metavar="ARTICLE", nargs="+", help="par exemple « L223-6 », « L223-6 al. 3 », « R223-1 II »")


def run(args: argparse.Namespace) -> int:
    """0 when something is told, 2 when the article is not known."""
    asked = canonical(" ".join(args.article))
    paragraphs = paragraphs_of(asked)
    offences = [] if paragraphs else offences_under(asked)
    if not paragraphs and not offences:
        print(unknown(" ".join(args.article), asked), file=sys.stderr)
        return 2
    lines = [line for paragraph in paragraphs for line in told(sheet(paragraph), asked)]
    lines += told_offences(asked, offences)
    return show(lines[:-1])


def canonical(asked: str) -> str:
    """« l. 223-6 alinéa 3 » as it is written here: « L223-6 al. 3 »."""
    text = OPENING_WORD.sub("", " ".join(asked.split()).upper())
    found = NUMBER.fullmatch(text)
    if found is None:
        return text
    part = PARAGRAPH.sub(r"al. \1", found["part"]).strip()
    return f"{found['letter']}{found['number']} {part}".strip()


def paragraphs_of(asked: str) -> list[Paragraph]:
    """The paragraph, or every one of a whole article, or today's heirs of an old number; a detail finds what holds it."""
    if asked in CORPUS:
        return [CORPUS[asked]]
    if whole := [each for each in CORPUS.values() if each.article == asked]:
        return whole
    if asked in WORDINGS:
        return [each for each, _ in WORDINGS[asked]]
    holders = [each for each in CORPUS.values() if asked.startswith(f"{each.reference} ")]
    return holders[-1:]


def offences_under(asked: str) -> list[CatalogueEntry]:
    whole_number = re.compile(rf"(?<![A-Z0-9]){re.escape(asked)}(?![0-9-])")
    return [each for each in catalogue().values() if asked and whole_number.search(each.article)]


def unknown(typed: str, asked: str) -> str:
    known = dict.fromkeys([*CORPUS, *(each.article for each in CORPUS.values())])
    near = difflib.get_close_matches(asked, list(known), NEAREST, cutoff=0.5)
    found = f"article « {typed} » inconnu ici"
    return f"{found} ; les plus proches : {', '.join(near)}." if near else f"{found} ; attendu par exemple « L223-6 al. 3 »."


def told(article: ArticleSheet, asked: str) -> Iterator[str]:
    paragraph = article.paragraph
    yield from wrapped([f"{paragraph.reference} – {paragraph.title}"], "", "  ")
    yield from wrapped([paragraph.in_plain_words], "  ", "  ")
    if asked in WORDINGS and asked not in CORPUS:
        yield from wrapped([f"« {asked} » est un ancien numéro de {paragraph.reference}."], "  ", "  ")
    yield from titled("Rédactions", (spoken_version(version, paragraph.reference) for version in paragraph.versions))
    yield from titled("Règles qui l'appliquent", (rule.name for rule in article.rules))
    yield from titled("Chiffres", (f"{figure.name} : {spoken_values(figure)}" for figure in article.figures))
    yield from titled("Lectures retenues", (f"{each.key} : {each.taken}" for each in article.readings))
    yield from titled("Cas", cases(article))
    yield from titled("Pas calculé", (f"{each.what} {each.why}" for each in article.not_modelled))
    yield ""


def cases(article: ArticleSheet) -> Iterator[str]:
    """The first ones; docs/law.md names them all."""
    first, others = article.cases[:CASES_SHOWN], len(article.cases) - CASES_SHOWN
    yield from (case.name + (" (discuté)" if case.disputed else "") for case in first)
    if others > 0:
        yield f"et {others} autre{'s' if others > 1 else ''} (docs/law.md)"


def told_offences(asked: str, offences: Iterable[CatalogueEntry]) -> Iterator[str]:
    lines = [
        f"{each.label} ({each.code}) : {each.points} point{'s' if each.points > 1 else ''}, classe {each.offence_class}"
        + (f" ; {each.doubt}" if each.doubt else "")
        for each in offences
    ]
    if lines:
        yield f"{asked} – infractions du catalogue"
        yield from wrapped(lines, "  - ", "    ")
        yield ""


def titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    if found := list(lines):
        yield f"  {title}"
        yield from wrapped(found, "    - ", "      ")


def wrapped(lines: Iterable[str], first: str, next_: str) -> Iterator[str]:
    for line in lines:
        yield from textwrap.wrap(line, width(), initial_indent=first, subsequent_indent=next_, break_on_hyphens=False)
