"""A register rewritten whole, chains and heads included, is no longer the one that was anchored."""

import pytest

from mespoints.register import anchors
from mespoints.register.anchors import AnchorFault, AnchorFinding, anchor, latest_anchor, verify_anchors
from mespoints.register.chain import ends, fingerprinted, verify, verify_numbers
from tests.register.entering import NOW, OTHER_NUMBER, arrival, enter, execute, holder, licence, offence, tamper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_nights() -> None:
    enter(1, [holder(), licence(), holder(3, file_number=OTHER_NUMBER), licence(4, file_number=OTHER_NUMBER)])
    anchor(NOW)
    enter(2, [arrival(1, offence())])
    anchor(NOW)
    enter(3, [arrival(1, offence(), file_number=OTHER_NUMBER)])
    anchor(NOW)


def copy() -> dict[int, bytes]:
    return {each.entry_number: each.digest for each in anchors.anchors()}


def last_offence() -> int:
    """The end of the chain of the first holder, entered the second night."""
    return int(execute("select min(id) from register_entry where kind = 'offence'")[0][0])


def forge() -> tuple[int, int]:
    """As whoever owns the database could: another figure, its fingerprint, the head. Gives the bounds of that night."""
    entry = last_offence()
    tamper("update register_entry set body = jsonb_set(body, '{points}', '1') where id = %s", entry)
    tamper(
        f"""update register_entry f set fingerprint = sha256(b.fingerprint || {fingerprinted("e")})
              from (select e.*, h.file_number from register_entry e join register_holder h on h.id = e.holder_id) e,
                   register_entry b
             where f.id = %s and e.id = f.id and b.holder_id = f.holder_id and b.position = f.position - 1""",  # noqa: S608 - constants
        entry,
    )
    tamper("update register_chainhead c set fingerprint = e.fingerprint from register_entry e where e.id = c.last_entry")
    before, after = sorted(copy())[:2]
    return before + 1, after


def rewrite_anchors() -> None:
    tamper("delete from register_anchor where entry_number > %s", min(copy()))
    anchor(NOW)


def chain_findings() -> list[object]:
    holders, numbers = ends()
    return [*verify(1, holders), *verify_numbers(1, numbers)]


def test_what_entered_is_anchored_once_each_night() -> None:
    assert len(copy()) == 3
    assert anchor(NOW) is None
    assert list(verify_anchors(copy())) == []


def test_the_chains_of_a_forger_hold_and_the_anchor_does_not() -> None:
    first, last = forge()
    assert chain_findings() == []
    assert list(verify_anchors({})) == [AnchorFinding(first=first, last=last, fault=AnchorFault.ENTRIES)]


def test_a_forger_who_writes_the_anchors_again_is_given_away_by_the_copy() -> None:
    kept = copy()
    forge()
    rewrite_anchors()
    assert list(verify_anchors({})) == []
    [finding] = verify_anchors(kept)
    assert finding.fault is AnchorFault.GONE
    assert finding.sentence == f"Écritures {finding.first} à {finding.last} : elles n’ont plus l’ancre que la copie en garde."


def test_the_first_anchor_that_differs_from_the_copy_is_told() -> None:
    kept = copy()
    first, last = forge()
    before = anchors.Anchor(entry_number=first - 1, digest=kept[first - 1])
    for number in sorted(kept)[1:]:
        before = anchors._following(before, number)
        tamper("update register_anchor set digest = %s where entry_number = %s", before.digest, number)
    assert list(verify_anchors({})) == []
    assert list(verify_anchors(kept)) == [AnchorFinding(first=first, last=last, fault=AnchorFault.COPY)]


@pytest.mark.parametrize("change", ["delete from register_entry", "update register_entry set id = id + 1000, fact_id = 'O9'"])
def test_an_entry_gone_or_moved_is_in_the_night_named(change: str) -> None:
    entry = last_offence()
    tamper(f"{change} where id = %s", entry)
    [finding] = verify_anchors({})
    assert finding.first <= entry <= finding.last


def test_an_entry_of_after_the_last_anchor_is_no_difference() -> None:
    last = latest_anchor()
    enter(4, [arrival(1, offence("O2"))])
    assert latest_anchor() == last
    assert list(verify_anchors(copy())) == []


def test_large_and_small_reads_are_not_the_same_anchor(monkeypatch: pytest.MonkeyPatch) -> None:
    """The slice is part of the format: changing it asks for a new table."""
    monkeypatch.setattr(anchors, "_SLICE", 1)
    assert len(list(verify_anchors({}))) == 3


def test_nothing_entered_is_nothing_to_anchor() -> None:
    tamper("delete from register_anchor")
    tamper("delete from register_batch")
    assert latest_anchor() is None
    assert anchor(NOW) is None
