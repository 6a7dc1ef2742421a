"""Who is asked to prove once more, before what, and for how long a proof is one."""

from datetime import UTC, datetime, timedelta

import pytest

from mespoints.identity.sessions import SignedIn
from mespoints.identity.step_up import FRESH_FOR, Asked, Sensitive, step_up
from mespoints.identity.words import Level

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(hours=2)
JUST_STALE = NOW - FRESH_FOR
STILL_FRESH = NOW - FRESH_FOR + timedelta(seconds=1)


def by(level: Level, at: datetime, *, again: datetime | None = None, factor: datetime | None = None) -> SignedIn:
    return SignedIn(provider="x", acr="", at=at, id_token="", level=level, stepped_up_at=again, second_factor_at=factor)


@pytest.mark.parametrize("purpose", [Sensitive.SETTINGS, Sensitive.SHARING])
@pytest.mark.parametrize(
    ("session", "asked"),
    [
        (None, Asked.PROOF),
        (by(Level.HIGH, STILL_FRESH), Asked.NOTHING),
        (by(Level.HIGH, JUST_STALE), Asked.PROOF),
        (by(Level.HIGH, LONG_AGO, again=STILL_FRESH), Asked.NOTHING),
        (by(Level.MEDIUM, NOW), Asked.PROOF),
        (by(Level.MEDIUM, NOW, factor=NOW), Asked.PROOF),
        (by(Level.MEDIUM, LONG_AGO, again=STILL_FRESH), Asked.NOTHING),
        (by(Level.MEDIUM, LONG_AGO, again=JUST_STALE), Asked.PROOF),
    ],
)
def test_settings_and_sharing_always_want_a_fresh_proof(purpose: Sensitive, session: SignedIn | None, asked: Asked) -> None:
    for has_factor in (False, True):
        assert step_up(session, purpose, NOW, has_second_factor=has_factor) is asked


@pytest.mark.parametrize(
    ("session", "asked"),
    [
        (None, Asked.SECOND_FACTOR),
        (by(Level.HIGH, NOW), Asked.NOTHING),
        (by(Level.HIGH, LONG_AGO), Asked.NOTHING),
        (by(Level.MEDIUM, NOW), Asked.SECOND_FACTOR),
        (by(Level.MEDIUM, LONG_AGO, again=NOW), Asked.SECOND_FACTOR),
        (by(Level.MEDIUM, LONG_AGO, factor=STILL_FRESH), Asked.NOTHING),
        (by(Level.MEDIUM, LONG_AGO, factor=JUST_STALE), Asked.SECOND_FACTOR),
    ],
)
def test_a_paper_with_points_wants_the_high_level_or_a_second_factor(session: SignedIn | None, asked: Asked) -> None:
    for has_factor in (False, True):
        assert step_up(session, Sensitive.PAPER_WITH_POINTS, NOW, has_second_factor=has_factor) is asked


@pytest.mark.parametrize("session", [None, by(Level.MEDIUM, LONG_AGO), by(Level.HIGH, LONG_AGO)])
def test_a_paper_without_points_asks_for_nothing_more(session: SignedIn | None) -> None:
    assert step_up(session, Sensitive.PAPER_WITHOUT_POINTS, NOW, has_second_factor=False) is Asked.NOTHING


@pytest.mark.parametrize(
    ("session", "without", "having_one"),
    [
        (None, Asked.PROOF, Asked.SECOND_FACTOR),
        (by(Level.MEDIUM, NOW), Asked.PROOF, Asked.SECOND_FACTOR),
        # The password, given once more.
        (by(Level.MEDIUM, LONG_AGO, again=NOW), Asked.NOTHING, Asked.SECOND_FACTOR),
        (by(Level.MEDIUM, LONG_AGO, again=NOW, factor=JUST_STALE), Asked.NOTHING, Asked.SECOND_FACTOR),
        # The second factor of the sign-in itself, however young: whoever took the session did not show it.
        (by(Level.MEDIUM, NOW, again=NOW, factor=NOW), Asked.NOTHING, Asked.SECOND_FACTOR),
        (by(Level.MEDIUM, LONG_AGO, again=STILL_FRESH, factor=STILL_FRESH), Asked.NOTHING, Asked.NOTHING),
        # Just added: the password that let it be added is asked again when it is too old.
        (by(Level.MEDIUM, LONG_AGO, again=JUST_STALE, factor=STILL_FRESH), Asked.PROOF, Asked.PROOF),
    ],
)
def test_factors_want_the_second_one_as_soon_as_there_is_one(session: SignedIn | None, without: Asked, having_one: Asked) -> None:
    assert step_up(session, Sensitive.FACTORS, NOW, has_second_factor=False) is without
    assert step_up(session, Sensitive.FACTORS, NOW, has_second_factor=True) is having_one
