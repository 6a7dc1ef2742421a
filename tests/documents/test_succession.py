"""Which papers a new one replaces: one pure rule, and what counts as saying something else."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mespoints.documents.content import StatedSituation, fingerprint, substance
from mespoints.documents.models import Kind
from mespoints.documents.succession import Said, replaced_by
from mespoints.law.state import Status
from mespoints.register.licence_state import LicenceState
from tests.documents.statements import ISSUED_AT, attestation, identity, period, statement

OLD = Said(reference="old", kind=Kind.FULL_STATEMENT, period=None, substance="a" * 64)
PERIOD = (date(2026, 1, 1), date(2026, 6, 30))


def test_a_paper_that_says_something_else_replaces_the_old_ones() -> None:
    older = replace(OLD, reference="older", substance="c" * 64)
    assert replaced_by(replace(OLD, reference="new", substance="b" * 64), (older, OLD)) == ("older", "old")


def test_a_paper_that_says_the_same_leaves_the_old_one() -> None:
    assert replaced_by(replace(OLD, reference="new"), (OLD,)) == ()


def test_a_paper_does_not_replace_itself() -> None:
    assert replaced_by(OLD, (replace(OLD, substance="b" * 64),)) == ()


@pytest.mark.parametrize("kind", [Kind.PERIOD_STATEMENT, Kind.ENTITLEMENT_ATTESTATION])
def test_another_kind_is_left_alone(kind: Kind) -> None:
    assert replaced_by(replace(OLD, reference="new", kind=kind, substance="b" * 64), (OLD,)) == ()


def test_another_period_is_left_alone() -> None:
    old = replace(OLD, kind=Kind.PERIOD_STATEMENT, period=PERIOD)
    new = replace(old, reference="new", substance="b" * 64)
    assert replaced_by(new, (old,)) == ("old",)
    assert replaced_by(replace(new, period=(PERIOD[0], date(2026, 7, 1))), (old,)) == ()


def test_the_moment_of_issue_is_no_substance() -> None:
    at = ISSUED_AT + timedelta(days=9)
    later: dict[str, Any] = {"on": date(2026, 12, 1), "known_at": 9999, "data_as_of": at, "issued_at": at}
    assert substance(statement(**later)) == substance(statement())
    assert substance(period(**later)) == substance(period())
    assert substance(attestation(expires_on=date(2027, 4, 1), **later)) == substance(attestation())
    assert fingerprint(statement(**later)) != fingerprint(statement())


@pytest.mark.parametrize(
    "changes",
    [
        {"licence_state": LicenceState.SUSPENDED},
        {"categories": ()},
        {"identity": identity(usage_name=None)},
        {"situation": StatedSituation(balance=5, ceiling=12, status=Status.VALID, probation_ends_on=None)},
        {"movements": ()},
    ],
)
def test_everything_else_is(changes: dict[str, Any]) -> None:
    assert substance(statement(**changes)) != substance(statement())


def test_points_are_no_substance_of_an_attestation() -> None:
    """It has none: a loss leaves it true."""
    assert substance(attestation()) == substance(attestation(known_at=4321))
    assert substance(attestation()) != substance(statement())
