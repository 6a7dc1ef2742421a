"""``mespoints offences``: the catalogue, class and points in force on a day."""

import argparse
import textwrap
from collections.abc import Iterable, Iterator
from datetime import date

from mespoints.cli.terminal import show, width
from mespoints.law.texts.catalogue import CatalogueEntry, search
from mespoints.law.texts.sentences import in_words

NARROWEST_LABEL = 30
WIDEST_ARTICLE = 20
GAP = "  "


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser("offences", help="chercher une infraction : classe et points en vigueur un jour donné")
    parser.add_argument(
        "search", metavar="MOTS", nargs="*", help="mots du libellé, du code ou de l'article, avec ou sans accents"
    )
    parser.add_argument("--on", metavar="AAAA-MM-JJ", type=day, help="seulement ce qui est en vigueur ce jour-là")


def day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise argparse.ArgumentTypeError(f"trouvé « {text} » ; attendu un jour qui existe, comme 2024-01-31")
    return found


def run(args: argparse.Namespace) -> int:
    words, on = " ".join(args.search), args.on
    found = search(words, on)
    return show([*table(found, with_periods=on is None), summary(len(found), words, on)])


def summary(count: int, words: str, on: date | None) -> str:
    asked = f" pour « {words} »" if words else ""
    when = f" en vigueur le {in_words(on)}" if on is not None else ""
    if not count:
        return f"Aucune infraction{asked}{when}."
    return f"{count} infraction{'s' if count > 1 else ''}{asked}{when}."


def table(found: Iterable[CatalogueEntry], *, with_periods: bool) -> Iterator[str]:
    """One row per entry, in columns; in a narrow window the label goes on lines of its own."""
    entries = list(found)
    if not entries:
        return
    code_width = max(len(each.code) for each in entries)
    article_width = min(max(len(each.article) for each in entries), WIDEST_ARTICLE)
    fixed = code_width + len(GAP) + 6 + len(GAP) + 6 + len(GAP) + article_width + len(GAP)
    beside = width() - fixed >= NARROWEST_LABEL
    if beside:
        head = f"{'Code':{code_width}}{GAP}Classe{GAP}Points{GAP}{'Article':{article_width}}{GAP}Infraction"
        yield from (head, "")
    for each in entries:
        label = labelled(each, with_periods=with_periods)
        if beside:
            yield from columns(each, label, code_width, article_width, width() - fixed)
        else:
            yield from stacked(each, label)
    yield ""


def labelled(each: CatalogueEntry, *, with_periods: bool) -> str:
    said = [each.label]
    if with_periods and (told := period(each)):
        said.append(f"({told})")
    if each.doubt:
        said.append(f"[{each.doubt}]")
    return " ".join(said)


def period(each: CatalogueEntry) -> str:
    since, until = each.in_force_from, each.in_force_to
    if until is not None:
        return f"du {in_words(since)} au {in_words(until)}" if since is not None else f"jusqu'au {in_words(until)}"
    return f"depuis le {in_words(since)}" if since is not None else ""


def columns(each: CatalogueEntry, label: str, code_width: int, article_width: int, label_width: int) -> Iterator[str]:
    articles = textwrap.wrap(each.article, article_width) or [""]
    labels = textwrap.wrap(label, label_width)
    for rank in range(max(len(articles), len(labels))):
        code, offence_class, points = (each.code, str(each.offence_class), str(each.points)) if rank == 0 else ("", "", "")
        article = articles[rank] if rank < len(articles) else ""
        text = labels[rank] if rank < len(labels) else ""
        yield f"{code:{code_width}}{GAP}{offence_class:6}{GAP}{points:>6}{GAP}{article:{article_width}}{GAP}{text}".rstrip()


def stacked(each: CatalogueEntry, label: str) -> Iterator[str]:
    points = f"{each.points} point{'s' if each.points > 1 else ''}"
    yield from textwrap.wrap(f"{each.code}, classe {each.offence_class}, {points}, {each.article}", width())
    yield from textwrap.wrap(label, width(), initial_indent="  ", subsequent_indent="  ")
