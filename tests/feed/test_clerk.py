"""The set-based merge against a naive clerk, who reads the rows one by one and remembers what he has seen."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mespoints.feed.quarantine import Replay
from mespoints.feed.quarantine_rows import quarantined
from tests.feed.samples import OTHER_FILE_NUMBER, Fields, enter, fact, holder, licence, offence, unestablished

ESTABLISHMENT = ("established_on", "established_by")
CARD = ("title_number", "categories")

ROWS = [
    holder(),
    holder(usage_name="Ormeau"),
    holder(given_names=["Zoé", "Anne", "Lise"]),
    holder(file_number=OTHER_FILE_NUMBER),
    licence(),
    licence(title_number="26AA00002"),
    licence(categories=["B"]),
    licence(path="aac"),
    licence(fact_id="O1"),
    offence(),
    offence(points=4),
    offence(recorded_on="2026-01-01"),
    offence(established_by="increased_fine"),
    offence(file_number=OTHER_FILE_NUMBER),
    unestablished(),
    unestablished(points=4),
    unestablished(label="Vitesse"),
    offence(label="Vitesse"),
    fact("course", fact_id="O1", on="2025-09-02"),
    fact("course", fact_id="L1", on="2025-09-02", file_number=OTHER_FILE_NUMBER),
]
FILES = st.lists(st.lists(st.sampled_from(ROWS), max_size=12), min_size=1, max_size=3)


class Clerk:
    """Knows holders by number, cards and versions of facts by number and ``fact_id``."""

    def __init__(self) -> None:
        self.holders: dict[str, Fields] = {}
        self.cards: dict[tuple[str, str], Fields] = {}
        self.facts: dict[tuple[str, str], list[Fields]] = {}
        self.waiting: list[Fields] = []

    def verdicts(self, rows: Sequence[Fields]) -> list[str]:
        arriving = {row["file_number"] for row in rows if row["row"] == "holder"} | set(self.holders)
        verdicts = [self._holder(row) if row["row"] == "holder" else self._fact(row, arriving) for row in rows]
        self.waiting += [row for row, verdict in zip(rows, verdicts, strict=True) if verdict == "unknown_holder"]
        return verdicts

    def verdicts_of_those_who_waited(self) -> list[str]:
        """Facts whose holder has come since."""
        released = [row for row in self.waiting if row["file_number"] in self.holders]
        self.waiting = [row for row in self.waiting if row["file_number"] not in self.holders]
        return [self._fact(row, set(self.holders)) for row in released]

    def _holder(self, row: Fields) -> str:
        is_known = self.holders.get(row["file_number"]) == row
        self.holders[row["file_number"]] = row
        return "known" if is_known else "entered"

    def _fact(self, row: Fields, holders: set[str]) -> str:
        if row["file_number"] not in holders:
            return "unknown_holder"
        key = (row["file_number"], row["fact_id"])
        content = {name: value for name, value in row.items() if name not in {"recorded_on", *CARD}}
        versions = self.facts.setdefault(key, [])
        if content in versions:
            verdict = "known"
        elif not versions or self._establishes(content, versions[-1]):
            versions.append(content)
            verdict = "entered"
        else:
            return "conflict"
        if row["row"] == "licence":
            card = {name: row[name] for name in CARD}
            if self.cards.get(key) != card:
                verdict = "entered"
            self.cards[key] = card
        return verdict

    def _establishes(self, content: Fields, standing: Fields) -> bool:
        def rest(fields: Fields) -> Fields:
            return {name: value for name, value in fields.items() if name not in ESTABLISHMENT}

        both_offences = content["row"] == standing["row"] == "offence"
        return both_offences and not standing["established_on"] and content["established_on"] and rest(content) == rest(standing)


@contextmanager
def undone() -> Iterator[None]:
    """Each example starts from the empty register of the test."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=FILES)
def test_the_merge_and_the_clerk_agree_on_every_row(tmp_path: Path, files: list[list[Fields]]) -> None:
    with undone():
        clerk = Clerk()
        for sequence, rows in enumerate(files, start=1):
            expected = clerk.verdicts(rows)
            late = clerk.verdicts_of_those_who_waited()
            report = enter(tmp_path, rows, sequence=sequence)
            assert report.replay == Replay(
                rows_read=len(late),
                rows_entered=late.count("entered"),
                rows_known=late.count("known"),
                rows_refused=late.count("conflict"),
            )
            refused = [(line, verdict) for line, verdict in enumerate(expected, start=1) if verdict not in {"entered", "known"}]
            assert [(row.rejection.line, row.rejection.code.value) for row in quarantined(sequence)] == refused
            assert report.rows_read == len(rows)
            assert (report.rows_entered, report.rows_known) == (expected.count("entered"), expected.count("known"))
            assert report.rows_refused == len(refused)
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from register_entry")
            assert cursor.fetchone()[0] == sum(len(versions) for versions in clerk.facts.values())
            cursor.execute(
                "select h.file_number, l.fact_id, l.title_number, l.categories from register_licence l"
                " join register_holder h on h.id = l.holder_id"
            )
            cards = {
                (number, fact_id): {"title_number": title, "categories": kinds}
                for number, fact_id, title, kinds in cursor.fetchall()
            }
            assert cards == clerk.cards
