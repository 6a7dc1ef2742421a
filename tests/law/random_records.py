"""Random records, valid by construction and rich on purpose.

Clusters of close days, month ends, borders of the law, groups, second licences, late knowledge.
"""

from __future__ import annotations

from random import Random
from typing import Any

from tests.law.witness.catalogue import CODES, codes_in_force
from tests.law.witness.days import after_months, after_years, day_before, month_length, next_day, written

Case = dict[str, Any]
Event = dict[str, Any]

BORDERS = (
    "1992-11-30", "1992-12-01", "2003-06-12", "2003-06-13", "2004-02-28", "2004-02-29", "2004-03-01", "2006-12-31", "2007-01-01",
    "2007-12-30", "2007-12-31", "2010-12-31", "2011-01-01", "2011-03-15", "2011-03-16", "2012-02-29", "2018-12-31", "2019-01-01",
    "2019-08-31", "2020-02-29", "2024-02-29", "2025-07-10", "2025-07-11",
)  # fmt: skip
POINTS = (
    ("C1", 1),
    ("C2", 2),
    ("C2", 3),
    ("C3", 1),
    ("C3", 1),
    ("C3", 2),
    ("C4", 1),
    ("C4", 1),
    ("C4", 3),
    ("C4", 4),
    ("C4", 6),
    ("C4", 0),
    ("C5", 3),
    ("D", 6),
)
LIGHT = tuple(row for row in POINTS if row[0] in ("C1", "C2", "C3"))
MODES = ("fine_paid", "increased_fine", "penal_composition", "conviction")
SHORT_WAYS = (0, 0, 1, 2, 10, 30, 45, 90, 180, 200, 365, 400, 700)


def random_case(seed: int) -> Case:
    """The same seed always gives the same record."""
    return Story(Random(seed)).case()  # noqa: S311 - nothing to protect here


def moved(day: str, days: int) -> str:
    """`days` later, counted in months of thirty plus single days: exactness does not matter, only that the day exists."""
    day = after_months(day, days // 30)
    for _ in range(days % 30):
        day = next_day(day)
    return day


class Story:
    """One driver. Days are drawn near those already drawn, on anniversaries, month ends and borders of the law."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.obtained = self.first_day()
        self.scale = POINTS if random.random() < 0.7 else LIGHT
        self.days = [self.obtained]
        self.events: list[Event] = []

    def first_day(self) -> str:
        if self.random.random() < 0.15:
            return self.random.choice(BORDERS)
        year, month = self.random.randint(1990, 2024), self.random.randint(1, 12)
        last = month_length(year, month)
        return written(year, month, self.random.choice((1, last, self.random.randint(1, last))))

    def day(self, earliest: str) -> str:
        """A day on or after `earliest`, close to what the record already holds."""
        random = self.random
        near = random.choice(self.days) if random.random() < 0.7 else random.choice(self.days[-2:])
        way = random.random()
        if way < 0.35:
            near = after_months(near, random.choice((6, 12, 12, 18, 24, 24, 36, 36, 60, 120)))
        if way < 0.45:
            near = random.choice((near, day_before(near), next_day(near)))
        elif way < 0.9:
            near = moved(near, random.choice(SHORT_WAYS))
        elif way < 0.95:
            near = near[:8] + str(month_length(int(near[:4]), int(near[5:7])))
        else:
            near = random.choice(BORDERS)
        chosen = max(near, earliest)
        self.days.append(chosen)
        return chosen

    def case(self) -> Case:
        random = self.random
        makers = (
            [self.offence] * 10
            + [self.course] * 3
            + [self.notification] * 2
            + [self.suspension, self.invalidation, self.invalidation, self.annulment]
        )
        makers += [self.surrender, self.surrender, self.new_licence, self.cancellation, self.group, self.group]
        for _ in range(random.choice((0, 1, 2, 3, 4, 5, 6, 8, 12))):
            random.choice(makers)()
        for event in self.events:
            own_day = str(event.get("established") or event.get("on") or event["committed"])
            if random.random() < 0.2:
                event["recorded"] = moved(own_day, random.choice(SHORT_WAYS))
            elif random.random() < 0.03:
                event["recorded"] = random.choice((day_before(own_day), event.get("committed", own_day)))
        random.shuffle(self.events)
        way = random.random()
        as_of = self.day(self.obtained) if way < 0.6 else max(self.days) if way < 0.8 else moved(max(self.days), 200)
        if way > 0.96:
            as_of = day_before(self.obtained) if way > 0.98 else after_years(max(self.days), 11)
        case: Case = {"licence": self.licence(), "events": self.events, "as_of": as_of}
        if random.random() < 0.5:
            case["on"] = [self.day(self.obtained) for _ in range(random.randint(0, 4))]
        if random.random() < 0.4:
            case["known_on"] = random.choice((as_of, self.day(self.obtained), self.day(self.obtained)))
        return case

    def licence(self) -> Event:
        probation = self.random.choice(("none", "standard", "standard", "aac"))
        licence: Event = {"obtained": self.obtained, "probation": probation}
        if self.random.random() < 0.3:
            after = self.random.choice((5, 6, 8, 12, 13))
            licence["post_permit_training"] = self.random.choice((str, day_before, next_day))(after_months(self.obtained, after))
        return licence

    def add(self, **event: Any) -> Event:
        name = f"e{len(self.events):02d}" if self.random.random() < 0.8 else f"z{99 - len(self.events):02d}"
        self.events.append({"id": name, **event})
        return self.events[-1]

    def offence(self, committed: str | None = None) -> Event:
        random = self.random
        committed = committed or self.day(self.obtained if random.random() < 0.97 else after_years(self.obtained, -1))
        established = None
        if random.random() < 0.93:
            established = random.choice((committed, moved(committed, random.choice(SHORT_WAYS)), self.day(committed)))
        event = self.add(type="offence", committed=committed, established=established)
        if established is not None:
            event["established_by"] = random.choice(MODES)
        codes = codes_in_force(committed)
        if codes and random.random() < 0.2:
            event["offence"] = random.choice(codes)
            if random.random() < 0.3:
                event["category"], event["points"] = next((row[1], row[2]) for row in CODES if row[0] == event["offence"])
        else:
            event["category"], event["points"] = random.choice(self.scale)
            if committed >= "2025-07-11" and random.random() < 0.2:
                event["category"], event["points"] = "D", 9
            if committed < "2003-06-13" and event["category"] != "D":
                event["points"] = min(event["points"], 4)
        if random.random() < 0.05:
            event["vehicle_needs_licence"] = False
        return event

    def group(self) -> None:
        """Two to four offences of one instant, linked to the first, in a chain, or both ways."""
        members = [self.offence()]
        for _ in range(self.random.randint(1, 3)):
            members.append(self.offence(members[0]["committed"]))
            members[-1]["simultaneous_with"] = self.random.choice(members[:-1])["id"]
        if self.random.random() < 0.3:
            members[0]["simultaneous_with"] = members[-1]["id"]

    def course(self) -> None:
        event = self.add(type="course", on=self.day(self.obtained))
        if self.random.random() < 0.6:
            event["kind"] = self.random.choice(("voluntary", "mandatory", "mandatory", "imposed"))

    def notification(self) -> None:
        offences = [event for event in self.events if event["type"] == "offence"]
        if offences:
            target = self.random.choice(offences)
            on = self.day(max(self.obtained, str(target["established"] or target["committed"])))
            self.add(type="mandatory_course_notified", on=on, target=target["id"])

    def cancellation(self) -> None:
        offences = [event for event in self.events if event["type"] == "offence"]
        if offences:
            target = self.random.choice(offences)
            self.add(
                type="decision_cancelled", on=self.day(str(target["established"] or target["committed"])), target=target["id"]
            )

    def suspension(self) -> None:
        on = self.day(self.obtained)
        self.add(type="suspension", on=on, until=self.day(on))

    def invalidation(self) -> None:
        """Most often after enough losses, soon after the last one."""
        if self.random.random() < 0.3:
            self.add(type="invalidation_notified", on=self.day(self.obtained))
            return
        first = self.day(self.random.choice(self.days))
        losses = [
            self.add(type="offence", committed=first, established=first, established_by="conviction", category="D", points=6)
            for _ in range(3)
        ]
        last = losses[-1]
        last["established"] = moved(first, self.random.choice(SHORT_WAYS[:8]))
        notified = max(self.obtained, moved(last["established"], self.random.choice(SHORT_WAYS[:8])))
        self.days.append(notified)
        self.add(type="invalidation_notified", on=notified)

    def annulment(self) -> None:
        self.add(type="judicial_annulment", on=self.day(self.obtained))

    def surrender(self) -> None:
        notified = [event["on"] for event in self.events if event["type"] == "invalidation_notified"] or [self.obtained]
        self.add(type="licence_surrendered", on=moved(self.random.choice(notified), self.random.choice(SHORT_WAYS)))

    def new_licence(self) -> None:
        """A new licence, most often after a closing; sometimes while the former is alive."""
        closings = [event["on"] for event in self.events if event["type"] in ("invalidation_notified", "judicial_annulment")]
        if not closings and self.random.random() < 0.8:
            self.invalidation()
            closings = [self.events[-1]["on"]]
        earliest = self.random.choice(closings) if closings else next_day(self.obtained)
        earliest = max(earliest, next_day(self.obtained))
        self.add(
            type="licence_obtained",
            on=self.obtained if self.random.random() < 0.03 else self.day(earliest),
            probation=self.random.choice(("none", "standard", "standard", "aac")),
        )
