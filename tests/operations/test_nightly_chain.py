"""A night from the drop folder to the report, played twice, stopped, and beside another one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection

from mespoints.desk import journal
from mespoints.desk.night_report import FileOutcome, NightOutcome, NightReport, NightStep
from mespoints.messages.channels import ChannelName
from mespoints.messages.outbox import enqueue
from mespoints.messages.parcel import Parcel
from mespoints.messages.templates import TemplateCode
from mespoints.operations import anchor_file, nightly_chain
from mespoints.operations.alone import NightAlreadyRunning
from mespoints.operations.night import NightStopped
from mespoints.operations.nightly_chain import NO_CHANNEL
from mespoints.operations.progress import Silent
from mespoints.register import projection
from tests.feed.samples import DATA_DAY, KEYS, NOW, OTHER_FILE_NUMBER, holder, licence, offence, write

pytestmark = pytest.mark.django_db


class Letterbox:
    name = ChannelName.EMAIL

    def __init__(self) -> None:
        self.parcels: list[Parcel] = []

    def send(self, parcel: Parcel) -> None:
        self.parcels.append(parcel)


def night(folder: Path, channel: Letterbox | None = None, nights_later: int = 0) -> NightReport:
    return nightly_chain.run(
        now=NOW + timedelta(days=nights_later),
        drop_folder=folder,
        keys=KEYS,
        channel=channel or Letterbox(),
        progress=Silent(),
    )


def balances() -> list[int]:
    return sorted(row.balance for row in projection.stored(0, 2**40).values())


def test_every_file_enters_in_sequence_and_the_situations_follow(tmp_path: Path) -> None:
    write(tmp_path, [offence()], sequence=2)
    write(tmp_path, [holder(), licence()], sequence=1)
    report = night(tmp_path)
    assert report.outcome is NightOutcome.DONE
    assert [(file.sequence, file.outcome, file.rows_entered) for file in report.files] == [
        (1, FileOutcome.ENTERED, 2),
        (2, FileOutcome.ENTERED, 1),
    ]
    assert (report.touched, report.due, report.first_seen) == (1, 0, 1)
    assert balances() == [9]
    assert [each.step for each in report.steps] == list(NightStep)


def test_a_file_of_anchors_that_does_not_read_is_told_and_the_night_goes_on(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    (settings.DATA_DIR / anchor_file.NAME).write_text("what is this")
    write(tmp_path, [holder(), licence(), offence()])
    report = night(tmp_path)
    assert (report.outcome, balances()) == (NightOutcome.TO_ATTEND, [9])
    assert "ne se lit pas" in report.failures[0]


def test_a_night_played_again_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, [holder(), licence(), offence()])
    letterbox = Letterbox()
    enqueue(template=TemplateCode.SIGN_IN_NOTICE, recipient="zoe@example.org", now=NOW)
    assert night(tmp_path, letterbox).messages_sent == 1
    again = night(tmp_path, letterbox)
    assert (again.files, again.files_known, again.touched, again.due, again.messages_sent) == ((), 1, 0, 0, 0)
    assert again.outcome is NightOutcome.DONE
    assert len(letterbox.parcels) == 1


def test_after_a_refused_file_the_following_ones_wait_and_the_rest_of_the_night_goes_on(tmp_path: Path) -> None:
    write(tmp_path, [holder(), licence(obtained_on="2025-11-23")], sequence=1)
    night(tmp_path, nights_later=-1)
    write(tmp_path, [offence()], sequence=2, sha256="0" * 64)
    write(tmp_path, [holder(file_number=OTHER_FILE_NUMBER)], sequence=3)
    report = night(tmp_path)
    assert [(file.sequence, file.outcome) for file in report.files] == [(2, FileOutcome.REFUSED), (3, FileOutcome.WAITING)]
    assert "n° 2" in (report.files[1].sentence or "")
    assert report.outcome is NightOutcome.TO_ATTEND
    assert (report.due, report.changed) == (1, 1)
    assert balances() == [8]


def test_bad_rows_are_counted_and_someone_is_called(tmp_path: Path) -> None:
    write(tmp_path, [holder(), licence(), offence(points="X")])
    report = night(tmp_path)
    assert (report.rows_refused, report.outcome) == (1, NightOutcome.TO_ATTEND)


def test_what_cannot_be_ranked_is_told_and_keeps_nobody(tmp_path: Path) -> None:
    write(tmp_path, [holder(), licence()])
    (tmp_path / "feed-9.manifest.json").write_text("{}")
    (tmp_path / "feed-8.jsonl").write_text("{}\n")
    report = night(tmp_path)
    assert {(file.name, file.outcome) for file in report.files} == {
        ("feed-1.jsonl", FileOutcome.ENTERED),
        ("feed-9.manifest.json", FileOutcome.REFUSED),
        ("feed-8.jsonl", FileOutcome.WAITING),
    }


def test_a_missing_folder_is_told_and_those_due_are_still_looked_at(tmp_path: Path) -> None:
    write(tmp_path, [holder(), licence(obtained_on="2025-11-23")])
    night(tmp_path, nights_later=-1)
    report = night(tmp_path / "elsewhere")
    assert report.due == 1
    assert [sentence for sentence in report.failures if "elsewhere" in sentence]


def test_without_a_server_the_messages_wait_and_it_is_told(tmp_path: Path) -> None:
    report = nightly_chain.run(now=NOW, drop_folder=tmp_path, keys=KEYS, channel=None, progress=Silent())
    assert report.failures == (NO_CHANNEL,)


def test_balances_that_differ_call_someone(tmp_path: Path) -> None:
    stated = {"row": "stated_balance", "file_number": licence()["file_number"], "on": str(DATA_DAY)}
    write(tmp_path, [holder(), licence(), {**stated, "points": 7}])
    report = night(tmp_path)
    assert (report.balances_compared, report.balances_differing) == (1, 1)
    assert report.outcome is NightOutcome.TO_ATTEND


def test_the_report_is_kept_and_read_back_whole(tmp_path: Path) -> None:
    write(tmp_path, [holder(), licence()])
    report = night(tmp_path)
    (kept,) = journal.latest(5)
    assert kept.report == report
    assert journal.night(kept.number) == kept


def test_a_step_that_fails_stops_the_night_in_words_and_the_next_one_takes_it_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, [holder(), licence()])
    with monkeypatch.context() as patch:

        def gone(*_: object) -> None:
            raise OperationalError("row of Zoé Lefèvre")

        patch.setattr(nightly_chain, "refresh", gone)
        with pytest.raises(NightStopped, match="base de données") as stopped:
            night(tmp_path)
    assert "Zoé" not in str(stopped.value)
    (kept,) = journal.latest(5)
    assert kept.report.outcome is NightOutcome.STOPPED
    assert kept.report.failures == (str(stopped.value),)
    assert night(tmp_path).touched == 1


def test_a_night_that_never_came_back_is_called_interrupted_by_the_next_one(tmp_path: Path) -> None:
    lost = journal.open_night(NightReport(started_at=NOW - timedelta(days=1), today=DATA_DAY))
    night(tmp_path)
    kept = journal.night(lost)
    assert kept is not None
    assert kept.report.outcome is NightOutcome.INTERRUPTED


@pytest.fixture
def someone_else() -> Iterator[psycopg.Connection]:
    url = connection.settings_dict
    with psycopg.connect(dbname=url["NAME"], user=url["USER"], host=url["HOST"], password=url["PASSWORD"] or None) as other:
        yield other


def test_two_nights_never_run_together(tmp_path: Path, someone_else: psycopg.Connection) -> None:
    someone_else.execute("select pg_advisory_lock(4823318)")
    with pytest.raises(NightAlreadyRunning, match="déjà en cours"):
        night(tmp_path)
    assert journal.latest(5) == ()
    someone_else.execute("select pg_advisory_unlock(4823318)")
    night(tmp_path)
    row = someone_else.execute("select pg_try_advisory_lock(4823318)").fetchone()
    assert row == (True,)


def test_a_report_of_before_a_figure_existed_still_reads(tmp_path: Path) -> None:
    report = night(tmp_path)
    (kept,) = journal.latest(1)
    with connection.cursor() as cursor:
        cursor.execute("update desk_night set report = report - 'rows_back' - 'files_known'")
    found = journal.night(kept.number)
    assert found is not None
    assert found.report == replace(report, rows_back=0, files_known=0)
