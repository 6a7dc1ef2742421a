"""Drivers who do not exist: each is computed from a seed and a rank alone, so that none has to be remembered.

Shape of the population: 70 % without an offence in the ten years that a register keeps, the others four on average, 6 % of them
followed by a course, 2 % simultaneous with another; a licence at zero is notified and handed back. With 48 million drivers that
makes about six million offences a year.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from mespoints.feed.rows import Category, ContactRow, HolderRow, LicenceRow, LicenceStateRow, Row, StatedBalanceRow
from mespoints.feed.writing import fact_row, licence_row
from mespoints.law.facts import (
    Course,
    EstablishedBy,
    Fact,
    InvalidationNotified,
    LicenceObtained,
    LicenceSurrendered,
    Offence,
    ProbationPath,
    known_on,
)
from mespoints.law.readings.situation import situation
from mespoints.law.record import Record
from mespoints.law.replay import replay
from mespoints.law.state import Status
from mespoints.law.texts.catalogue import catalogue
from mespoints.register.arrivals import ContactKind
from mespoints.register.licence_state import LicenceState

QUIET_SHARE = 0.7
MEAN_OFFENCES = 4
MEAN_LAG_DAYS = 70
"""From an offence to its establishment."""
COURSE_SHARE = 0.06
SIMULTANEOUS_SHARE = 0.02
AAC_SHARE = 0.25
CONTACT_SHARE = 0.6
STATED_SHARE = 0.01
"""Drivers of whom the first file also states the balance, as the law gives it."""
USAGE_NAME_SHARE = 0.2
CAREFUL_SHARE = 0.8
"""Of those whom chance would take to zero: people slow down, and only the older half of it happened."""
SMALLEST_CAPITAL = 6
"""Points of a licence in probation."""
DAYS_KEPT = 3_650

FIRST_LICENCES = date(1985, 1, 1)
FIRST_PROBATION = date(2004, 3, 1)
"""Licences obtained before that day have no probation (law of 12 June 2003)."""

_SCALE = ("SPD_05_19_LE50", "SPD_05_19_GT50", "SPD_20_29_LE50", "TEL", "SPD_30_39_GT50", "FEU_ROUGE", "ALC_DELIT")
_FREQUENCY = (40, 24, 10, 8, 7, 7, 4)

_HEADS = ("Val", "Mont", "Clair", "Haut", "Roche", "Font", "Bois", "Champ", "Pré", "Lande", "Combe", "Belle", "Vieux", "Gué")
_TAILS = ("brume", "lune", "givre", "ronce", "mousse", "braise", "sable", "pluie", "étoile", "fougère", "orage", "ocre", "écume")
_GIVEN_NAMES = ("Alizé", "Brindille", "Campanule", "Dune", "Éclair", "Flocon", "Galet", "Hameau", "Ivoire", "Jonquille", "Lagune")
_COMMUNES = ("33063", "35238", "44109", "59350", "67482", "69385", "75113", "2A004")
_CATEGORIES: tuple[tuple[Category, ...], ...] = (
    ("AM", "B"),
    ("AM", "B"),
    ("AM", "B1", "B"),
    ("AM", "A2", "A", "B"),
    ("AM", "B", "BE"),
)

FILE_MONTHS = 480
"""File numbers begin with a month of these forty years; department 99 does not exist."""
_FIRST_SERIAL = 500_000
"""The demonstration's people have smaller ones."""
MOST_DRIVERS = FILE_MONTHS * (1_000_000 - _FIRST_SERIAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """``facts`` are those the register knows on the day it opens, the licence first."""

    file_number: str
    holder: HolderRow
    facts: tuple[Fact, ...]
    title: LicenceRow


def drawn(seed: int, *what: object) -> Random:
    """Draws that depend on the seed and on ``what`` alone, on every machine."""
    return Random(f"{seed}/" + "/".join(map(str, what)))  # noqa: S311 – nothing to protect


def file_number(rank: int) -> str:
    """Of the driver of that rank, from 0. No two ranks share one."""
    serial, month = divmod(rank, FILE_MONTHS)
    year = 85 + month // 12
    return f"{year % 100:02d}{month % 12 + 1:02d}99{_FIRST_SERIAL + serial:06d}"


def driver(seed: int, rank: int, opens_on: date) -> Driver:
    """As the register would know him at the end of ``opens_on``."""
    random = drawn(seed, "driver", rank)
    obtained = day_between(random, FIRST_LICENCES, opens_on)
    licence = LicenceObtained(fact_id="L1", on=obtained, path=path(random, obtained), recorded_on=obtained)
    number = file_number(rank)
    facts = (licence, *_history(random, licence, opens_on))
    title = licence_row(number, licence, f"{obtained.year % 100:02d}ZZ{rank % 100_000:05d}", random.choice(_CATEGORIES))
    return Driver(file_number=number, holder=holder_row(random, number, obtained), facts=facts, title=title)


def newcomer(seed: int, rank: int, on: date) -> tuple[HolderRow, LicenceRow]:
    """Someone whose licence dates from ``on``."""
    random = drawn(seed, "driver", rank)
    number = file_number(rank)
    licence = LicenceObtained(fact_id="L1", on=on, path=path(random, on), recorded_on=on)
    title = licence_row(number, licence, f"{on.year % 100:02d}ZZ{rank % 100_000:05d}", random.choice(_CATEGORIES))
    return holder_row(random, number, on), title


def first_rows(seed: int, rank: int, opens_on: date) -> Iterator[Row]:
    """All that the first file says of one driver."""
    known = driver(seed, rank, opens_on)
    yield known.holder
    yield known.title
    yield from (fact_row(known.file_number, fact) for fact in known.facts[1:])
    random = drawn(seed, "extras", rank)
    if random.random() < CONTACT_SHARE:
        yield contact_row(random, rank, opens_on)
    is_stated = random.random() < STATED_SHARE
    is_surrendered = isinstance(known.facts[-1], LicenceSurrendered)
    if is_surrendered:
        yield LicenceStateRow(file_number=known.file_number, state=LicenceState.INVALID, since=known_on(known.facts[-1]))
    if is_stated:
        points = situation(replay(Record.of(known.facts)), opens_on).balance
        yield StatedBalanceRow(file_number=known.file_number, on=opens_on, points=points)


def path(random: Random, obtained: date) -> ProbationPath:
    if obtained < FIRST_PROBATION:
        return ProbationPath.NONE
    return ProbationPath.AAC if random.random() < AAC_SHARE else ProbationPath.STANDARD


def holder_row(random: Random, number: str, obtained: date, usage_name: str | None = None) -> HolderRow:
    born = obtained - timedelta(days=random.randrange(18 * 366, 40 * 366))
    if usage_name is None and random.random() < USAGE_NAME_SHARE:
        usage_name = name(random)
    return HolderRow(
        file_number=number,
        birth_name=name(random),
        usage_name=usage_name,
        given_names=tuple(random.sample(_GIVEN_NAMES, random.choice((1, 2, 2, 3)))),
        sex=random.choice(("F", "M")),
        birth_date=born.isoformat(),
        birth_commune=random.choice(_COMMUNES),
        birth_country="99100",
    )


def name(random: Random) -> str:
    """Three parts out of short lists: a place that is on no map."""
    return f"{random.choice(_HEADS)}{random.choice(_TAILS)}-{random.choice(_HEADS)}{random.choice(_TAILS)}"


def contact_row(random: Random, rank: int, since: date) -> ContactRow:
    """Addresses that lead nowhere: a reserved domain, and the range of numbers kept for fiction."""
    if random.random() < 0.5:  # noqa: PLR2004 – one in two
        address, kind = f"titulaire-{rank}-{random.randrange(1000)}@exemple.invalid", ContactKind.EMAIL
    else:
        address, kind = f"+336399800{random.randrange(100):02d}", ContactKind.MOBILE
    return ContactRow(file_number=file_number(rank), kind=kind, address=address, since=since)


def offence(random: Random, fact_id: str, committed_on: date, established_on: date | None, recorded_on: date) -> Offence:
    """Drawn from the catalogue, as it stands today."""
    code = random.choices(_SCALE, _FREQUENCY)[0]
    entry = catalogue()[code]
    return Offence(
        fact_id=fact_id,
        committed_on=committed_on,
        established_on=established_on,
        established_by=random.choice((EstablishedBy.FINE_PAID, EstablishedBy.INCREASED_FINE)) if established_on else None,
        offence_class=entry.offence_class,
        points=entry.points,
        offence_code=entry.code,
        label=entry.label,
        recorded_on=recorded_on,
    )


def day_between(random: Random, first: date, last: date) -> date:
    return first + timedelta(days=random.randrange(max(1, (last - first).days)))


def lag(random: Random) -> timedelta:
    return timedelta(days=1 + int(random.expovariate(1 / MEAN_LAG_DAYS)))


def _history(random: Random, licence: LicenceObtained, opens_on: date) -> tuple[Fact, ...]:
    """Offences, courses, and the end of a licence without points; only what the register knows by ``opens_on``."""
    if random.random() < QUIET_SHARE:
        return ()
    facts: list[Fact] = []
    earliest = max(licence.on, opens_on - timedelta(days=DAYS_KEPT))
    for rank in range(1, _geometric(random, MEAN_OFFENCES) + 1):
        committed = day_between(random, earliest, opens_on)
        established = committed + lag(random)
        recorded = established + timedelta(days=random.randrange(1, 6))
        first = offence(random, f"O{rank}", committed, established, recorded)
        facts.append(first)
        if random.random() < SIMULTANEOUS_SHARE:
            second = offence(random, f"O{rank}B", committed, established, recorded)
            facts.append(replace(second, simultaneous_with=first.fact_id))
        if random.random() < COURSE_SHARE:
            on = established + timedelta(days=random.randrange(20, 200))
            facts.append(Course(fact_id=f"S{rank}", on=on, recorded_on=on + timedelta(days=2)))
    known = tuple(fact for fact in sorted(facts, key=known_on) if known_on(fact) <= opens_on)
    if not _is_at_zero(licence, known, opens_on):
        return known
    if random.random() < CAREFUL_SHARE:
        return known[: len(known) // 2]
    return (*known, *_end(known, opens_on))


def _is_at_zero(licence: LicenceObtained, facts: Sequence[Fact], on: date) -> bool:
    if sum(fact.points for fact in facts if isinstance(fact, Offence)) < SMALLEST_CAPITAL:
        return False
    return situation(replay(Record.of((licence, *facts))), on).status is Status.ZERO_NOT_NOTIFIED


def _end(facts: Sequence[Fact], opens_on: date) -> tuple[Fact, ...]:
    """A licence that stands at zero when the register opens is notified and handed back, when there was time to."""
    notified = known_on(facts[-1]) + timedelta(days=30)
    surrendered = notified + timedelta(days=10)
    if surrendered > opens_on:
        return ()
    return (
        InvalidationNotified(fact_id="I1", on=notified, recorded_on=notified),
        LicenceSurrendered(fact_id="R1", on=surrendered, recorded_on=surrendered),
    )


def _geometric(random: Random, mean: float) -> int:
    count = 1
    while random.random() > 1 / mean:
        count += 1
    return count
