"""The articles a rule applies: ``@under`` writes them on the rule and refuses one that the corpus does not hold."""

import tomllib
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One wording of a paragraph, in force from ``since`` to ``until`` (excluded; None: still in force)."""

    since: date
    until: date | None
    reference: str
    """The number it had then: « L223-6 al. 2 » for what is now al. 3, « L11-6 al. 1 » in the code of before June 2001."""
    enacted_by: str
    change: str
    in_plain_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    reference: str
    """Today's: « L223-6 al. 3 »."""
    title: str
    in_plain_words: str
    title_in_english: str
    in_english: str
    versions: tuple[Version, ...]
    """Oldest first, without a gap."""

    @property
    def since(self) -> date:
        return self.versions[0].since

    @property
    def article(self) -> str:
        return self.reference.partition(" ")[0]

    def in_force(self, day: date) -> Version | None:
        """The wording of ``day``; None before the first that is known."""
        rank = bisect_right(self.versions, day, key=lambda version: version.since)
        return self.versions[rank - 1] if rank else None


def load() -> dict[str, Paragraph]:
    french, english = read("corpus.toml"), read("corpus.en.toml")
    if set(french) != set(english):
        raise ValueError(f"corpus.toml and corpus.en.toml differ: {sorted(set(french) ^ set(english))}")
    return {reference: paragraph(reference, entry, english[reference]) for reference, entry in french.items()}


def read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("mespoints.law.texts").joinpath(name).read_text(encoding="utf-8"))


def paragraph(reference: str, entry: dict[str, Any], english: list[str]) -> Paragraph:
    rows = entry["versions"]
    days = [row["from"] for row in rows]
    if not days or days != sorted(set(days)):
        raise ValueError(f"corpus.toml: {reference}: versions expected in order of days")
    title_in_english, in_english = english
    return Paragraph(
        reference=reference,
        title=entry["title"],
        in_plain_words=entry["in_plain_words"],
        title_in_english=title_in_english,
        in_english=in_english,
        versions=tuple(
            Version(
                since=row["from"],
                until=until,
                reference=row.get("at", reference),
                enacted_by=row["by"],
                change=row["change"],
                in_plain_words=row.get("said", entry["in_plain_words"]),
            )
            for row, until in zip(rows, [*days[1:], None], strict=True)
        ),
    )


CORPUS = load()

Rule = TypeVar("Rule", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Citation:
    """What a rule cites, by day: worked out once, at import, so that a replay only looks up."""

    today: tuple[str, ...]
    settled_on: date
    """From that day on, ``today`` is what is cited."""
    days: tuple[date, ...]
    cited: tuple[tuple[str, ...], ...]
    """One more than ``days``: before the first one, nothing."""

    @classmethod
    def of(cls, references: Sequence[str]) -> "Citation":
        days = sorted({version.since for each in references for version in CORPUS[each].versions})
        cited = [numbers_on(references, day) for day in days]
        return cls(tuple(references), days[-1], tuple(days), ((), *cited))

    def on(self, day: date) -> tuple[str, ...]:
        return self.today if day >= self.settled_on else self.cited[bisect_right(self.days, day)]


def numbers_on(references: Sequence[str], day: date) -> tuple[str, ...]:
    """The numbers that these paragraphs had on ``day``, each once; those that did not exist are left out."""
    versions = (CORPUS[each].in_force(day) for each in references)
    return tuple(dict.fromkeys(version.reference for version in versions if version is not None))


def under(article: str, *paragraphs: int | str) -> Callable[[Rule], Rule]:
    """The rule applies these paragraphs: numbers are alinéas, words the article's own divisions. Decorators add up, top first."""
    references = tuple(reference(article, paragraph) for paragraph in paragraphs) or (article,)
    for each in references:
        if each not in CORPUS:
            raise ValueError(f"corpus.toml holds no « {each} »: add the article before the rule that applies it")

    def mark(rule: Rule) -> Rule:
        rule.citation = Citation.of(references + articles_of(rule))  # type: ignore[attr-defined]
        return rule

    return mark


def reference(article: str, paragraph: int | str) -> str:
    return f"{article} al. {paragraph}" if isinstance(paragraph, int) else f"{article} {paragraph}"


def articles_of(rule: Callable[..., object], on: date | None = None) -> tuple[str, ...]:
    """The paragraphs a rule applies: by today's numbers, or by those of the day ``on`` (law in time: none before it existed)."""
    citation: Citation | None = getattr(rule, "citation", None)
    if citation is None:
        return ()
    return citation.today if on is None else citation.on(on)


def wordings() -> dict[str, tuple[tuple[Paragraph, Version], ...]]:
    found: dict[str, list[tuple[Paragraph, Version]]] = {}
    for each in CORPUS.values():
        for version in each.versions:
            found.setdefault(version.reference, []).append((each, version))
    return {number: tuple(rows) for number, rows in found.items()}


WORDINGS = wordings()
"""Every number that was ever cited, with what it carried and when: « L223-6 al. 3 » was the ten years, then the course."""


def wording(cited: str, on: date) -> tuple[Paragraph, Version]:
    """What the number ``cited`` carried on ``on``. Raises LookupError when it carried nothing."""
    for each, version in WORDINGS.get(cited, ()):
        if version.since <= on and (version.until is None or on < version.until):
            return each, version
    raise LookupError(f"« {cited} » carried nothing on {on}")
