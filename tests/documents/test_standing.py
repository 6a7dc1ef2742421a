"""The state that papers say: what the source stated, unless the law or what came since leaves less; never a count of points."""

from dataclasses import replace
from datetime import date

import pytest

from mespoints.documents.standing import standing
from mespoints.law.facts import Fact, InvalidationNotified, JudicialAnnulment, LicenceObtained, ProbationPath, Suspension
from mespoints.law.replay import replay
from mespoints.register.consultation import HolderRecord, LicenceStateOnFile, LicenceTitle
from mespoints.register.licence_state import LicenceState
from tests.documents.test_issuance import OBTAINED, ON, holder_record, offence

SIX_TWICE = (offence("O1", date(2026, 1, 5), 6), offence("O2", date(2026, 2, 5), 6))
INVALIDATED = InvalidationNotified(fact_id="I1", on=date(2026, 6, 1))
SUSPENDED = Suspension(fact_id="S1", on=date(2026, 11, 1), until=date(2026, 11, 30))


def stated(record: HolderRecord, state: LicenceState, since: date) -> HolderRecord:
    return replace(record, licence_state=LicenceStateOnFile(state=state, since=since))


def state_on(record: HolderRecord, on: date = ON) -> LicenceState:
    return standing(record, replay(record.record), on).state


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((), LicenceState.NO_RIGHT),
        ((OBTAINED,), LicenceState.VALID),
        ((OBTAINED, *SIX_TWICE), LicenceState.VALID),
        ((OBTAINED, *SIX_TWICE, INVALIDATED), LicenceState.INVALID),
        ((OBTAINED, JudicialAnnulment(fact_id="J1", on=date(2026, 6, 1))), LicenceState.JUDICIALLY_ANNULLED),
        ((OBTAINED, SUSPENDED), LicenceState.SUSPENDED),
    ],
)
def test_without_a_word_of_the_source_the_law_says(facts: tuple[Fact, ...], expected: LicenceState) -> None:
    assert state_on(holder_record(*facts)) is expected


def test_a_suspension_counts_both_its_days() -> None:
    record = holder_record(OBTAINED, SUSPENDED)
    days = (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1))
    assert [state_on(record, day) for day in days] == [
        LicenceState.VALID,
        LicenceState.SUSPENDED,
        LicenceState.SUSPENDED,
        LicenceState.VALID,
    ]


@pytest.mark.parametrize(
    ("facts", "on_file", "since", "expected"),
    [
        ((OBTAINED,), LicenceState.MEDICALLY_SUSPENDED, date(2026, 5, 1), LicenceState.MEDICALLY_SUSPENDED),
        ((OBTAINED,), LicenceState.EXCHANGED_VALID, date(2026, 5, 1), LicenceState.EXCHANGED_VALID),
        ((), LicenceState.EU_VALID, date(2026, 5, 1), LicenceState.EU_VALID),
        # Not yet, or before the licence of today.
        ((OBTAINED,), LicenceState.MEDICALLY_SUSPENDED, date(2026, 12, 1), LicenceState.VALID),
        ((OBTAINED,), LicenceState.INVALID, date(2014, 5, 1), LicenceState.VALID),
        # A letter received the same day, or a suspension that runs, leaves less than « valide ».
        ((OBTAINED, *SIX_TWICE, INVALIDATED), LicenceState.VALID, date(2026, 6, 1), LicenceState.INVALID),
        ((OBTAINED, SUSPENDED), LicenceState.EXCHANGED_VALID, date(2026, 11, 2), LicenceState.SUSPENDED),
        # « Solde nul » is a count of points.
        ((OBTAINED, *SIX_TWICE), LicenceState.EXCHANGED_ZERO_BALANCE, date(2026, 5, 1), LicenceState.EXCHANGED_VALID),
        (
            (OBTAINED, *SIX_TWICE, INVALIDATED),
            LicenceState.OVERSEAS_ZERO_BALANCE,
            date(2026, 6, 1),
            LicenceState.OVERSEAS_INVALID,
        ),
        ((OBTAINED, SUSPENDED), LicenceState.OVERSEAS_ZERO_BALANCE, date(2026, 11, 2), LicenceState.SUSPENDED),
    ],
)
def test_the_source_is_followed_as_far_as_it_says_less(
    facts: tuple[Fact, ...], on_file: LicenceState, since: date, expected: LicenceState
) -> None:
    assert state_on(stated(holder_record(*facts), on_file, since)) is expected


def test_titles_end_with_their_licence_and_the_next_one_brings_its_own() -> None:
    again = LicenceObtained(fact_id="L2", on=date(2026, 10, 1), path=ProbationPath.STANDARD)
    record = replace(
        holder_record(OBTAINED, *SIX_TWICE, INVALIDATED, again),
        licences=(
            LicenceTitle(title_number="15AA00042", categories=("A", "B"), obtained_on=date(2015, 6, 1)),
            LicenceTitle(title_number="26AA00042", categories=("B",), obtained_on=date(2026, 10, 1)),
        ),
    )
    held = {
        day: [title.title_number for title in standing(record, replay(record.record), day).titles]
        for day in (date(2026, 5, 31), date(2026, 6, 1), date(2026, 10, 1))
    }
    assert list(held.values()) == [["15AA00042"], [], ["26AA00042"]]
