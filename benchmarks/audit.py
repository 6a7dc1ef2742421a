"""The whole register computed again: chains, numbers, situations."""

from benchmarks.machine import used
from benchmarks.surroundings import Place
from mespoints.operations.audit import audit
from mespoints.operations.progress import Silent

PROCESSES = 2


def report(place: Place) -> None:
    with used(place.cluster) as machine:
        verified = list(audit(PROCESSES, Silent()))
    records = sum(each.records for each in verified)
    findings = [finding for each in verified for finding in each.findings]
    assert findings == [], findings[:5]
    print(f"\nAudit: {records:,} records on {PROCESSES} processes: {records / machine.seconds:,.0f} records/s")
    print(f"  {machine.seconds:.1f} s; {machine.cpu_a(records)}; {machine.memory}")
