"""What the replay leaves behind: movements (what happened), snapshots (what was true), closings, accounts."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from heapq import heappop, heappush
from operator import itemgetter
from typing import NamedTuple

from mespoints.law.rules.establishment import Establishment


class Rule(StrEnum):
    """Why the account moved."""

    INITIAL = "initial"
    WITHDRAWAL = "withdrawal"
    SINGLE_POINT_RETURN = "single_point_return"
    RESTORATION = "restoration"
    TEN_YEAR_RETURN = "ten_year_return"
    COURSE = "course"
    PROBATION_INCREMENT = "probation_increment"
    PROBATION_END = "probation_end"


class Status(StrEnum):
    NONE = "none"
    """No licence yet (a learner)."""
    VALID = "valid"
    ZERO_NOT_NOTIFIED = "zero_not_notified"
    INVALIDATED = "invalidated"
    ANNULLED = "annulled"


class ClosingRule(StrEnum):
    INVALIDATION = "invalidation"
    ANNULMENT = "annulment"


class Movement(NamedTuple):
    """Mouvement: points added or taken on a day (never zero)."""

    on: date
    points: int
    account: int
    """Signed account of the licence once the movement is made."""
    ceiling: int
    rule: Rule
    articles: tuple[str, ...]
    cause: str | None = None
    """``fact_id`` of the offence (the last established one for a restoration) or of the course."""
    months: int | None = None
    """Length of the period that has run (6 or 12, 24 or 36, 120), for a return."""
    since: date | None = None
    """First day of that period."""
    licence: int = 0
    """Rank of the licence, from 0."""

    @property
    def points_seen(self) -> int:
        """What people see come or go: a restoration from an account below zero starts from the zero that is shown."""
        return min(self.points, self.account) if self.rule is Rule.RESTORATION else self.points


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """End of a licence: invalidation (48SI notified) or judicial annulment."""

    on: date
    rule: ClosingRule
    account: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomaly:
    """A fact that does not fit the rest of the record (48SI above zero, new licence while the former is alive)."""

    on: date
    cause: str


class Step(IntEnum):
    """What goes first within a day (no text settles it; the reading of contracts/evaluate.md, Meaning 2)."""

    FIRST_LICENCE = 0
    PROBATION = 1
    RESTORATION = 2
    TEN_YEARS = 3
    SINGLE_POINT = 4
    WITHDRAWAL = 5
    COURSE = 6
    NOTIFICATION = 7
    ANNULMENT = 8
    NEW_LICENCE = 9
    WITHDRAWAL_FROM_NEW_LICENCE = 10
    """Offence committed and established on the day of the new licence: it falls on that licence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probation:
    """Délai probatoire of a licence: from ``starts_on`` to ``ends_on`` (excluded)."""

    starts_on: date
    ends_on: date
    increment: int
    """Points added at the end of each clean year before the last; 0 when the capital is flat."""


class Deadline(NamedTuple):
    """Échéance: points that come back on a day unless an offence is committed in [``since``, ``until``)."""

    since: date
    until: date
    months: int
    cause: str


@dataclass(slots=True)
class Account:
    """The points of one licence."""

    rank: int
    points: int
    """Signed: losses beyond the capital count until the 48SI is notified (CE 29 September 2023, 461479)."""
    ceiling: int
    probation: Probation | None
    restoration: Deadline | None = None
    """The only one running: each new establishment replaces it."""
    has_serious_offence: bool = False
    """A délit or a contravention of class 4 or 5 was established since the licence or the last full restoration."""
    losses_open: dict[str, int] = field(default_factory=dict)
    """Points taken and not yet given back by name, for each offence."""
    first_loss_on: date | None = None
    closing: Closing | None = None

    def in_probation(self, day: date) -> bool:
        return self.probation is not None and self.probation.starts_on <= day < self.probation.ends_on


class Snapshot(NamedTuple):
    """What was true from a moment on."""

    on: date
    step: Step
    points: int
    ceiling: int
    account: Account
    closing: Closing | None


Effect = Callable[[], None]
"""A rule with what it applies to, waiting for its day."""


class State:
    """The result of a replay, filled in legal order and read by ``readings``."""

    __slots__ = (
        "_agenda",
        "_arrival",
        "account",
        "anomalies",
        "closings",
        "course_credits",
        "establishment",
        "movements",
        "snapshots",
    )

    def __init__(self, establishment: Establishment) -> None:
        self.establishment = establishment
        self.account: Account | None = None
        self.movements: list[Movement] = []
        self.closings: list[Closing] = []
        self.anomalies: list[Anomaly] = []
        self.course_credits: list[date] = []
        self.snapshots: list[Snapshot] = []
        self._agenda: list[tuple[date, int, str, int, Effect]] = []
        self._arrival = 0

    def plan(self, on: date, step: Step, effect: Effect, key: str = "") -> None:
        """Put ``effect`` on the agenda of ``on``; ``key`` orders the effects of one step."""
        self._arrival += 1
        heappush(self._agenda, (on, step, key, self._arrival, effect))

    def next_effect(self) -> Effect | None:
        return heappop(self._agenda)[-1] if self._agenda else None

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Those opened, by rank of licence."""
        if self.account is None or self.account.rank == 0:
            return () if self.account is None else (self.account,)
        found = {snapshot.account.rank: snapshot.account for snapshot in self.snapshots}
        return tuple(found[rank] for rank in sorted(found))

    def live_account(self) -> Account | None:
        """The account of the licence in force, None when there is none or it is closed."""
        account = self.account
        return account if account is not None and account.closing is None else None

    def move(
        self,
        account: Account,
        on: date,
        step: Step,
        rule: Rule,
        points: int,
        rule_articles: tuple[str, ...],
        cause: str | None = None,
        period: Deadline | None = None,
    ) -> None:
        """Change the account and keep the movement. A movement of zero points is none."""
        if points:
            account.points += points
            self.movements.append(
                Movement(
                    on=on,
                    points=points,
                    account=account.points,
                    ceiling=account.ceiling,
                    rule=rule,
                    articles=rule_articles,
                    cause=cause,
                    months=period.months if period else None,
                    since=period.since if period else None,
                    licence=account.rank,
                )
            )
        self.note(account, on, step)

    def note(self, account: Account, on: date, step: Step) -> None:
        """Keep what is true from now on."""
        self.snapshots.append(Snapshot(on, step, account.points, account.ceiling, account, account.closing))

    def snapshot(self, on: date, step: Step = Step.WITHDRAWAL_FROM_NEW_LICENCE) -> Snapshot | None:
        """What is true on ``on`` once ``step`` (by default the last) has taken effect; None before the first licence."""
        rank = bisect_right(self.snapshots, (on, step), key=_moment)
        return self.snapshots[rank - 1] if rank else None


_moment = itemgetter(0, 1)
