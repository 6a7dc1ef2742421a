"""Whatever is done to the entries behind the register's back is found, and named."""

import pytest

from mespoints.register.chain import ChainFault, ChainFinding, ends, verify, verify_numbers
from tests.register.entering import (
    OTHER_NUMBER,
    arrival,
    enter,
    execute,
    holder,
    licence,
    offence,
    retraction,
    tamper,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ledger() -> None:
    """Two holders, four entries each, in two batches."""
    enter(
        1,
        [
            holder(),
            holder(2, file_number=OTHER_NUMBER),
            licence(3),
            arrival(4, offence()),
            licence(5, file_number=OTHER_NUMBER),
            arrival(6, offence(), file_number=OTHER_NUMBER),
        ],
    )
    enter(
        2,
        [
            arrival(1, offence("O2"), file_number=OTHER_NUMBER),
            arrival(2, offence("O2")),
            arrival(3, offence("O2", points=4), correction="Erreur de saisie."),
            retraction(4, file_number=OTHER_NUMBER),
        ],
    )


def findings() -> list[ChainFinding]:
    holders, numbers = ends()
    return [*verify(1, holders), *verify_numbers(1, numbers)]


def entries() -> list[tuple[int, int]]:
    """Holder and number of the entries of the first holder."""
    return execute("select holder_id, id from register_entry where holder_id = (select min(id) from register_holder) order by id")


def found(holder_id: int | None, entry: int, fault: ChainFault) -> ChainFinding:
    return ChainFinding(holder_id=holder_id, entry=entry, fault=fault)


def test_what_entered_verifies() -> None:
    assert len(entries()) == 4
    assert findings() == []


@pytest.mark.parametrize(
    "change",
    [
        "body = jsonb_set(body, '{points}', '1')",
        "recorded_on = recorded_on + 1",
        "kind = 'course'",
        "fact_id = 'O7'",
        "version = 7",
        "salt = gen_random_uuid()",
        "salt = null",
    ],
)
def test_an_altered_entry_is_named(change: str) -> None:
    holder_id, entry = entries()[1]
    tamper(f"update register_entry set {change} where id = %s", entry)  # noqa: S608 - the list above
    assert findings() == [found(holder_id, entry, ChainFault.ALTERED)]


def test_an_entry_altered_together_with_its_fingerprint_breaks_the_next_one() -> None:
    (holder_id, entry), (_, after) = entries()[1:3]
    tamper("update register_entry set fingerprint = sha256('x') where id = %s", entry)
    assert findings() == [found(holder_id, entry, ChainFault.ALTERED), found(holder_id, after, ChainFault.ALTERED)]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_missing_entry_is_named(place: int) -> None:
    holder_id, entry = entries()[place]
    after = entries()[place + 1][1]
    tamper("delete from register_entry where id = %s", entry)
    assert findings() == [found(holder_id, after, ChainFault.MISSING), found(None, entry, ChainFault.MISSING)]


def test_the_last_entry_cannot_go_unnoticed_either() -> None:
    holder_id, entry = entries()[-1]
    tamper("delete from register_entry where id = %s", entry)
    assert findings() == [found(holder_id, entry, ChainFault.MISSING), found(None, entry, ChainFault.MISSING)]


def test_a_whole_record_gone_is_named() -> None:
    holder_id, last = entries()[-1]
    gone = [entry for _, entry in entries()]
    tamper("delete from register_entry where holder_id = %s", holder_id)
    assert findings() == [
        found(holder_id, last, ChainFault.MISSING),
        *(found(None, entry, ChainFault.MISSING) for entry in gone),
    ]


def test_entries_that_changed_places_are_named() -> None:
    (holder_id, one), (_, other) = entries()[1:3]
    tamper("update register_entry set id = -id where id in (%s, %s)", one, other)
    tamper("update register_entry set id = case id when %s then %s else %s end where id < 0", -one, other, one)
    named = {(finding.holder_id, finding.entry) for finding in findings()}
    assert {(holder_id, one), (holder_id, other)} <= named
    assert ChainFault.REORDERED in {finding.fault for finding in findings()}


def test_an_entry_given_to_another_holder_is_named() -> None:
    holder_id, entry = entries()[-1]
    [(other,)] = execute("select max(id) from register_holder")
    tamper("update register_entry set holder_id = %s, fact_id = 'O9' where id = %s", other, entry)
    assert {finding.holder_id for finding in findings()} == {holder_id, other}


def test_a_record_given_to_another_number_is_named() -> None:
    holder_id, first = entries()[0]
    tamper("update register_holder set file_number = '150399200099' where id = %s", holder_id)
    assert found(holder_id, first, ChainFault.ALTERED) in findings()


def test_an_added_entry_is_named() -> None:
    holder_id, last = entries()[-1]
    number = ends()[1] + 10
    tamper(
        "insert into register_entry (id, holder_id, batch_id, fact_id, version, kind, body, recorded_on, entered_at, position,"
        " salt, fingerprint) select %s, holder_id, batch_id, 'O8', 1, kind, body, recorded_on, entered_at, position + 1,"
        " salt, fingerprint from register_entry where id = %s",
        number,
        last,
    )
    assert found(holder_id, number, ChainFault.ALTERED) in findings()


def test_an_entry_moved_in_time_is_named() -> None:
    holder_id, entry = entries()[1]
    tamper("update register_entry set entered_at = entered_at - interval '1 day' where id = %s", entry)
    assert findings() == [found(holder_id, entry, ChainFault.OUTSIDE_ITS_BATCH)]


def test_a_false_tombstone_is_named() -> None:
    holder_id, entry = entries()[1]
    tamper("update register_entry set kind = 'erased', body = '{\"erasure\": 7}', salt = null where id = %s", entry)
    [finding] = findings()
    assert finding == found(holder_id, entry, ChainFault.UNWARRANTED_ERASURE)
    assert finding.sentence == (
        f"Dossier interne {holder_id}, écriture {entry} : l’écriture a été effacée sans passage de la conservation."
    )


def test_the_same_content_has_another_fingerprint_elsewhere() -> None:
    assert execute("select count(*), count(distinct fingerprint), count(distinct salt) from register_entry") == [(8, 8, 8)]
