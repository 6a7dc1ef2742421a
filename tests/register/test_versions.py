"""Establishments, corrections, retractions: what stands, what was known, what is refused."""

from datetime import date

import pytest

from mespoints.register.arrivals import Arrival
from mespoints.register.chain import ChainFault, ends, verify
from tests.register.entering import arrival, cancelled, enter, figures, holder, licence, offence, read, retraction, tamper

pytestmark = pytest.mark.django_db

WHY = "Erreur de saisie."


def points(known_at: int | None = None) -> list[int]:
    return [offence.points for offence in read(known_at).record.offences]


@pytest.fixture
def first() -> int:
    """Known at: a holder, a licence, an offence of three points."""
    assert figures(enter(1, [holder(), licence(), arrival(3, offence())])) == (3, 0, [])
    return read().known_at


def test_a_correction_is_a_new_version_and_the_past_stays_known(first: int) -> None:
    assert figures(enter(2, [arrival(1, offence(points=4), correction=WHY)])) == (1, 0, [])
    second = read().known_at
    assert figures(enter(3, [arrival(1, offence(points=2), correction=WHY)])) == (1, 0, [])
    assert (points(first), points(second), points()) == ([3], [4], [2])


def test_the_correction_sent_again_is_known(first: int) -> None:
    rows = [
        arrival(1, offence(points=4), correction=WHY),
        arrival(2, offence(points=4), correction=WHY),
    ]
    assert figures(enter(2, rows)) == (1, 1, [])
    assert figures(enter(3, rows)) == (0, 2, [])


def test_the_first_content_sent_again_does_not_undo_a_correction(first: int) -> None:
    enter(2, [arrival(1, offence(points=4), correction=WHY)])
    assert figures(enter(3, [arrival(1, offence())])) == (0, 1, [])
    assert points() == [4]


def test_a_correction_may_return_to_a_former_content(first: int) -> None:
    enter(2, [arrival(1, offence(points=4), correction=WHY)])
    assert figures(enter(3, [arrival(1, offence(), correction=WHY)])) == (1, 0, [])
    assert points() == [3]


def test_corrections_of_one_file_follow_its_lines(first: int) -> None:
    rows = [arrival(line, offence(points=line), correction=WHY) for line in (4, 1, 2)]
    assert figures(enter(2, rows)) == (3, 0, [])
    assert points() == [4]


def test_a_correction_of_nothing_and_of_another_kind_are_refused(first: int) -> None:
    rows: list[Arrival] = [
        arrival(1, offence("O9"), correction=WHY),
        retraction(2, "O9"),
        arrival(3, cancelled("O1", target="O2"), correction=WHY),
    ]
    assert figures(enter(2, rows)) == (0, 0, [(1, "unknown_fact"), (2, "unknown_fact"), (3, "conflict")])


def test_a_retracted_fact_ceases_to_be(first: int) -> None:
    assert figures(enter(2, [retraction(1)])) == (1, 0, [])
    assert points() == []
    assert points(first) == [3]
    assert figures(enter(3, [retraction(1), arrival(2, offence())])) == (0, 2, [])
    assert points() == []


def test_a_retracted_fact_comes_back_by_a_correction_only(first: int) -> None:
    enter(2, [retraction(1)])
    assert figures(enter(3, [arrival(1, offence(points=4))])) == (0, 0, [(1, "conflict")])
    assert figures(enter(4, [arrival(1, cancelled("O1", "O2"), correction=WHY)]))[2] == [(1, "conflict")]
    assert figures(enter(5, [arrival(1, offence(), correction=WHY)])) == (1, 0, [])
    assert points() == [3]


def test_a_fact_may_come_be_corrected_and_go_in_one_file() -> None:
    rows: list[Arrival] = [
        holder(),
        arrival(2, offence()),
        arrival(3, offence(points=4), correction=WHY),
        retraction(4),
    ]
    assert figures(enter(1, rows)) == (4, 0, [])
    assert points() == []


def test_an_offence_others_speak_of_is_not_retracted_under_them(first: int) -> None:
    enter(2, [arrival(1, cancelled())])
    assert figures(enter(3, [retraction(1)])) == (0, 0, [(1, "still_referred")])
    assert figures(enter(4, [retraction(1), retraction(2, "A1")])) == (2, 0, [])
    assert read().record.offences == ()
    assert figures(enter(5, [arrival(1, cancelled("A2"))])) == (0, 0, [(1, "dangling_reference")])
    assert figures(enter(6, [arrival(1, cancelled())])) == (0, 1, [])


def test_a_corrected_day_of_commission_keeps_simultaneous_offences_together(first: int) -> None:
    enter(2, [arrival(1, offence("O2", simultaneous_with="O1"))])
    moved = date(2025, 6, 13)
    assert figures(enter(3, [arrival(1, offence(on=moved), correction=WHY)])) == (0, 0, [(1, "collision")])
    both = [
        arrival(1, offence(on=moved), correction=WHY),
        arrival(2, offence("O2", on=moved, simultaneous_with="O1"), correction=WHY),
    ]
    assert figures(enter(4, both)) == (2, 0, [])


def test_an_establishment_follows_a_correction(first: int) -> None:
    rows = [
        arrival(1, offence("O2", established_on=None, established_by=None)),
        arrival(2, offence("O2", established_on=None, established_by=None, points=4), correction=WHY),
        arrival(3, offence("O2", points=4)),
    ]
    assert figures(enter(2, rows)) == (3, 0, [])
    found = read().record.offence("O2")
    assert found is not None
    assert (found.points, found.established_on) == (4, date(2025, 7, 24))


def test_a_retracted_licence_takes_its_card_along(first: int) -> None:
    enter(2, [retraction(1, "L1")])
    assert read().licences == ()
    assert len(read(first).licences) == 1


def test_why_a_fact_was_corrected_or_retracted_is_kept(first: int) -> None:
    enter(2, [arrival(1, offence(points=4), correction="Chiffre d’une autre infraction.")])
    second = read().known_at
    enter(3, [retraction(1)])
    enter(4, [arrival(1, offence("O1", points=4), correction="Retirée par erreur.")])
    assert [(each.fact_id, each.is_retraction, each.reason) for each in read().revisions] == [
        ("O1", False, "Chiffre d’une autre infraction."),
        ("O1", True, "Saisie au mauvais dossier."),
        ("O1", False, "Retirée par erreur."),
    ]
    assert [each.reason for each in read(second).revisions] == ["Chiffre d’une autre infraction."]
    assert read(first).revisions == ()
    assert list(verify(1, ends()[0])) == []


def test_the_reason_cannot_be_rewritten_unseen(first: int) -> None:
    enter(2, [arrival(1, offence(points=4), correction="Chiffre d’une autre infraction.")])
    tamper("update register_entry set body = jsonb_set(body, '{reason}', '\"Rien.\"') where version = 2")
    assert [finding.fault for finding in verify(1, ends()[0])] == [ChainFault.ALTERED]


def test_a_reason_alone_changes_nothing(first: int) -> None:
    assert figures(enter(2, [arrival(1, offence(), correction="Même contenu.")])) == (0, 1, [])
    enter(3, [arrival(1, offence(points=4), correction="Une raison.")])
    rows: list[Arrival] = [arrival(1, offence(points=4), correction="Une autre."), arrival(2, offence(points=4))]
    assert figures(enter(4, rows)) == (0, 2, [])
    enter(5, [retraction(1)])
    assert figures(enter(6, [retraction(1, reason="Autrement dit.")])) == (0, 1, [])
    assert len(read().revisions) == 2


def test_an_establishment_after_a_correction_is_no_revision(first: int) -> None:
    rows = [
        arrival(1, offence("O2", established_on=None, established_by=None)),
        arrival(2, offence("O2", established_on=None, established_by=None, points=4), correction="Barème."),
        arrival(3, offence("O2", points=4)),
    ]
    assert figures(enter(2, rows)) == (3, 0, [])
    assert [each.reason for each in read().revisions] == ["Barème."]
