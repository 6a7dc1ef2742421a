"""A maker of papers in a process of its own: its order comes in as a line of JSON, then a line for each paper wanted (where to
keep it, or nothing); what each took comes out, a line of JSON each. The same seal for all.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from mespoints.documents.seal import Seal, load_seal

PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 1e6


def order() -> dict[str, Any]:
    received: dict[str, Any] = json.loads(sys.stdin.readline())
    return received


def seal_of(received: dict[str, Any]) -> tuple[Seal, datetime]:
    at = datetime.fromisoformat(received["at"])
    return load_seal(Path(received["seal_key"]), Path(received["seal_certificate"]), at), at


def serve(typeset: Callable[[], bytes], seal: Seal, at: datetime, read_back: Callable[[bytes], object] = bool) -> None:
    """Seconds of each step, CPU of all threads, bytes, and what the process holds of memory afterwards."""
    for line in sys.stdin:
        cpu, start = time.process_time(), time.perf_counter()
        bare = typeset()
        set_in_type = time.perf_counter()
        pdf = seal.apply(bare, at)
        sealed = time.perf_counter()
        assert read_back(pdf)
        end = time.perf_counter()
        told = {
            "typeset": set_in_type - start,
            "sealed": sealed - set_in_type,
            "read_back": end - sealed,
            "all": end - start,
            "cpu": time.process_time() - cpu,
            "bytes": len(pdf),
            "resident_mb": int(Path("/proc/self/statm").read_text().split()[1]) * PAGE_MB,
        }
        if line.strip():
            Path(line.strip()).write_bytes(pdf)
        print(json.dumps(told), flush=True)
