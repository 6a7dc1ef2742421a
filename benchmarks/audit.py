"""The whole register computed again: chains, numbers, situations."""

import time

from mespoints.operations.audit import audit
from mespoints.operations.progress import Silent

PROCESSES = 2


def report() -> None:
    before = time.perf_counter()
    verified = list(audit(PROCESSES, Silent()))
    seconds = time.perf_counter() - before
    records = sum(each.records for each in verified)
    findings = sum(len(each.findings) for each in verified)
    assert findings == 0, [finding for each in verified for finding in each.findings][:5]
    print(f"\nAudit: {records:,} records on {PROCESSES} processes: {records / seconds:,.0f} records/s, {seconds:.1f} s")
