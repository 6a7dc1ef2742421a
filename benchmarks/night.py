"""Nights of the country on a register, then on one ten times larger: as many records touched or due, spread over all drivers."""

from pathlib import Path
from random import Random
from statistics import median

from django.db import connection

from benchmarks.machine import Used, used
from benchmarks.people import SIGNER, received_at, write_changes
from benchmarks.surroundings import Place
from mespoints.desk.night_report import NightReport
from mespoints.operations import nightly_chain
from mespoints.operations.progress import Silent

RECORDS = 58_000
"""Touched or due in an average night of the country."""
NIGHTS = 3


def nights(place: Place, sequence: int, drivers: int) -> list[Used]:
    """The same night, each time from the same register; the last one stays entered."""
    print(f"\nNights of {RECORDS:,} records touched or due, in a register of {drivers:,} drivers")
    ranks = Random(sequence).sample(range(drivers), RECORDS - _due(sequence))  # noqa: S311 - nothing to protect
    folder = place.folder / f"night-{sequence}"
    write_changes(folder, sequence, ranks)
    place.keep()
    played = []
    for _ in range(NIGHTS):
        place.restore()
        played.append(_night(place, folder, sequence))
    return played


def compare(small: list[Used], large: list[Used]) -> None:
    one, other = (median(each.seconds for each in played) for played in (small, large))
    cpu, other_cpu = (median(each.cpu_ours + each.cpu_database for each in played) for played in (small, large))
    print(f"  median: {one:.1f} s, then {other:.1f} s in the larger one: × {other / one:.2f} (CPU × {other_cpu / cpu:.2f})")


def _night(place: Place, folder: Path, sequence: int) -> Used:
    with used(place.cluster) as machine:
        done = played(folder, sequence)
    steps = ", ".join(f"{each.step} {each.seconds:.1f} s" for each in done.steps)
    print(
        f"  {done.touched:,} touched, {done.due:,} due: {machine.seconds:.1f} s ({steps}); CPU {machine.cpu_ours:.1f} s ours, "
        f"{machine.cpu_database:.1f} s database; {machine.memory}"
    )
    return machine


def played(folder: Path, sequence: int) -> NightReport:
    done = nightly_chain.run(now=received_at(sequence), drop_folder=folder, keys=SIGNER.trusted, channel=None, progress=Silent())
    assert all(file.sentence is None for file in done.files), done.files
    return done


def _due(sequence: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from register_projection where next_change_on <= %s", [received_at(sequence).date()])
        return int(cursor.fetchone()[0])
