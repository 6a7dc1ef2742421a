"""When somebody signed in is asked to prove once more who he is: one question, answered without reading anything."""

from datetime import datetime, timedelta
from enum import Enum, auto
from typing import assert_never

from mespoints.identity.sessions import SignedIn
from mespoints.identity.words import Level

FRESH_FOR = timedelta(minutes=15)
"""A proof younger than this is still a proof (the fifteenth minute excluded)."""


class Sensitive(Enum):
    """What is about to be done."""

    SETTINGS = auto()
    """Password, address."""
    FACTORS = auto()
    """Adding or removing a second factor; showing or renewing the recovery codes."""
    SHARING = auto()
    PAPER_WITH_POINTS = auto()
    PAPER_WITHOUT_POINTS = auto()


class Asked(Enum):
    """What is asked before doing it."""

    NOTHING = auto()
    PROOF = auto()
    """Any of one's own: FranceConnect again, password, passkey, code."""
    SECOND_FACTOR = auto()
    """A password alone is not enough."""


def step_up(signed_in: SignedIn | None, purpose: Sensitive, now: datetime, *, has_second_factor: bool) -> Asked:
    """A session of which nothing is known (``None``) has proved nothing. ``has_second_factor``: the account, shown or not."""
    match purpose:
        case Sensitive.SETTINGS | Sensitive.SHARING:
            return Asked.NOTHING if is_fresh(last_proof(signed_in), now) else Asked.PROOF
        case Sensitive.FACTORS:
            # A factor that the password alone could replace would guard nothing that the password does not.
            if has_second_factor and not is_fresh(last_factor(signed_in), now):
                return Asked.SECOND_FACTOR
            return Asked.NOTHING if is_fresh(last_proof(signed_in), now) else Asked.PROOF
        case Sensitive.PAPER_WITH_POINTS:
            return Asked.NOTHING if may_hold_points(signed_in, now) else Asked.SECOND_FACTOR
        case Sensitive.PAPER_WITHOUT_POINTS:
            return Asked.NOTHING
        case _:
            assert_never(purpose)


def may_hold_points(signed_in: SignedIn | None, now: datetime) -> bool:
    """The high level always may: an identity was checked to come in. The medium one shows a second factor first."""
    if signed_in is None:
        return False
    return signed_in.level is Level.HIGH or is_fresh(signed_in.second_factor_at, now)


def last_proof(signed_in: SignedIn | None) -> datetime | None:
    """FranceConnect is a proof in itself; a password that opened the session was typed by whoever knew it, and must be again."""
    if signed_in is None:
        return None
    proofs = [signed_in.stepped_up_at, signed_in.at if signed_in.level is Level.HIGH else None]
    return max((proof for proof in proofs if proof is not None), default=None)


def last_factor(signed_in: SignedIn | None) -> datetime | None:
    """Shown since the sign-in: the one that opened the session was shown by whoever opened it, and must be again."""
    if signed_in is None or signed_in.second_factor_at is None:
        return None
    return signed_in.second_factor_at if signed_in.second_factor_at > signed_in.at else None


def is_fresh(proof: datetime | None, now: datetime) -> bool:
    return proof is not None and now - proof < FRESH_FOR
