"""The cases a jurist writes (cases/*.yaml), and what an answer gets wrong in them: for ``make law`` and for the whole suite."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from mespoints.law.case_fields import CaseError
from mespoints.law.case_format import evaluate
from tests.law import witness

CASES = Path(__file__).with_name("cases")
Row = dict[str, Any]
Answerer = Callable[[Row], Row]
ANSWERERS: dict[str, Answerer] = {"engine": evaluate, "witness": witness.evaluate}
IN_FRENCH = {"engine": "moteur", "witness": "témoin"}
"""The engine, and the naive witness of the tests that knows nothing of it."""
FIELDS = {"max": "ceiling", "account": "account", "status": "status"}
READINGS = ("new_licence_from", "course", "obligations", "revoked")
NEEDED_ON_A_DAY = ("on", "balance", "article")
NEEDED = ("id", "source", "licence", "events", "expect")


class Mismatch(NamedTuple):
    what: str
    expected: object
    found: object

    def __str__(self) -> str:
        return f"{self.what} : attendu {self.expected}, trouvé {self.found}"


def days_as_text(value: Any) -> Any:
    """YAML reads a bare day as a date; the contract wants its text."""
    match value:
        case dt.date():
            return value.isoformat()
        case dict():
            return {key: days_as_text(inner) for key, inner in value.items()}
        case list():
            return [days_as_text(inner) for inner in value]
        case _:
            return value


def cases_of(file: Path) -> list[Row]:
    found: list[Row] = days_as_text(yaml.safe_load(file.read_text("utf-8")))
    return found


def cases() -> list[Row]:
    return [case for file in sorted(CASES.glob("*.yaml")) for case in cases_of(file)]


def asked(case: Row, day: str, known_on: str | None = None) -> Row:
    question = {"licence": case["licence"], "events": case["events"], "as_of": day}
    return question if known_on is None else {**question, "known_on": known_on}


def told(answer: Any, expected: Any) -> Any:
    """The part of the answer of which the case speaks. For a return undone the witness names several causes, the first first."""
    match expected:
        case dict():
            causes = answer.get("possible_causes", [None])
            return {key: answer.get(key, causes[0]) for key in expected}
        case list() if len(answer) == len(expected):
            return [told(one, other) for one, other in zip(answer, expected, strict=True)]
        case _:
            return answer


def mismatches(case: Row, row: Row, answer: Answerer) -> list[Mismatch]:
    """What differs on the day of ``row``; nothing when all is as expected."""
    here = answer(asked(case, row["on"]))
    here["obligations"] = sorted(here["obligations"], key=lambda duty: (duty["kind"], duty["cause"]))
    compared = [("balance", row.get("our_reading", row["balance"]), here["balance"])]
    compared += [(key, row[key], here[field]) for key, field in FIELDS.items() if key in row]
    compared += [(key, row[key], told(here[key], row[key])) for key in READINGS if key in row]
    if "next_recovery" in row:
        coming = answer(asked(case, row["on"], row.get("known_on")))["forecast"]
        compared.append(("next_recovery", row["next_recovery"], told(coming[0], row["next_recovery"]) if coming else None))
    return [Mismatch(what, expected, found) for what, expected, found in compared if expected != found]


def faults(case: Row) -> Iterator[str]:
    """One sentence for each day and answerer that is wrong, or for what keeps the case from being asked."""
    if missing := [name for name in NEEDED if name not in case]:
        yield f"il manque {', '.join(missing)} ; attendu {', '.join(NEEDED)}."
        return
    for row in case["expect"]:
        if missing := [name for name in NEEDED_ON_A_DAY if name not in row]:
            yield f'une ligne de « expect » n\'a pas {", ".join(missing)} (« "on" » veut des guillemets : nu, YAML lit « oui »).'
            continue
        yield from faults_of_a_day(case, row)


def faults_of_a_day(case: Row, row: Row) -> Iterator[str]:
    for name, answer in ANSWERERS.items():
        try:
            wrong = mismatches(case, row, answer)
        except CaseError as refused:
            yield f"le {row['on']} : refusé ({refused.code}, {refused.path or 'racine'}) : {refused}"
            return
        if wrong:
            yield f"le {row['on']} ({IN_FRENCH[name]}) : {' ; '.join(map(str, wrong))}. {row.get('why', row['article'])}"
