"""A file enters whole or not at all, and says why."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from mespoints.feed.import_ import ImportOutcome, ImportReport, import_file
from mespoints.feed.receptions import receptions
from tests.feed.samples import DATA_DAY, KEYS, NOW, enter, holder, licence, offence, write

ROWS = [holder(), licence(), offence()]


def is_empty() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select (select count(*) from register_holder) + (select count(*) from register_batch)")
        return bool(cursor.fetchone()[0] == 0)


@pytest.mark.django_db
class TestRefusedFiles:
    @pytest.mark.parametrize(
        ("manifest", "fault", "words"),
        [
            ({"sha256": "0" * 64}, "digest", "altéré"),
            ({"rows": 4}, "row_count", "compte 3 lignes, le manifeste en annonce 4"),
            ({"size": 5}, "too_long", "le manifeste en annonce 5"),
            ({"size": 5_000}, "truncated", "incomplet"),
            ({"totals": {"holder": 1, "licence": 1}}, "totals", "font 2 lignes"),
            ({"totals": {"holder": 1, "licence": 2}}, "totals", "compte 1 lignes « offence », le manifeste en annonce 0"),
            ({"totals": {"holder": 1, "licence": 1, "offence": 0, "course": 1}}, "totals", "« offence »"),
            ({"totals": {"holder": 1, "licence": 1, "offense": 1}}, "manifest_unreadable", "offense"),
            ({"sources": {"courts": "2026-11-23"}}, "manifest_unreadable", "courts"),
            ({"sources": {"gossip": "2026-11-22"}}, "manifest_unreadable", "gossip"),
            ({"previous_sequence": 7}, "previous", "dit suivre le numéro 7, le dernier entré porte le numéro 0"),
            ({"key_id": "someone"}, "unknown_key", "« someone », qui n’est pas déclarée (déclarées : tests)"),
            ({"file": "other.jsonl"}, "file_name", "other.jsonl"),
            ({"sequence": 2}, "gap", "on attend le numéro 1"),
            ({"sequence": 0}, "manifest_unreadable", "sequence"),
            ({"format": "mespoints-feed-9"}, "manifest_unreadable", "format"),
            ({"data_day": "2026-02-30"}, "manifest_unreadable", "data_day"),
            ({"signature": "x"}, "manifest_unreadable", "signature"),
            ({"signature": "A" * 86 + "=="}, "signature", "« tests »"),
            ({"note": "x"}, "manifest_unreadable", "note"),
        ],
    )
    def test_a_manifest_that_does_not_fit(self, tmp_path: Path, manifest: dict[str, Any], fault: str, words: str) -> None:
        drop = write(tmp_path, ROWS, **manifest)
        report = import_file(drop.data_path, drop.manifest_path, NOW, KEYS)
        assert report.outcome is ImportOutcome.REFUSED
        assert report.rows_read == 0
        assert report.refusal is not None
        assert report.refusal.fault.value == fault
        assert words in report.refusal.sentence
        assert is_empty()

    @pytest.mark.parametrize("damage", ["truncated", "flipped", "longer"])
    def test_a_file_damaged_on_its_way(self, tmp_path: Path, damage: str) -> None:
        drop = write(tmp_path, ROWS)
        content = bytearray(drop.data_path.read_bytes())
        if damage == "truncated":
            del content[-20:]
        elif damage == "flipped":
            content[50] ^= 1
        else:
            content += b"{}\n"
        drop.data_path.write_bytes(content)
        report = import_file(drop.data_path, drop.manifest_path, NOW, KEYS)
        assert report.refusal is not None
        assert report.refusal.fault.value == {"truncated": "truncated", "flipped": "digest", "longer": "too_long"}[damage]
        assert is_empty()

    @pytest.mark.parametrize("content", [b"", b"\xff", b"\xef\xbb\xbf{}", b"{", b"[]", b"{}", b"\x00" * 100_000])
    def test_a_manifest_that_does_not_read(self, tmp_path: Path, content: bytes) -> None:
        drop = write(tmp_path, ROWS)
        drop.manifest_path.write_bytes(content)
        report = import_file(drop.data_path, drop.manifest_path, NOW, KEYS)
        assert report.refusal is not None
        assert (report.sequence, report.refusal.fault.value) == (None, "manifest_unreadable")

    def test_files_that_are_not_there(self, tmp_path: Path) -> None:
        drop = write(tmp_path, ROWS)
        absent = import_file(tmp_path / "feed-1.jsonl", tmp_path / "none.json", NOW, KEYS)
        assert absent.refusal is not None
        assert absent.refusal.fault.value == "manifest_absent"
        drop.data_path.unlink()
        report = import_file(drop.data_path, drop.manifest_path, NOW, KEYS)
        assert report.refusal is not None
        assert report.refusal.fault.value == "file_absent"

    def test_a_hole_in_the_sequence_waits_for_what_is_missing(self, tmp_path: Path) -> None:
        assert enter(tmp_path, ROWS).outcome is ImportOutcome.ENTERED
        report = enter(tmp_path, [], sequence=3)
        assert report.refusal is not None
        assert report.refusal.sentence.startswith("Le fichier porte le numéro 3, on attend le numéro 2")
        assert enter(tmp_path, [], sequence=2).outcome is ImportOutcome.ENTERED
        assert enter(tmp_path, [], sequence=3).outcome is ImportOutcome.ENTERED

    def test_a_number_serves_once(self, tmp_path: Path) -> None:
        enter(tmp_path, ROWS)
        for other in (enter(tmp_path, ROWS[:2]), enter(tmp_path, ROWS, data_day=DATA_DAY + timedelta(days=1))):
            assert other.refusal is not None
            assert other.refusal.fault.value == "other_content"

    def test_each_reason_is_kept_once_with_the_times_it_was_met(self, tmp_path: Path) -> None:
        drop = write(tmp_path, ROWS, sequence=2)
        refused = [import_file(drop.data_path, drop.manifest_path, NOW + timedelta(hours=hours), KEYS) for hours in range(3)]
        drop.manifest_path.write_bytes(b"{")
        import_file(drop.data_path, drop.manifest_path, NOW + timedelta(hours=4), KEYS)
        enter(tmp_path, ROWS, now=NOW + timedelta(hours=5))
        entered, unread, gap = receptions()
        assert (entered.refusal, entered.sequence, entered.totals.rows_entered) == (None, 1, 3)
        assert unread.refusal is not None
        assert (unread.file, unread.refusal.fault.value, unread.sequence) == ("feed-2.manifest.json", "manifest_unreadable", None)
        assert (gap.refusal, gap.sequence, gap.key_id, gap.times) == (refused[0].refusal, 2, "tests", 3)
        assert (gap.received_at, gap.last_received_at) == (NOW, NOW + timedelta(hours=2))

    def test_a_file_that_changes_while_it_is_read_leaves_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        drop = write(tmp_path, ROWS)
        with monkeypatch.context() as patch:
            patch.setattr("mespoints.feed.import_.whole_file_refusal", lambda *_: None)
            content = drop.data_path.read_bytes()
            drop.data_path.write_bytes(content.replace(b'"points":3', b'"points":4'))
            report = import_file(drop.data_path, drop.manifest_path, NOW, KEYS)
        assert report.refusal is not None
        assert report.refusal.fault.value == "digest"
        assert is_empty()

    def test_an_empty_file_is_a_file(self, tmp_path: Path) -> None:
        report = enter(tmp_path, [])
        assert (report.outcome, report.rows_read) == (ImportOutcome.ENTERED, 0)


@pytest.mark.django_db(transaction=True)
def test_two_importers_at_once_enter_the_file_once(tmp_path: Path) -> None:
    drop = write(tmp_path, [holder(), licence(), *(offence(fact_id=f"O{n}") for n in range(2_000))])
    reports: list[ImportReport] = []
    start = threading.Barrier(2)

    def run() -> None:
        start.wait()
        try:
            reports.append(import_file(drop.data_path, drop.manifest_path, NOW, KEYS))
        finally:
            connection.close()

    importers = [threading.Thread(target=run) for _ in range(2)]
    for importer in importers:
        importer.start()
    for importer in importers:
        importer.join()
    assert sorted(report.outcome.value for report in reports) == ["already_entered", "entered"]
    assert {report.rows_entered for report in reports} == {2_002}
