"""Which offences count, for how many points, and which of them break a clean period."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mespoints.law.facts import Offence, OffenceClass
from mespoints.law.record import Record
from mespoints.law.texts.article import under
from mespoints.law.texts.parameters import PARAMETERS

CAP = PARAMETERS["simultaneous_cap"]
CAP_WITH_DELIT = PARAMETERS["simultaneous_cap_with_delit"]
CAP_WITH_DRUGS_AND_ALCOHOL = PARAMETERS["simultaneous_cap_with_drugs_and_alcohol"]


@dataclass(frozen=True, slots=True)
class Establishment:
    """The offences that cost points (really taken), and those that will if they are established."""

    taken: dict[str, int]
    """Points really taken by each established offence, zero left out."""
    offences: dict[str, Offence]
    """Every offence that costs points or will: the ones that interrupt."""
    breaking: tuple[tuple[date, date], ...]
    """(committed, established or the end of time) of each, in order of commission."""

    def broken(self, since: date, until: date) -> bool:
        """A *new* offence was committed in [``since``, ``until``): not one already established on ``since`` (law.md Q20)."""
        breaking = self.breaking
        for rank in range(bisect_left(breaking, (since, since)), len(breaking)):
            committed_on, established_on = breaking[rank]
            if committed_on >= until:
                return False
            if established_on > since:
                return True
        return False

    def committed_within(self, since: date, until: date) -> bool:
        """An offence that costs points was committed in [``since``, ``until``)."""
        rank = bisect_left(self.breaking, (since, date.min))
        return rank < len(self.breaking) and self.breaking[rank][0] < until


NOTHING_COMMITTED = Establishment(taken={}, offences={}, breaking=())


@under("L223-1", 1, 4)
def establishment(record: Record) -> Establishment:
    """An offence counts when its withdrawal stands, the vehicle needs a licence (CE 8 December 1995, 158676), it has points."""
    if not record.offences:
        return NOTHING_COMMITTED
    cancelled = record.cancelled
    standing = [
        offence
        for offence in record.offences
        if offence.points and offence.vehicle_needs_licence and offence.fact_id not in cancelled
    ]
    taken = {offence.fact_id: offence.points for offence in standing if offence.established_on}
    for group in simultaneous_groups(record, standing):
        taken.update(capped(group))
    counted = {o.fact_id: o for o in standing if o.established_on is None or taken[o.fact_id]}
    return Establishment(
        taken={fact_id: points for fact_id, points in taken.items() if points},
        offences=counted,
        breaking=tuple(sorted((o.committed_on, o.established_on or date.max) for o in counted.values())),
    )


def simultaneous_groups(record: Record, standing: list[Offence]) -> list[list[Offence]]:
    """Groups of two or more; « simultaneous with » is mutual and chained, a cancelled offence still being a link."""
    links = [(o.fact_id, o.simultaneous_with) for o in record.offences if o.simultaneous_with is not None]
    if not links:
        return []
    group_of: dict[str, set[str]] = {}
    for one, other in links:
        merged = group_of.get(one, {one}) | group_of.get(other, {other})
        for member in merged:
            group_of[member] = merged
    groups: dict[int, list[Offence]] = {}
    for offence in standing:
        if (members := group_of.get(offence.fact_id)) is not None:
            groups.setdefault(id(members), []).append(offence)
    return [group for group in groups.values() if len(group) > 1]


@under("L223-2")
@under("R223-2")
def capped(group: Iterable[Offence]) -> dict[str, int]:
    """Points taken by each offence of one instant: the cap is used up in the order of establishment, then of identifier.

    The higher cap holds from the offence that opens it (a délit before 13 June 2003; drugs with alcohol).
    """
    taken: dict[str, int] = {}
    total = cap = 0
    for offence in sorted((o for o in group if o.established_on), key=lambda o: (o.established_on, o.fact_id)):
        cap = max(cap, cap_opened_by(offence))
        taken[offence.fact_id] = points = max(0, min(offence.points, cap - total))
        total += points
    return taken


def cap_opened_by(offence: Offence) -> int:
    if offence.points > CAP_WITH_DELIT.in_force(offence.committed_on):
        return CAP_WITH_DRUGS_AND_ALCOHOL.in_force(offence.committed_on)
    cap = CAP_WITH_DELIT if offence.offence_class is OffenceClass.D else CAP
    return cap.in_force(offence.committed_on)
