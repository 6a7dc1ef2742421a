"""The audit says nothing of a right register, and names the record and the entry of whatever was changed by hand."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from mespoints.operations import audit as auditing
from mespoints.operations import nightly_chain
from mespoints.operations.audit import NEVER_PROJECTED, audit
from mespoints.operations.progress import Silent
from mespoints.operations.projection_refresh import refresh
from mespoints.register import projection
from tests.feed.samples import KEYS, NOW, OTHER_FILE_NUMBER, enter, holder, licence, offence, write

pytestmark = pytest.mark.django_db


def findings(processes: int = 1) -> list[str]:
    return [sentence for verified in audit(processes, Silent()) for sentence in verified.findings]


def by_hand(statement: str) -> tuple[int, ...]:
    """As someone who can put the triggers to sleep."""
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute(statement)
        row: tuple[int, ...] = cursor.fetchone()
        cursor.execute("set local session_replication_role = origin")
    return row


@pytest.fixture
def register_of_two(tmp_path: Path) -> Path:
    write(
        tmp_path,
        [holder(), licence(), offence(), holder(file_number=OTHER_FILE_NUMBER), licence(file_number=OTHER_FILE_NUMBER)],
    )
    nightly_chain.run(now=NOW, drop_folder=tmp_path, keys=KEYS, channel=None, progress=Silent())
    return tmp_path


@pytest.mark.usefixtures("register_of_two")
def test_a_right_register_gives_no_finding() -> None:
    assert findings() == []
    assert sum(verified.records for verified in audit(1, Silent())) == 2


@pytest.mark.usefixtures("register_of_two")
@pytest.mark.parametrize("piece", [1, 2, 3])
def test_the_size_of_the_pieces_changes_nothing(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    by_hand("update register_projection set balance = 1 where balance = 9 returning 1")
    monkeypatch.setattr(auditing, "RANGE", piece)
    assert len(findings()) == 1


LAST_ENTRY = "(select max(e.id) from register_entry e where e.holder_id = p.holder_id)"


@pytest.mark.usefixtures("register_of_two")
@pytest.mark.parametrize(
    "change",
    [
        "balance = 8",
        "account = 8",
        "ceiling = 6",
        "status = 'annulled'",
        "probation_ends_on = '2030-01-01'",
        "next_change_on = null",
    ],
)
def test_a_situation_changed_by_hand_is_found(change: str) -> None:
    whose, entry = by_hand(
        f"update register_projection p set {change} where balance = 9 returning p.holder_id, {LAST_ENTRY}"  # noqa: S608
    )
    (sentence,) = findings()
    assert sentence.startswith(f"Dossier interne {whose}, écriture {entry} : la situation gardée dit")


@pytest.mark.usefixtures("register_of_two")
def test_a_situation_removed_by_hand_is_found() -> None:
    whose, entry = by_hand(f"delete from register_projection p where balance = 9 returning p.holder_id, {LAST_ENTRY}")  # noqa: S608
    assert findings() == [f"Dossier interne {whose}, écriture {entry} : aucune situation n’est gardée."]


@pytest.mark.usefixtures("register_of_two")
def test_an_entry_changed_by_hand_is_found_by_its_chain_and_by_its_situation() -> None:
    whose, entry = by_hand(
        "update register_entry set body = jsonb_set(body, '{points}', '1') where kind = 'offence' returning holder_id, id"
    )
    found = findings()
    assert len(found) == 2
    assert all(sentence.startswith(f"Dossier interne {whose}, écriture {entry} :") for sentence in found)


@pytest.mark.usefixtures("register_of_two")
def test_an_entry_that_no_longer_reads_is_named() -> None:
    whose, entry = by_hand("update register_entry set body = '[]' where kind = 'offence' returning holder_id, id")
    assert f"Dossier interne {whose}, écriture {entry} : l’une de ses écritures ne se lit plus." in findings()


@pytest.mark.usefixtures("register_of_two")
def test_an_entry_removed_by_hand_is_named() -> None:
    (entry,) = by_hand("delete from register_entry where kind = 'offence' returning id")
    assert [sentence for sentence in findings() if f"écriture {entry}" in sentence]


def test_entries_that_no_night_has_seen_yet_are_no_difference(register_of_two: Path) -> None:
    enter(register_of_two, [holder(file_number="150399200013"), licence(file_number="150399200013")], sequence=2)
    enter(register_of_two, [offence(fact_id="O2")], sequence=3)
    assert findings() == []


def test_a_refresh_that_was_stopped_halfway_is_no_difference(register_of_two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(register_of_two, [offence(fact_id="O2"), offence(fact_id="O2", file_number=OTHER_FILE_NUMBER)], sequence=2)
    monkeypatch.setattr(projection, "CHUNK", 1)

    class Unlucky(Silent):
        def advance(self, done: int = 1) -> None:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        refresh((NOW + timedelta(days=1)).date(), Unlucky())
    assert findings() == []


def test_before_the_first_night_the_chains_alone_are_verified(tmp_path: Path) -> None:
    enter(tmp_path, [holder(), licence()])
    assert findings() == [NEVER_PROJECTED]


def test_an_empty_register_is_right() -> None:
    assert findings() == []


@pytest.mark.django_db(transaction=True)
def test_several_processes_find_what_one_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(tmp_path, [holder(), licence(), holder(file_number=OTHER_FILE_NUMBER), licence(file_number=OTHER_FILE_NUMBER)])
    refresh(NOW.date(), Silent())
    with connection.cursor() as cursor:
        cursor.execute("update register_projection set balance = 1")
    monkeypatch.setattr(auditing, "RANGE", 1)
    alone = findings()
    assert len(alone) == 2
    assert findings(processes=2) == alone
