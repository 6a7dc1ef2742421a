"""Damaged files stay out whole; bad lines stay out alone; what is left is as if they had never come."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import msgspec
import pytest
from django.db import connection, transaction

from mespoints.feed.import_ import ImportOutcome, ImportReport, import_file
from mespoints.feed.rejections import RejectionCode
from mespoints.feed.writing import Drop
from tests.faults.stage import files
from tests.faults.state import State, state
from tests.feed.samples import KEYS, NOW, holder, licence, offence, unestablished, write_bytes

pytestmark = pytest.mark.django_db

GOOD = [msgspec.json.encode(row) for row in (holder(), licence(), offence(), unestablished(fact_id="O2"))]
FEED_TABLES = {"batch", "quarantine", "reception"}


def now_in() -> State:
    with connection.cursor() as cursor:
        return state(cursor)


def enter(drop: Drop) -> ImportReport:
    return import_file(drop.data_path, drop.manifest_path, NOW, KEYS)


def register(content: State) -> dict[str, str]:
    return {table: said for table, said in content.items() if table not in FEED_TABLES}


def of_good_lines(folder: Path) -> State:
    with transaction.atomic():
        savepoint = transaction.savepoint()
        assert enter(signed(folder, b"\n".join(GOOD) + b"\n")).rows_refused == 0
        found = now_in()
        transaction.savepoint_rollback(savepoint)
    return found


def signed(folder: Path, content: bytes) -> Drop:
    """As a source would send it that believes in what it wrote."""
    lines = content.count(b"\n") + (not content.endswith(b"\n"))
    offences = content.count(b'"row":"offence"')
    totals = {"holder": 1, "licence": 1, "offence": offences, "course": lines - 2 - offences}
    return write_bytes(folder, content, rows=lines, totals=totals)


BAD_LINES = {
    "1 MB": (b'{"row":"course","fact_id":"' + b"x" * 1_000_000 + b'"}', RejectionCode.TOO_LARGE),
    "NUL": (GOOD[2].replace(b"fine", b"fi\x00ne"), RejectionCode.NUL),
    "escaped NUL": (GOOD[2].replace(b'"O1"', b'"O\\u00001"'), RejectionCode.CONTROL_CHARACTER),
    "Latin-1": (GOOD[0].decode().encode("latin-1", "replace"), RejectionCode.ENCODING),
    "UTF-16": ("é".encode("utf-16-le") + b"\xff\xfe", RejectionCode.ENCODING),
    "byte order mark": (b"\xef\xbb\xbf" + GOOD[0], RejectionCode.BYTE_ORDER_MARK),
    "duplicate key": (GOOD[2].replace(b'"points":3', b'"points":3,"points":4'), RejectionCode.DUPLICATE_KEY),
    "half a line": (GOOD[2][:40], RejectionCode.JSON),
    "empty line": (b"", RejectionCode.JSON),
}


@pytest.mark.parametrize("fault", BAD_LINES)
@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_bad_line_stays_out_alone(tmp_path: Path, fault: str, place: int) -> None:
    from mespoints.feed.quarantine_rows import quarantined

    expected = of_good_lines(tmp_path / "good")
    line, code = BAD_LINES[fault]
    report = enter(signed(tmp_path, b"\n".join([*GOOD[:place], line, *GOOD[place:]]) + b"\n"))
    assert (report.rows_read, report.rows_entered, report.rows_refused) == (5, 4, 1)
    assert [(row.rejection.line, row.rejection.code) for row in quarantined(1)] == [(place + 1, code)]
    assert register(now_in()) == register(expected)


def test_lines_of_another_system_enter(tmp_path: Path) -> None:
    expected = of_good_lines(tmp_path / "good")
    report = enter(signed(tmp_path, b"\r\n".join(GOOD) + b"\r\n"))
    assert (report.rows_entered, report.rows_refused) == (4, 0)
    assert register(now_in()) == register(expected)


def test_a_file_all_in_another_encoding_has_no_good_row(tmp_path: Path) -> None:
    before = now_in()
    content = (b"\n".join(GOOD) + b"\n").decode().encode("utf-16")
    report = enter(write_bytes(tmp_path, content, rows=content.count(b"\n") + 1, totals={"course": content.count(b"\n") + 1}))
    assert report.rows_entered == 0
    assert register(now_in()) == register(before)


def cut(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content))]


def flipped(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << random.randrange(8)]) + content[at + 1 :]


def play(folder: Path, damage: Callable[[bytes, Random], bytes], rounds: int, seed: int) -> None:
    from tests.faults.stage import SIGNER

    [drop] = files(folder, drivers=40, days=0, bad_share=0.0)
    random = Random(seed)  # noqa: S311 - nothing to protect
    before = now_in()
    for path in (drop.data_path, drop.manifest_path):
        whole = path.read_bytes()
        for _ in range(rounds):
            path.write_bytes(damage(whole, random))
            report = import_file(drop.data_path, drop.manifest_path, NOW, SIGNER.trusted)
            if report.outcome is ImportOutcome.REFUSED:
                assert report.refusal is not None
                assert report.refusal.sentence
                assert now_in() == before
            else:
                # A space of the manifest became another, or its last end of line is gone: it says what it said.
                assert path == drop.manifest_path
                assert msgspec.json.decode(path.read_bytes()) == msgspec.json.decode(whole)
                return
        path.write_bytes(whole)
    assert import_file(drop.data_path, drop.manifest_path, NOW, SIGNER.trusted).outcome is ImportOutcome.ENTERED


@pytest.mark.parametrize("damage", [cut, flipped])
def test_a_damaged_file_stays_out_until_it_comes_whole(tmp_path: Path, damage: Callable[[bytes, Random], bytes]) -> None:
    play(tmp_path, damage, rounds=8, seed=1)


@pytest.mark.faults
@pytest.mark.parametrize("damage", [cut, flipped])
@pytest.mark.parametrize("seed", range(5))
def test_a_file_damaged_anywhere_stays_out(tmp_path: Path, damage: Callable[[bytes, Random], bytes], seed: int) -> None:
    play(tmp_path, damage, rounds=100, seed=seed + 10)
