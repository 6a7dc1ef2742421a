"""The reading of a stranger's file in a process of its own: it may crash, grow or turn for ever, and nobody else notices.

What goes in: one line of JSON, then the file. What comes out: the inspection in JSON, or nothing.
"""

import resource
import subprocess
import sys
from collections.abc import Sequence
from threading import BoundedSemaphore

import msgspec

MEMORY = 512 * 1024 * 1024
"""Bytes of address space; one of our papers takes less than half of it, libraries included."""
CPU_SECONDS = 8
WALL_SECONDS = 20.0
AT_ONCE = 2
"""Inspections under way in one process: a door that anybody may push must leave the machine to the others."""
PATIENCE_SECONDS = 10.0
COMMAND = [sys.executable, "-m", "mespoints.documents.verification.child"]
READ = 0
NOTHING_SAID = 3

_turns = BoundedSemaphore(AT_ONCE)


class TooManyAtOnce(RuntimeError):
    """Others are being served: to be asked again in a moment."""


class Order(msgspec.Struct, frozen=True):
    """What the child is told beside the file."""

    timestamp_roots: list[bytes]


def inspected(pdf: bytes, timestamp_roots: Sequence[bytes]) -> bytes | None:
    """The inspection, in JSON; None when the file could not be read within bounds. Raises ``TooManyAtOnce``."""
    order = msgspec.json.encode(Order(list(timestamp_roots)))
    if not _turns.acquire(timeout=PATIENCE_SECONDS):
        raise TooManyAtOnce
    try:
        done = subprocess.run(
            COMMAND,
            input=order + b"\n" + pdf,
            stdout=subprocess.PIPE,
            # It could quote the file.
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    finally:
        _turns.release()
    return done.stdout if done.returncode == READ else None


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Once the bounds are set: reading the libraries counts too.
    from mespoints.documents.verification.seal_inspection import Unreadable, inspection  # noqa: PLC0415

    line, _, pdf = sys.stdin.buffer.read().partition(b"\n")
    try:
        told = inspection(pdf, msgspec.json.decode(line, type=Order).timestamp_roots)
    except (Unreadable, MemoryError):
        return NOTHING_SAID
    sys.stdout.buffer.write(msgspec.json.encode(told))
    return READ


if __name__ == "__main__":
    sys.exit(main())
