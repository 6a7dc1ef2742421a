"""What becomes of a paper: replaced, withdrawn, expired; its copy, and its end."""

from datetime import date, timedelta

import pytest

from mespoints.documents.issued_papers import IssuedPapers, status_of
from mespoints.documents.life import copy_of, end_of_life, erase_ended, paper_of, papers_of, status, withdraw
from mespoints.documents.models import DocumentCopy, IssuedDocument, State
from mespoints.documents.verification.verdict import PaperStatus
from mespoints.register.licence_state import LicenceState
from mespoints.register.models import Holder
from tests.documents.issuing import KEYS, PDF, TODAY, issued
from tests.documents.statements import ISSUED_AT, attestation, period, statement
from tests.register.entering import enter
from tests.register.entering import holder as arriving

pytestmark = pytest.mark.django_db

NOW = ISSUED_AT + timedelta(hours=1)


@pytest.fixture
def holder() -> int:
    enter(1, [arriving()])
    return Holder.objects.get().pk


def statuses(holder: int, today: date = TODAY) -> list[PaperStatus]:
    """Oldest first."""
    return [paper.status for paper in reversed(papers_of(holder, today))]


def test_a_new_paper_that_says_the_same_leaves_the_old_valid(holder: int) -> None:
    issued(attestation(), holder)
    issued(attestation(), holder, days_later=3)
    assert statuses(holder) == [PaperStatus.VALID, PaperStatus.VALID]


def test_a_record_that_changed_replaces_all_the_old_of_the_same_kind(holder: int) -> None:
    issued(attestation(), holder)
    issued(attestation(), holder, days_later=1)
    issued(statement(), holder, days_later=1)
    issued(attestation(licence_state=LicenceState.SUSPENDED), holder, days_later=2)
    replaced, valid = PaperStatus.REPLACED, PaperStatus.VALID
    assert statuses(holder) == [replaced, replaced, valid, valid]


def test_every_reader_is_told_the_same(holder: int) -> None:
    old = issued(attestation(), holder)
    issued(attestation(categories=()), holder, days_later=1)
    known = IssuedPapers().by_reference(old.reference)
    assert known is not None
    assert status_of(old.reference, TODAY) is IssuedPapers().status_of(old.reference, TODAY) is PaperStatus.REPLACED
    assert status_of("0000-0000-0000", TODAY) is PaperStatus.UNKNOWN


@pytest.mark.parametrize(
    ("state", "days", "told"),
    [
        (State.CURRENT, 0, PaperStatus.VALID),
        (State.CURRENT, 1, PaperStatus.EXPIRED),
        (State.REPLACED, 1, PaperStatus.REPLACED),
        (State.WITHDRAWN, 1, PaperStatus.WITHDRAWN),
    ],
)
def test_the_last_day_is_included_and_the_worst_is_said(state: State, days: int, told: PaperStatus) -> None:
    assert status(state, TODAY, TODAY + timedelta(days=days)) is told
    assert status(State.CURRENT, None, date.max) is PaperStatus.VALID


def test_the_copy_is_the_file_delivered_and_is_the_holders_alone(holder: int) -> None:
    paper = issued(statement(), holder)
    assert copy_of(holder, paper.reference, KEYS) == PDF
    assert copy_of(holder + 1, paper.reference, KEYS) is None
    assert paper_of(holder + 1, paper.reference, TODAY) is None
    assert not withdraw(holder + 1, paper.reference, NOW)
    assert PDF not in bytes(DocumentCopy.objects.get().ciphertext)


def test_a_withdrawn_paper_says_so_and_its_copy_is_gone(holder: int) -> None:
    paper = issued(attestation(), holder)
    assert withdraw(holder, paper.reference, NOW)
    assert statuses(holder) == [PaperStatus.WITHDRAWN]
    assert status_of(paper.reference, TODAY) is PaperStatus.WITHDRAWN
    assert copy_of(holder, paper.reference, KEYS) is None
    held = paper_of(holder, paper.reference, TODAY)
    assert held is not None
    assert (held.can_be_withdrawn, held.kept_until, held.ended_at) == (False, None, NOW)
    assert not withdraw(holder, paper.reference, NOW + timedelta(days=1))


def test_a_replaced_paper_may_still_be_withdrawn(holder: int) -> None:
    old = issued(attestation(), holder)
    issued(attestation(categories=()), holder, days_later=1)
    assert withdraw(holder, old.reference, NOW)
    assert statuses(holder) == [PaperStatus.WITHDRAWN, PaperStatus.VALID]


def test_a_withdrawn_paper_is_not_said_replaced_later(holder: int) -> None:
    old = issued(attestation(), holder)
    withdraw(holder, old.reference, NOW)
    issued(attestation(categories=()), holder, days_later=1)
    assert statuses(holder) == [PaperStatus.WITHDRAWN, PaperStatus.VALID]


def test_a_copy_lives_four_months_or_two() -> None:
    assert end_of_life(attestation()) == attestation().expires_on == date(2027, 3, 21)
    assert end_of_life(statement()) == end_of_life(period()) == date(2027, 1, 22)


def test_at_the_end_of_its_life_nothing_of_what_it_said_is_left(holder: int) -> None:
    paper = issued(attestation(), holder)
    last = attestation().expires_on
    assert erase_ended(last) == 0
    assert erase_ended(last + timedelta(days=1)) == 1
    assert erase_ended(last + timedelta(days=1)) == 0
    left = IssuedDocument.objects.get()
    assert (left.initials, left.licence_state, left.categories, left.kept_until) == ("", "", "", None)
    assert not DocumentCopy.objects.exists()
    # What it was, and that it is over, still stands.
    assert status_of(paper.reference, last + timedelta(days=1)) is PaperStatus.EXPIRED


def test_a_statement_that_was_erased_is_still_said_replaced(holder: int) -> None:
    issued(statement(), holder)
    erase_ended(TODAY + timedelta(days=90))
    issued(statement(movements=()), holder, days_later=91)
    assert statuses(holder) == [PaperStatus.REPLACED, PaperStatus.VALID]


def test_the_night_erases_any_number(holder: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mespoints.documents.life._ERASED_AT_ONCE", 2)
    for _ in range(5):
        issued(statement(), holder)
    assert erase_ended(date(2027, 2, 1)) == 5


def test_without_keys_no_copy_is_kept(holder: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.documents.issuing.KEYS", None)
    issued(statement(), holder)
    (paper,) = papers_of(holder, TODAY)
    assert paper.kept_until is None


def test_the_moment_is_that_of_the_new_paper(holder: int) -> None:
    old = issued(attestation(), holder)
    new = issued(attestation(categories=()), holder, days_later=1)
    old.refresh_from_db()
    assert old.ended_at == new.issued_at


def test_only_the_latest_are_listed(holder: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mespoints.documents.life.MOST_LISTED", 2)
    references = [issued(attestation(), holder, days_later=day).reference for day in range(3)]
    assert [paper.reference for paper in papers_of(holder, TODAY)] == references[:0:-1]
    assert paper_of(holder, references[0], TODAY) is not None
