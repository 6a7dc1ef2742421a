"""Medians and ratios. Figures compared are measured in turn, so that a noisy minute hits both."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles

ROUNDS = 15
TWENTIETHS = 20


@dataclass(frozen=True, slots=True)
class Measure:
    """Seconds for one call."""

    name: str
    median: float
    p95: float

    def __str__(self) -> str:
        return f"{self.name:<58} {shown(self.median):>10}  p95 {shown(self.p95):>10}"


def measure(calls: dict[str, Callable[[], object]], repeat: int, rounds: int = ROUNDS) -> dict[str, Measure]:
    """Each call ``repeat`` times in each of ``rounds`` rounds, the calls in turn within a round."""
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    for call in calls.values():
        call()
    for _ in range(rounds):
        for name, call in calls.items():
            start = time.perf_counter()
            for _ in range(repeat):
                call()
            seconds[name].append((time.perf_counter() - start) / repeat)
    return {name: Measure(name, median(each), quantiles(each, n=TWENTIETHS)[-1]) for name, each in seconds.items()}


def shown(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds / 1e-9:.0f} ns"


def ratio(one: Measure, other: Measure) -> str:
    return f"{one.name} / {other.name}: {one.median / other.median:.2f}"
