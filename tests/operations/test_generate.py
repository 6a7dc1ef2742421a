"""Invented files: the same for a seed, entered without a refusal, written in constant memory."""

import hashlib
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

import msgspec
import pytest

from mespoints.feed.import_ import ImportReport, import_file
from mespoints.feed.signing import Signer
from mespoints.feed.writing import Drop
from mespoints.law.readings.situation import situation
from mespoints.law.record import Record
from mespoints.law.replay import replay
from mespoints.operations.generate import Plan, Refused, generate
from mespoints.operations.invented_drivers import FILE_MONTHS, driver, file_number
from mespoints.operations.progress import Silent

SIGNER = Signer.drawn("tests")
LAST_DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def plan(drivers: int = 60, days: int = 6, seed: int = 7, **changes: float) -> Plan:
    return Plan(drivers=drivers, days=days, seed=seed, last_day=LAST_DAY, **changes)  # type: ignore[arg-type]


def written(folder: Path, asked: Plan) -> list[Drop]:
    folder.mkdir(exist_ok=True)
    return list(generate(asked, folder, SIGNER, Silent()))


def contents(drops: list[Drop]) -> list[str]:
    return [hashlib.sha256(drop.data_path.read_bytes()).hexdigest() for drop in drops]


def entered(drops: list[Drop]) -> list[ImportReport]:
    return [import_file(drop.data_path, drop.manifest_path, NOW, SIGNER.trusted) for drop in drops]


def test_the_seed_and_the_last_day_decide_everything(tmp_path: Path) -> None:
    first = contents(written(tmp_path / "a", plan()))
    assert contents(written(tmp_path / "b", plan())) == first
    assert contents(written(tmp_path / "c", plan(seed=8)))[0] != first[0]
    assert len(first) == 7


@pytest.mark.django_db
def test_all_that_is_invented_enters(tmp_path: Path) -> None:
    drops = written(tmp_path, plan(offences_a_day=80, drivers=200))
    reports = entered(drops)
    assert [(report.rows_refused, report.rows_known, report.refusal) for report in reports] == [(0, 0, None)] * 7
    kinds = Counter(msgspec.json.decode(line)["row"] for drop in drops for line in drop.data_path.read_bytes().splitlines())
    assert {"holder", "licence", "offence", "course", "contact", "correction", "retraction", "stated_balance"} <= set(kinds)


@pytest.mark.django_db
def test_the_balances_it_states_are_those_of_the_law(tmp_path: Path) -> None:
    from mespoints.feed.reconciliation import reconcile

    entered(written(tmp_path, plan(drivers=600, days=0)))
    done = reconcile(NOW)
    assert done.agreeing > 0
    assert done.differing == done.unknown_holder == 0


@pytest.mark.django_db
def test_bad_rows_are_put_in_as_asked_and_all_refused(tmp_path: Path) -> None:
    [drop] = written(tmp_path, plan(drivers=300, days=0, bad_share=0.2))
    [report] = entered([drop])
    assert 0.12 < report.rows_refused / report.rows_read < 0.28
    assert report.rows_read - report.rows_refused == report.rows_entered
    [good] = written(tmp_path / "good", plan(drivers=300, days=0))
    assert report.rows_entered == len(good.data_path.read_bytes().splitlines())


def test_no_two_drivers_share_a_number_and_none_is_real() -> None:
    ranks = chain(range(3 * FILE_MONTHS), range(48_000_000, 48_000_000 + FILE_MONTHS))
    numbers = [file_number(rank) for rank in ranks]
    assert len(set(numbers)) == len(numbers)
    assert {number[4:6] for number in numbers} == {"99"}
    assert {len(number) for number in numbers} == {12}


def test_the_population_looks_like_the_country() -> None:
    """79 % of drivers hold twelve points, and less than one in a hundred has a licence that is no longer valid."""
    states = [situation(replay(Record.of(driver(3, rank, LAST_DAY).facts)), LAST_DAY) for rank in range(4_000)]
    assert 0.74 < sum(state.balance == 12 for state in states) / len(states) < 0.84
    assert sum(state.balance == 0 for state in states) / len(states) < 0.02


def test_it_never_writes_over_a_file(tmp_path: Path) -> None:
    written(tmp_path, plan(days=0))
    with pytest.raises(Refused, match="contient déjà feed-000001"):
        written(tmp_path, plan(days=0))
    assert len(written(tmp_path, plan(days=1, first_sequence=2))) == 2


@pytest.mark.parametrize("wrong", [{"drivers": 0}, {"days": -1}, {"bad_share": 1.0}])
def test_what_cannot_be_made_is_refused(tmp_path: Path, wrong: dict[str, int]) -> None:
    with pytest.raises(Refused, match="attendu"):
        written(tmp_path, plan(**wrong))


def test_the_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Two processes of their own: one writes twenty times more than the other."""
    few, many = (peak(tmp_path / str(drivers), drivers) for drivers in (500, 10_000))
    assert many - few < 6_000, (few, many)


def peak(folder: Path, drivers: int) -> int:
    """KiB."""
    program = (
        "import resource, sys; from mespoints.cli import main;"
        f"main(['generate', '--drivers', '{drivers}', '--days', '1', '--seed', '1', '--folder', {str(folder)!r}]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONPATH": ":".join(sys.path)}
    )
    return int(done.stdout.splitlines()[-1])
