"""Invented drivers by the hundred thousand: 70 % without a movement, else four offences on average, as in a national register."""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random

from mespoints.law.facts import Course, EstablishedBy, Fact, LicenceObtained, Offence, OffenceClass, ProbationPath
from mespoints.law.record import Record
from mespoints.law.replay import replay

QUIET_SHARE = 0.7
MEAN_OFFENCES = 4
MEAN_LAG_DAYS = 70
COURSE_SHARE = 0.06
AAC_SHARE = 0.25
LICENCES = (date(1990, 1, 1), date(2025, 12, 31))
OFFENCES = (date(2006, 1, 1), date(2026, 11, 1))
C3, C4, D = OffenceClass.C3, OffenceClass.C4, OffenceClass.D
SCALE = ((C4, 1), (C3, 1), (C4, 2), (C4, 3), (C4, 4), (D, 6))
FREQUENCY = (40, 25, 10, 15, 7, 3)
CHUNK = 20_000


def population(drivers: int, seed: int) -> Iterator[Record]:
    random = Random(seed)  # noqa: S311 - nothing to protect
    for _ in range(drivers):
        yield Record.of(driver(random))


def driver(random: Random) -> Iterator[Fact]:
    obtained = day_between(random, *LICENCES)
    path = ProbationPath.AAC if random.random() < AAC_SHARE else ProbationPath.STANDARD
    yield LicenceObtained(fact_id="licence", on=obtained, path=path)
    if random.random() < QUIET_SHARE:
        return
    count = 1
    while random.random() > 1 / MEAN_OFFENCES:
        count += 1
    earliest = max(obtained, OFFENCES[0])
    for rank in range(count):
        committed = day_between(random, earliest, OFFENCES[1])
        offence_class, points = random.choices(SCALE, FREQUENCY)[0]
        yield Offence(
            fact_id=f"o{rank}",
            committed_on=committed,
            established_on=committed + timedelta(days=int(random.expovariate(1 / MEAN_LAG_DAYS))),
            established_by=EstablishedBy.FINE_PAID,
            offence_class=offence_class,
            points=points,
        )
        if random.random() < COURSE_SHARE:
            yield Course(fact_id=f"c{rank}", on=committed + timedelta(days=200))


def day_between(random: Random, first: date, last: date) -> date:
    return first + timedelta(days=random.randrange(max(1, (last - first).days)))


def report(drivers: int = 200_000) -> None:
    """Replay only: records are made before the clock starts, chunk by chunk."""
    print(f"\nPopulation: {drivers} invented drivers, replayed one after the other on one core")
    people = population(drivers, seed=2026)
    seconds, movements, done = 0.0, 0, 0
    while chunk := list(islice(people, CHUNK)):
        start = time.perf_counter()
        moved = [len(replay(record).movements) for record in chunk]
        seconds += time.perf_counter() - start
        done += len(chunk)
        movements += sum(moved)
    print(
        f"  {done / seconds:,.0f} drivers/s, {movements / done:.1f} movements each, {seconds / movements * 1e6:.1f} µs a movement"
    )


def report_long_histories() -> None:
    print("\nLong histories: is the cost linear?")
    for events in (10, 100, 1_000):
        random = Random(events)  # noqa: S311 - nothing to protect
        record = Record.of(long_history(random, events))
        start = time.perf_counter()
        rounds = max(1, 3_000 // events)
        for _ in range(rounds):
            replay(record)
        each = (time.perf_counter() - start) / rounds
        print(f"  {events:>5} offences: {each * 1e3:8.2f} ms, {each / events * 1e6:5.1f} µs an offence")


def long_history(random: Random, events: int) -> Iterator[Fact]:
    yield LicenceObtained(fact_id="licence", on=date(1993, 5, 3), path=ProbationPath.NONE)
    for rank in range(events):
        committed = day_between(random, date(1994, 1, 1), OFFENCES[1])
        yield Offence(
            fact_id=f"o{rank}",
            committed_on=committed,
            established_on=committed + timedelta(days=60),
            established_by=EstablishedBy.FINE_PAID,
            offence_class=OffenceClass.C4,
            points=1,
        )
