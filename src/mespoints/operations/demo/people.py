"""The invented people of the demonstration, their dates computed from the day it starts."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from mespoints.law.calendar import add_months
from mespoints.law.texts.catalogue import catalogue

OFFSET = re.compile(r"(?P<sign>-?)(?:(?P<years>\d+)y)?(?:(?P<months>\d+)m)?(?:(?P<days>\d+)d)?")
PEOPLE_FILE = files("mespoints.operations.demo").joinpath("people.toml")
DAY_FIELDS = {
    "on": "on",
    "committed": "committed_on",
    "established": "established_on",
    "recorded": "recorded_on",
    "until": "until",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    key: str
    title: str
    shows: str
    holder_row: dict[str, Any] | None
    """None when the register does not know this person."""
    fact_rows: tuple[dict[str, Any], ...]
    contact_rows: tuple[dict[str, Any], ...]
    """Where the administration writes to him; empty for most, who come by FranceConnect."""

    @property
    def email_on_file(self) -> str | None:
        return next((row["address"] for row in self.contact_rows if row["kind"] == "email"), None)


def people(today: date) -> tuple[Person, ...]:
    """Everyone, in the order of the file, with rows of the daily feed (docs/feed.md)."""
    return tuple(person(table, today) for table in tomllib.loads(PEOPLE_FILE.read_text(encoding="utf-8"))["person"])


def person(table: dict[str, Any], today: date) -> Person:
    known = table.get("in_register", True)
    facts = [*table["facts"], *long_history(table.get("movements", 0))]
    return Person(
        key=table["key"],
        title=table["title"],
        shows=table["shows"],
        holder_row=holder_row(table) if known else None,
        fact_rows=tuple(fact_row(table["file_number"], rank, fact, today) for rank, fact in enumerate(facts, 1)),
        contact_rows=tuple(
            contact_row(table["file_number"], kind, address, today) for kind, address in table.get("on_file", {}).items()
        ),
    )


def holder_row(table: dict[str, Any]) -> dict[str, Any]:
    return {
        "row": "holder",
        "file_number": table["file_number"],
        "birth_name": table["family_name"],
        "usage_name": table.get("usage_name"),
        "given_names": table["given_names"],
        "sex": {"female": "F", "male": "M"}[table["gender"]],
        "birth_date": table["birthdate"],
        "birth_commune": table["birthplace"] or None,
        "birth_country": table["birthcountry"],
        # What the register writes otherwise than the civil status.
        **table.get("written_in_register", {}),
    }


def contact_row(file_number: str, kind: str, address: str, today: date) -> dict[str, Any]:
    since = on_day("-1y", today).isoformat()
    return {"row": "contact", "file_number": file_number, "kind": kind, "address": address, "since": since}


def fact_row(file_number: str, rank: int, fact: dict[str, Any], today: date) -> dict[str, Any]:
    row = {name: value for name, value in fact.items() if name not in {*DAY_FIELDS, "id", "code", "by"}}
    days = {DAY_FIELDS[name]: on_day(value, today) for name, value in fact.items() if name in DAY_FIELDS}
    if fact["row"] == "licence":
        days["obtained_on"] = days.pop("on")
    if fact["row"] == "offence":
        row |= scale(fact, days["committed_on"]) | {"established_by": fact.get("by", "fine_paid")}
    recorded_on = days.pop("recorded_on", None) or registered_on(fact, days)
    return {
        "row": fact["row"],
        "file_number": file_number,
        "fact_id": fact.get("id", f"F{rank}"),
        **row,
        **{name: day.isoformat() for name, day in days.items()},
        "recorded_on": min(recorded_on, today).isoformat(),
    }


def registered_on(fact: dict[str, Any], days: dict[str, date]) -> date:
    """A source registers a fact a few days after it happened."""
    return (days["established_on"] if fact["row"] == "offence" else next(iter(days.values()))) + timedelta(days=3)


def scale(fact: dict[str, Any], committed_on: date) -> dict[str, Any]:
    """Class, points and label of the catalogue on the day of commission, or those of the fact when it has no code."""
    if "code" not in fact:
        return {}
    entry = catalogue()[fact["code"]]
    if not entry.in_force(committed_on):
        raise ValueError(f"people.toml: {entry.code} is not in force on {committed_on}")
    return {"offence_code": entry.code, "label": entry.label, "class": entry.offence_class.value, "points": entry.points}


def on_day(offset: str, today: date) -> date:
    """``-2y3m4d`` counted from ``today``. Raises ValueError on anything else."""
    read = OFFSET.fullmatch(offset)
    if read is None or not any(read[name] for name in ("years", "months", "days")):
        raise ValueError(f"people.toml: {offset!r} found, an offset such as -2y3m4d expected")
    sign = -1 if read["sign"] else 1
    months = int(read["years"] or 0) * 12 + int(read["months"] or 0)
    return add_months(today, sign * months) + timedelta(days=sign * int(read["days"] or 0))


OLD_YEARS = (32, 28, 24)
CYCLES = 18
LOSSES_IN_A_CYCLE = 8
MONTHS_IN_A_CYCLE = 8
LAST_CYCLE_MONTHS_AGO = 14
OPEN_LOSSES = 2


def long_history(movements: int) -> Iterator[dict[str, Any]]:
    """Two losses and a restoration three times, then series of single points that all return, then two open losses."""
    if not movements:
        return
    planned = 1 + 3 * len(OLD_YEARS) + 2 * CYCLES * LOSSES_IN_A_CYCLE + OPEN_LOSSES
    if movements != planned:
        raise ValueError(f"people.toml: {movements} movements asked, the long history has {planned}")
    for years in OLD_YEARS:
        yield old_loss(f"-{years}y", f"-{years - 1}y10m", 3, "Franchissement d'une ligne continue")
        yield old_loss(f"-{years - 1}y11m", f"-{years - 1}y9m", 4, "Feu rouge non respecté")
    for cycle in range(CYCLES):
        months = LAST_CYCLE_MONTHS_AGO + MONTHS_IN_A_CYCLE * (CYCLES - 1 - cycle)
        for rank in range(LOSSES_IN_A_CYCLE):
            yield single_point(f"-{months}m{20 - rank}d", f"-{months - 1}m{20 - rank}d")
    for rank in range(OPEN_LOSSES):
        yield single_point(f"-3m{9 - rank}d", f"-1m{9 - rank}d")


def old_loss(committed: str, established: str, points: int, label: str) -> dict[str, Any]:
    fact = {"row": "offence", "committed": committed, "established": established}
    return fact | {"class": "C4", "points": points, "label": label}


def single_point(committed: str, established: str) -> dict[str, Any]:
    return {"row": "offence", "code": "SPD_05_19_LE50", "committed": committed, "established": established}
