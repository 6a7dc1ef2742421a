"""An invented population and its daily files, as large as asked, in constant memory; the same for the same seed and last day.

The first file holds everyone; each following one, what a day brings: offences established about seventy days after they were
committed (some announced first, established three days later), courses, licences, names and addresses that change, and rarely
a correction or a retraction.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from random import Random

from msgspec.structs import replace

from mespoints.feed.rows import (
    CorrectionRow,
    CourseRow,
    DecisionCancelledRow,
    OffenceRow,
    RetractionRow,
    Row,
    StatedBalanceRow,
    SuspensionRow,
)
from mespoints.feed.signing import Signer
from mespoints.feed.writing import Drop, fact_row, write_drop
from mespoints.law.facts import EstablishedBy
from mespoints.operations.invented_drivers import (
    COURSE_SHARE,
    MOST_DRIVERS,
    contact_row,
    drawn,
    driver,
    file_number,
    first_rows,
    lag,
    name,
    newcomer,
    offence,
)
from mespoints.operations.progress import Progress

OFFENCES_A_YEAR = 6.3 / 48
"""For each driver (6.3 million for 48 million in 2024)."""
NEWCOMERS_A_YEAR = 0.02
CHANGES_A_YEAR = 0.01
"""Of name or address."""
ANNOUNCED_SHARE = 0.2
"""Offences that come before they are established."""
ANNOUNCED_DAYS = 3
SLIP_SHARE = 0.01
"""Offences corrected, or retracted, the day after."""

MOST_DAYS = 3_650
MOST_BAD = 0.99


class Refused(Exception):
    """One sentence, with the remedy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """``days`` files after the first; the last one describes ``last_day``. ``bad_share`` (0 to 1) is of the rows of each file.

    ``offences_a_day`` None: as in the country, in proportion.
    """

    drivers: int
    days: int
    seed: int
    last_day: date
    bad_share: float = 0.0
    offences_a_day: int | None = None
    first_sequence: int = 1

    @property
    def opens_on(self) -> date:
        return self.last_day - timedelta(days=self.days)


def generate(plan: Plan, folder: Path, signer: Signer, progress: Progress) -> Iterator[Drop]:
    """Writes the files one by one. Raises ``Refused`` rather than write over a file that is there."""
    most = MOST_DRIVERS // 2
    if not 1 <= plan.drivers <= most or not 0 <= plan.days <= MOST_DAYS or not 0 <= plan.bad_share <= MOST_BAD:
        raise Refused(
            f"Demandé : {plan.drivers} conducteurs, {plan.days} jours, {plan.bad_share} de mauvaises lignes ; "
            f"attendu : de 1 à {most} conducteurs, de 0 à {MOST_DAYS} jours, de 0 à {MOST_BAD} de mauvaises lignes."
        )
    written = sorted(folder.glob("feed-*.manifest.json"))
    there = next((path.name for path in written if _number(path) >= plan.first_sequence), None)
    if there is not None:
        raise Refused(f"{folder} contient déjà {there} : choisissez un autre dossier, ou effacez ces fichiers.")
    for day in range(plan.days + 1):
        sequence, data_day = plan.first_sequence + day, plan.opens_on + timedelta(days=day)
        progress.begin(f"Fichier n° {sequence}", 0 if day else plan.drivers)
        good = _day(plan, data_day, progress) if day else _everyone(plan, progress)
        rows = _with_bad_rows(good, plan.bad_share, drawn(plan.seed, "bad", data_day), data_day)
        yield write_drop(folder, sequence=sequence, data_day=data_day, rows=rows, signer=signer)
        progress.end()


def _number(manifest: Path) -> int:
    digits = manifest.name.removeprefix("feed-").partition(".")[0]
    return int(digits) if digits.isdigit() else 0


def _everyone(plan: Plan, progress: Progress) -> Iterator[Row]:
    for rank in range(plan.drivers):
        yield from first_rows(plan.seed, rank, plan.opens_on)
        progress.advance()


def _day(plan: Plan, day: date, progress: Progress) -> Iterator[Row]:
    for part in (_newcomers, _offences, _established_at_last, _slips, _changes):
        for row in part(plan, day):
            yield row
            progress.advance()


def _newcomers(plan: Plan, day: date) -> Iterator[Row]:
    """Ranks after those of the population, a range for each day."""
    first = plan.drivers + (day - plan.opens_on).days * _most_newcomers(plan)
    for rank in range(first, first + _drawn_number(plan, NEWCOMERS_A_YEAR, drawn(plan.seed, "newcomers", day))):
        yield from newcomer(plan.seed, rank, day)


def _offences(plan: Plan, day: date) -> Iterator[OffenceRow | CourseRow]:
    random = drawn(plan.seed, "offences", day)
    a_year = OFFENCES_A_YEAR
    asked = plan.offences_a_day
    for number in range(_drawn_number(plan, a_year, random) if asked is None else asked):
        rank = random.randrange(plan.drivers)
        committed = day - lag(random)
        is_announced = random.random() < ANNOUNCED_SHARE
        fact = offence(random, f"J{day:%Y%m%d}-{number}", committed, None if is_announced else day, day)
        yield fact_row(file_number(rank), fact)  # type: ignore[misc] # an offence makes an offence row
        if not is_announced and random.random() < COURSE_SHARE:
            yield CourseRow(file_number=file_number(rank), fact_id=f"S{day:%Y%m%d}-{number}", on=day, recorded_on=day)


def _established_at_last(plan: Plan, day: date) -> Iterator[Row]:
    """The day of their announcement is drawn again, and gives the same offences."""
    announced_on = day - timedelta(days=ANNOUNCED_DAYS)
    if announced_on <= plan.opens_on:
        return
    for row in _offences(plan, announced_on):
        if isinstance(row, OffenceRow) and row.established_on is None:
            yield replace(row, established_on=day, established_by=EstablishedBy.FINE_PAID, recorded_on=day)


def _slips(plan: Plan, day: date) -> Iterator[Row]:
    """What was badly typed the day before."""
    before = day - timedelta(days=1)
    if before <= plan.opens_on:
        return
    random = drawn(plan.seed, "slips", day)
    for row in _offences(plan, before):
        if not isinstance(row, OffenceRow) or row.established_on is None or random.random() >= SLIP_SHARE:
            continue
        if random.random() < 0.5:  # noqa: PLR2004 – one in two
            right = replace(row, committed_on=row.committed_on - timedelta(days=1), recorded_on=day)
            yield CorrectionRow(reason="Jour de commission mal saisi.", fact=right)
        else:
            yield RetractionRow(file_number=row.file_number, fact_id=row.fact_id, reason="Saisie au mauvais dossier.")


def _changes(plan: Plan, day: date) -> Iterator[Row]:
    random = drawn(plan.seed, "changes", day)
    for _ in range(_drawn_number(plan, CHANGES_A_YEAR, random)):
        rank = random.randrange(plan.drivers)
        if random.random() < 0.5:  # noqa: PLR2004 – one in two
            yield contact_row(random, rank, day)
        else:
            known = driver(plan.seed, rank, plan.opens_on).holder
            yield replace(known, usage_name=name(random))


def _most_newcomers(plan: Plan) -> int:
    return int(plan.drivers * NEWCOMERS_A_YEAR / 365) + 1


def _drawn_number(plan: Plan, a_year: float, random: Random) -> int:
    """Of a day; the fraction that is left happens some days."""
    whole, rest = divmod(plan.drivers * a_year / 365, 1)
    return int(whole) + (random.random() < rest)


def _with_bad_rows(rows: Iterator[Row], share: float, random: Random, day: date) -> Iterator[Row]:
    """Each good row is followed by a bad one, or not, so that ``share`` of all are bad."""
    ranks = count()
    for row in rows:
        yield row
        while random.random() < share:
            yield _bad_row(random, next(ranks), row.file_number, day)


def _bad_row(random: Random, rank: int, number: str, day: date) -> Row:
    """One of the faults that a source makes. ``number`` is a good file number."""
    fact_id = f"X{day:%Y%m%d}-{rank}"
    match random.randrange(6):
        case 0:
            return CourseRow(file_number=f"999999{rank:06d}", fact_id="S1", on=day)
        case 1:
            return CourseRow(file_number="99-??", fact_id="S1", on=day)
        case 2:
            return StatedBalanceRow(file_number=number, on=day, points=99)
        case 3:
            return SuspensionRow(file_number=number, fact_id=fact_id, on=day, until=day - timedelta(days=30))
        case 4:
            return DecisionCancelledRow(file_number=number, fact_id=fact_id, on=day, target="nowhere")
        case _:
            return CourseRow(file_number=number, fact_id=fact_id, on=day + timedelta(days=400), recorded_on=day)
