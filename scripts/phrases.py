"""``make phrases``: every sentence that the invented people read, French and English side by side, in docs/phrases.md."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import msgspec

from mespoints.feed.rows import Row
from mespoints.feed.translation import translate
from mespoints.law.readings.course_adviser import course_advice
from mespoints.law.readings.explanation import ExplainedMovement, explanation
from mespoints.law.readings.forecast import ExpectedMovement, forecast
from mespoints.law.readings.obligations import pressing_obligations
from mespoints.law.readings.revocations import revocations, say_revocation
from mespoints.law.readings.situation import Situation, situation
from mespoints.law.record import Record
from mespoints.law.replay import replay
from mespoints.law.state import State
from mespoints.law.texts.sentences import count_of_points, in_words
from mespoints.operations.demo.people import Person, people
from mespoints.register.arrivals import FactArrival

PAGE = Path(__file__).resolve().parent.parent / "docs" / "phrases.md"
DAY = date(2026, 11, 23)
DAY_IN_WORDS = re.compile(r"\d+(er)?\u00a0\w+\u00a0\d{4}")
OPENING = f"""\
# What drivers read

Every sentence of the law that the invented people of the demonstration read on {in_words(DAY, "en")}, to reread aloud as a
worried driver would hear it. Written by `make phrases`; a test says when it is out of date. What a person has already read with
other days is left out.
"""
Rows = list[tuple[str, str, str]]
"""What is said, in French, in English."""


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.name} is written.")


def page(today: date = DAY) -> str:
    return "\n".join([OPENING, *(section(person, today) for person in people(today))])


def section(person: Person, today: date) -> str:
    record = record_of(person, today)
    state = replay(record)
    blocks = [
        f"## {person.title}",
        f"{standing(situation(state, today))} {person.shows}.",
        *told_movements(state, record, today),
        *titled("To come", coming(state, record, today)),
        *titled("A course?", advice(state, today)),
        *titled("Owed, or to check", owed(state, record, today)),
        *titled("Undone", undone(state, record, today)),
    ]
    return "\n\n".join(blocks) + "\n"


def record_of(person: Person, today: date) -> Record:
    arrivals = (translate(msgspec.convert(row, Row), line=1, data_day=today) for row in person.fact_rows)
    return Record.of(arrival.fact for arrival in arrivals if isinstance(arrival, FactArrival))


def standing(now: Situation) -> str:
    held = f"{count_of_points(now.balance)} sur {now.ceiling}" if now.ceiling is not None else count_of_points(now.balance)
    return f"*{held}.*"


def told_movements(state: State, record: Record, today: date) -> Iterator[str]:
    heard: set[str] = set()
    both = zip(explanation(state, record, today), explanation(state, record, today, language="en"), strict=True)
    for french, english in both:
        rows = fresh(movement_rows(french, english), heard)
        if rows:
            movement = french.movement
            left = f"{max(movement.account, 0)} sur {movement.ceiling}"
            yield f"**{in_words(movement.on)}, {movement.points_seen:+d}, {left}: {french.title}**" + "\n\n" + table(rows)


def movement_rows(french: ExplainedMovement, english: ExplainedMovement) -> Rows:
    return [
        ("title", french.title, english.title),
        ("why", french.why, english.why),
        ("meaning", french.meaning, english.meaning),
        ("action", french.action, english.action),
    ]


def coming(state: State, record: Record, today: date) -> Rows:
    both = zip(forecast(state, record, today), forecast(state, record, today, language="en"), strict=True)
    return [row for french, english in both for row in expected_rows(french, english)]


def expected_rows(french: ExpectedMovement, english: ExpectedMovement) -> Rows:
    when = f"{in_words(french.movement.on)}, {french.movement.points_seen:+d}"
    return [(when, french.title, english.title), ("condition", french.condition, english.condition)]


def advice(state: State, today: date) -> Rows:
    return [("advice", course_advice(state, today).advice, course_advice(state, today, language="en").advice)]


def owed(state: State, record: Record, today: date) -> Rows:
    both = zip(pressing_obligations(state, record, today), pressing_obligations(state, record, today, language="en"), strict=True)
    return [(french.kind, french.text, english.text) for french, english in both]


def undone(state: State, record: Record, today: date) -> Rows:
    return [
        ("undone", say_revocation(each, record), say_revocation(each, record, language="en"))
        for each in revocations(record, today, state)
    ]


def titled(title: str, rows: Rows) -> Iterator[str]:
    if rows:
        yield f"### {title}"
        yield table(rows)


def table(rows: Iterable[tuple[str, str, str]]) -> str:
    lines = [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows]
    return "\n".join(["| | Français | English |", "| --- | --- | --- |", *lines])


def fresh(rows: Rows, heard: set[str]) -> Rows:
    """What the person has not read yet, days and labels of offences aside."""
    new = [row for row in rows if row[0] != "title" and DAY_IN_WORDS.sub("…", row[1]) not in heard]
    heard |= {DAY_IN_WORDS.sub("…", row[1]) for row in new}
    return [rows[0], *new] if new else []


if __name__ == "__main__":
    main()
