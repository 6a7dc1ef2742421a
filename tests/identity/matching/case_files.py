"""The cases of tests/identity/cases: read here for the tests and for the page (scripts/link_page.py)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mespoints.identity.matching.communes import commune_history
from mespoints.identity.matching.decision import Decision, Match, decide, match
from mespoints.identity.matching.reasons import Strength, Why
from mespoints.register.identities import Candidate, PivotIdentity

FOLDER = Path(__file__).resolve().parents[1] / "cases"
FIELDS = {"name", "why", "pivot", "records", "too_many", "verdict", "doubt", "reasons"}
BASE: dict[str, Any] = {
    "birth_name": "QUATREVENTS",
    "given_names": ["Odile"],
    "sex": "F",
    "birth_date": "1971-04-18",
    "birth_commune": "29019",
    "birth_country": "99100",
    "usage_name": None,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    name: str
    why: str
    file: str
    pivot: PivotIdentity
    records: tuple[Candidate, ...]
    disputed: frozenset[int]
    too_many: bool
    verdict: str
    doubt: str | None
    reasons: tuple[str, ...]

    def decided(self) -> Decision:
        return decide(self.pivot, self.records, commune_history(), disputed=self.disputed, too_many=self.too_many)

    def first(self) -> Match:
        return match(self.pivot, self.records[0], commune_history())


@cache
def cases() -> tuple[Case, ...]:
    return tuple(case for path in sorted(FOLDER.glob("*.yaml")) for case in _of_file(path))


def particular(judged: Match) -> tuple[str, ...]:
    """The codes of what is not strictly equal, leaving out what could not be compared."""
    return tuple(
        reason.code for reason in judged.reasons if reason.strength is not Strength.STRICT and reason.why is not Why.NOT_COMPARED
    )


def _of_file(path: Path) -> Iterator[Case]:
    for written in yaml.safe_load(path.read_text(encoding="utf-8")):
        unknown = written.keys() - FIELDS
        if unknown:
            raise ValueError(f"{path.name}, {written.get('name')}: unknown {sorted(unknown)}")
        pivot = BASE | written.get("pivot", {})
        records = written.get("records", [{}])
        yield Case(
            name=written["name"],
            why=written["why"],
            file=path.name,
            pivot=PivotIdentity(**{**pivot, "given_names": tuple(pivot["given_names"])}),
            records=tuple(_candidate(number, pivot, changes) for number, changes in enumerate(records, 1)),
            disputed=frozenset(number for number, changes in enumerate(records, 1) if changes.get("is_disputed")),
            too_many=written.get("too_many", False),
            verdict=written["verdict"],
            doubt=written.get("doubt"),
            reasons=tuple(written.get("reasons", ())),
        )


def _candidate(number: int, pivot: dict[str, Any], changes: dict[str, Any]) -> Candidate:
    fields = pivot | {"usage_name": None} | {name: value for name, value in changes.items() if name != "is_disputed"}
    return Candidate(
        **{**fields, "given_names": tuple(fields["given_names"]), "holder_id": number, "file_number": f"1503992{number:05}"}
    )
