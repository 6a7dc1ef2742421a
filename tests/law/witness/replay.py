"""The record lived again, one day of interest after the other, in the order of Meaning 2.

A day of interest is any day on which something might happen; on each of them every rule is simply asked again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from tests.law.witness.days import after_months, after_years, next_day
from tests.law.witness.knowledge import Event, Offence, known, standing_offences
from tests.law.witness.licences import Licence, licences

SHORT_DELAYS_FROM = "2011-01-01"
SINGLE_POINT_FROM = "2007-01-01"
COURSE_TO_THE_CEILING_FROM = "2004-03-01"
COURSE_EVERY_YEAR_FROM = "2011-03-16"


@dataclass(frozen=True, kw_only=True, slots=True)
class Movement:
    on: str
    points: int
    account: int
    rule: str
    cause: str | None
    licence: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """Where the driver stands at the end of a day. `course` = effective day of the last credited course, any licence."""

    status: str = "none"
    account: int = 0
    ceiling: int | None = None
    licence: Licence | None = None
    course: str | None = None
    has_lost: bool = False

    def alive(self) -> bool:
        return self.status == "valid"


@dataclass(kw_only=True, slots=True)
class Story:
    events: list[Event]
    offences: list[Offence]
    licences: list[Licence]
    movements: list[Movement] = field(default_factory=list)
    closings: list[tuple[str, str, int]] = field(default_factory=list)
    doubts: list[tuple[str, str]] = field(default_factory=list)  # day and event of each `check_record`
    before_closing: dict[str, Standing] = field(default_factory=dict)
    end_of_day: dict[str, Standing] = field(default_factory=dict)


def story(case: dict[str, Any], known_on: str | None) -> Story:
    events = known(case["events"], known_on)
    offences = standing_offences(events)
    told = Story(events=events, offences=offences, licences=licences(case, events, offences, known_on))
    Teller(told).tell()
    return told


def course_credit(standing: Standing, on: str) -> int:
    """Points that a course effective on that day gives (readings l and m)."""
    if not standing.alive() or standing.ceiling is None or not standing.has_lost:
        return 0
    if standing.course is not None:
        years = 1 if on >= COURSE_EVERY_YEAR_FROM else 2
        if on < after_years(standing.course, years):
            return 0
    top = standing.ceiling if on >= COURSE_TO_THE_CEILING_FROM else min(standing.ceiling, 11)
    return max(0, min(4, top - standing.account))


def single_point_return(established: str) -> tuple[str, str] | None:
    if established >= SHORT_DELAYS_FROM:
        return after_months(established, 6), "six_months"
    if established >= SINGLE_POINT_FROM:
        return after_years(established, 1), "one_year"
    return None


class Teller:
    """Tells one record; what falls on one day comes in the order of `id`.

    `open` holds, by offence, the losses that no return has given back yet.
    """

    def __init__(self, told: Story) -> None:
        self.told = told
        self.now = Standing()
        self.open: dict[str, Offence] = {}
        self.serious = False
        self.last_established: Offence | None = None
        self.established_on: dict[str, list[Offence]] = defaultdict(list)
        self.single_due_on: dict[str, list[tuple[Offence, str]]] = defaultdict(list)
        self.ten_due_on: dict[str, list[Offence]] = defaultdict(list)
        self.events_on: dict[str, list[Event]] = defaultdict(list)
        self.days: set[str] = set()
        self.prepare()

    def prepare(self) -> None:
        for licence in self.told.licences:
            self.days |= {licence.obtained, *(day for day, _ in licence.steps)} | ({licence.ends} if licence.ends else set())
        for offence in self.told.offences:
            if offence.established is None or offence.points == 0:
                continue
            day = offence.established
            self.established_on[day].append(offence)
            self.ten_due_on[after_years(day, 10)].append(offence)
            self.days |= {day, after_years(day, 2), after_years(day, 3), after_years(day, 10)}
            if offence.points == 1 and (due := single_point_return(day)):
                self.single_due_on[due[0]].append((offence, due[1]))
                self.days.add(due[0])
        for event in sorted(self.told.events, key=lambda event: str(event["id"])):
            if event["type"] != "offence":
                day = next_day(event["on"]) if event["type"] == "course" else event["on"]
                self.events_on[day].append(event)
                self.days.add(day)

    def tell(self) -> None:
        for day in sorted(self.days):
            self.open_licence(day, first=True)
            if self.now.alive():
                self.probation(day)
                self.full_restoration(day)
                self.ten_years(day)
                self.single_point(day)
            self.withdrawals(day)
            self.courses(day)
            self.told.before_closing[day] = self.now
            self.closing(day)
            self.open_licence(day, first=False)
            self.told.end_of_day[day] = self.now

    # what happens on a day, in order

    def open_licence(self, day: str, *, first: bool) -> None:
        for licence in self.told.licences:
            if licence.obtained != day or first != (licence.number == 0):
                continue
            if self.now.alive() and licence.event_id is not None:
                self.told.doubts.append((day, licence.event_id))
            ceiling = licence.start
            self.now = Standing(status="valid", account=0, ceiling=ceiling, licence=licence, course=self.now.course)
            self.open, self.serious, self.last_established = {}, False, None
            self.move(day, licence.start, "initial", None)
            if not first:
                self.withdrawals(day)

    def probation(self, day: str) -> None:
        licence = self.now.licence
        assert licence is not None
        assert self.now.ceiling is not None
        clean = not any(offence.interrupts() and licence.obtained <= offence.committed < day for offence in self.told.offences)
        for step_day, points in licence.steps:
            if step_day == day and clean:
                self.now = replace(self.now, ceiling=self.now.ceiling + points)
                self.move(day, points, "probation_increment", None)
        if licence.ends == day:
            self.now = replace(self.now, ceiling=12)
            if clean:
                self.move(day, 12 - self.now.account, "probation_end", None)

    def full_restoration(self, day: str) -> None:
        last, licence = self.last_established, self.now.licence
        if last is None or last.established is None or licence is None:
            return
        years = 2 if last.established >= SHORT_DELAYS_FROM and not self.serious else 3
        due = after_years(last.established, years)
        on_probation = licence.ends is not None and day < licence.ends
        held_until_today = due < day == licence.ends
        if on_probation or not (due == day or held_until_today) or self.broken(last, due):
            return
        self.move(day, 12 - self.now.account, "two_years" if years == 2 else "three_years", last.id)
        self.open, self.serious, self.last_established = {}, False, None

    def ten_years(self, day: str) -> None:
        for offence in self.ten_due_on[day]:
            if offence.id in self.open and offence.category in ("C1", "C2", "C3", "C4"):
                self.give_back(day, offence, "ten_years")

    def single_point(self, day: str) -> None:
        for offence, rule in self.single_due_on[day]:
            if offence.id in self.open and not self.broken(offence, day):
                self.give_back(day, offence, rule)

    def withdrawals(self, day: str) -> None:
        for offence in self.established_on[day]:
            if self.now.alive() and self.falls_on_current_licence(offence) and offence.id not in self.open:
                self.now = replace(self.now, has_lost=True)
                self.move(day, -offence.points, "withdrawal", offence.id)
                self.open[offence.id] = offence
                self.serious = self.serious or offence.category in ("C4", "C5", "D")
                self.last_established = offence

    def courses(self, day: str) -> None:
        for event in self.events_on[day]:
            if event["type"] == "course" and event.get("kind", "voluntary") != "imposed":
                points = course_credit(self.now, day)
                if points > 0:
                    self.now = replace(self.now, course=day)
                    self.move(day, points, "course", event["id"])

    def closing(self, day: str) -> None:
        for event in self.events_on[day]:
            if event["type"] == "invalidation_notified" and self.now.alive():
                if self.now.account <= 0:
                    self.close(day, "invalidation", "invalidated")
                else:
                    self.told.doubts.append((day, event["id"]))
        if self.now.alive() and any(event["type"] == "judicial_annulment" for event in self.events_on[day]):
            self.close(day, "annulment", "annulled")

    # the small gestures

    def move(self, day: str, points: int, rule: str, cause: str | None) -> None:
        if points == 0:
            return
        self.now = replace(self.now, account=self.now.account + points)
        assert self.now.licence is not None
        number = self.now.licence.number
        self.told.movements.append(
            Movement(on=day, points=points, account=self.now.account, rule=rule, cause=cause, licence=number)
        )

    def give_back(self, day: str, offence: Offence, rule: str) -> None:
        assert self.now.ceiling is not None
        self.move(day, max(0, min(offence.points, self.now.ceiling - self.now.account)), rule, offence.id)
        del self.open[offence.id]

    def close(self, day: str, rule: str, status: str) -> None:
        self.told.closings.append((day, rule, self.now.account))
        self.now = replace(self.now, status=status, ceiling=None)

    def falls_on_current_licence(self, offence: Offence) -> bool:
        held = [licence for licence in self.told.licences if licence.obtained <= offence.committed]
        return bool(held) and held[-1] is self.now.licence

    def broken(self, opening: Offence, due: str) -> bool:
        """Another withdrawing offence, not established by the opening day, was committed from that day to the eve of `due`."""
        start = opening.established
        assert start is not None
        return any(
            offence.interrupts()
            and start <= offence.committed < due
            and not (offence.established is not None and offence.established <= start)
            for offence in self.told.offences
            if offence.id != opening.id
        )
