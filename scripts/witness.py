"""``make witness``: the engine and the naive witness side by side on random records, line by line.

RECORDS says how many. New records are drawn at each run; SEED repeats the run that told it.
"""

import argparse
import sys
import time
from secrets import randbelow

from mespoints.law.case_format import evaluate
from tests.law import witness
from tests.law.comparison import compared, differences, disagreement, lines_of
from tests.law.random_records import random_case

SEEDS = 10**9
SHOWN = 3
STEP = 100
WIDTH = 40


def main() -> int:
    """1 when they part on some record: the first ones are shown, each made as small as it can be."""
    parser = argparse.ArgumentParser(prog="make witness", description="The engine against the naive witness.")
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=None)
    asked = parser.parse_args()
    first = randbelow(SEEDS) if asked.seed is None else asked.seed
    print(f"{asked.records} random records from seed {first}", flush=True)
    started = time.perf_counter()
    lines, parted = 0, []
    for done, seed in enumerate(range(first, first + asked.records), start=1):
        case = random_case(seed)
        engine = evaluate(case)
        found = differences(engine, witness.evaluate(case))
        lines += lines_of(compared(engine))
        if found:
            parted.append((seed, min(found)))
        if done % STEP == 0 or done == asked.records:
            show_progress(done, asked.records, len(parted))
    for seed, field in parted[:SHOWN]:
        print(disagreement(seed, field), end="\n\n")
    print(f"{lines} lines compared in {time.perf_counter() - started:.0f} s: they part on {len(parted)} records")
    return 1 if parted else 0


def show_progress(done: int, total: int, parted: int) -> None:
    if sys.stderr.isatty():
        bar = ("#" * (WIDTH * done // total)).ljust(WIDTH, ".")
        end = "\n" if done == total else ""
        print(f"\r[{bar}] {done}/{total}, {parted} part", end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
