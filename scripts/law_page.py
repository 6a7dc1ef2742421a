"""Writes docs/law.md, and the list of cases that it and ``mespoints explain`` show, from the corpus and tests/law/cases."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from mespoints.law.documentation import (
    ArticleSheet,
    all_cases,
    all_not_modelled,
    sheet,
    shown_by,
    spoken_values,
    spoken_version,
)
from mespoints.law.texts.article import CORPUS
from mespoints.law.texts.readings import ReadingTaken, readings_taken
from mespoints.law.texts.sentences import NO_BREAK, in_words

CHECKOUT = Path(__file__).resolve().parent.parent
CASES = CHECKOUT / "tests" / "law" / "cases"
LIST = CHECKOUT / "src" / "mespoints" / "law" / "texts" / "cases.toml"
PAGE = CHECKOUT / "docs" / "law.md"
OPENING = """\
<!-- Écrit par `make law-page`. À ne pas modifier à la main. -->

# La loi, article par article

Ce que le calcul des points applique : chaque article en mots simples (français, puis anglais), ses rédactions depuis 1992, les
règles du programme qui l'appliquent, les chiffres qui le citent, les cas qui le montrent. Les mots sont les nôtres : seul le
texte publié au Journal officiel fait foi. `mespoints explain ARTICLE` dit la même chose dans le terminal.

Les chiffres sont dans `src/mespoints/law/texts/parameters.toml`, les cas dans `tests/law/cases/`. Après les articles :
[les lectures retenues](#lectures-retenues),
[les cas discutés](#cas-discutés), [ce qui n'est pas calculé](#ce-qui-nest-pas-calculé).
"""


def main() -> int:
    LIST.write_text(list_of_cases(), encoding="utf-8")
    all_cases.cache_clear()
    PAGE.write_text(law_page(), encoding="utf-8")
    return 0


def list_of_cases() -> str:
    blocks = ["# The cases of tests/law/cases, listed by `make law-page`. Not to be edited.\n"]
    return "\n".join([*blocks, *(listed(case, file) for case, file in written_cases())])


def written_cases() -> Iterator[tuple[dict[str, Any], str]]:
    """Each case with the name of its file."""
    for file in sorted(CASES.glob("*.yaml")):
        for case in yaml.safe_load(file.read_text(encoding="utf-8")):
            yield case, file.name


def listed(case: dict[str, Any], file: str) -> str:
    articles = sorted({reference for row in case["expect"] for reference in shown_by(str(row["article"]))})
    return (
        f"[{case['id']}]\n"
        f"title = {quoted(case['title'])}\n"
        f'file = "{file}"\n'
        f"disputed = {str(case.get('disputed', False)).lower()}\n"
        f"articles = [{', '.join(quoted(each) for each in articles)}]\n"
    )


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def law_page() -> str:
    parts = [
        OPENING,
        *(section(sheet(paragraph)) for paragraph in CORPUS.values()),
        "# Lectures retenues\n\nLà où les textes laissent un doute : le choix fait, et l'autre lecture.\n",
        *(reading(each) for each in readings_taken().values()),
        "# Cas discutés\n\nLes sources se contredisent, ou contredisent le texte. Le calcul suit les lectures ci-dessus.\n",
        bullets(disputed()),
        "# Ce qui n'est pas calculé\n",
        bullets(f"{each.what} {each.why}{of_articles(each.articles)}" for each in all_not_modelled()),
    ]
    return "\n".join(parts).replace(NO_BREAK, " ")


def section(told: ArticleSheet) -> str:
    paragraph = told.paragraph
    return "\n".join(
        [
            f"## {paragraph.reference} – {paragraph.title}\n\n{paragraph.in_plain_words}\n\n*{paragraph.in_english}*\n",
            *titled("Rédactions", (spoken_version(version, paragraph.reference) for version in paragraph.versions)),
            *titled("Règles", (f"`{rule.name}`" + (f" – {rule.says}" if rule.says else "") for rule in told.rules)),
            *titled("Chiffres", (f"`{figure.name}` : {spoken_values(figure)}" for figure in told.figures)),
            *titled("Lectures retenues", (f"[{each.key}](#{anchor(each)}) – {each.taken}" for each in told.readings)),
            *titled("Cas", (f"`{case.name}`" + (" (discuté)" if case.disputed else "") for case in told.cases)),
            *titled("Pas calculé", (f"{each.what} {each.why}" for each in told.not_modelled)),
        ]
    )


def disputed() -> Iterator[str]:
    """Each with the readings that settle it, and the days on which we leave the source."""
    for case, file in written_cases():
        if not case.get("disputed", False):
            continue
        taken = [each for each in readings_taken().values() if each.case == case["id"]]
        left = [
            f"le {in_words(row['on'])}, {row['our_reading']} (la source dit {row['balance']})"
            for row in case["expect"]
            if "our_reading" in row
        ]
        followed = f"ici {', '.join(left)}" if left else "ici comme le cas le dit"
        links = "".join(f", [{each.key}](#{anchor(each)})" for each in taken)
        yield f"`{case['id']}` ({file}) : {case['title']} – {followed}{links}"


def titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    if found := list(lines):
        yield f"**{title}**\n\n{bullets(found)}"


def bullets(lines: Iterable[str]) -> str:
    return "".join(f"- {line}\n" for line in lines)


def reading(each: ReadingTaken) -> str:
    lines = [
        f'<a id="{anchor(each)}"></a>**{each.key}.** {each.question}\n',
        f"- Retenu : {each.taken}",
        f"- L'autre lecture : {each.other}",
        f"- Pourquoi : {each.why}",
        f"- Dans le code : `{each.where}`",
    ]
    if each.figures:
        lines.append(f"- Chiffres : {', '.join(f'`{name}`' for name in each.figures)}")
    if each.offences:
        lines.append(f"- Infractions : {', '.join(f'`{code}`' for code in each.offences)}")
    if each.case:
        lines.append(f"- Cas : `{each.case}`")
    return "\n".join(lines) + "\n"


def anchor(each: ReadingTaken) -> str:
    return f"lecture-{each.key.casefold()}"


def of_articles(references: tuple[str, ...]) -> str:
    return f" ({', '.join(references)})" if references else ""


if __name__ == "__main__":
    sys.exit(main())
