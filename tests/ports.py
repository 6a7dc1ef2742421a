"""Ports for what a test starts."""

import random
import socket
from contextlib import ExitStack, suppress

# Below the range the system draws from for its own connections: nothing else takes them between two starts.
LOWEST, HIGHEST = 20_000, 29_999


def free_ports(count: int) -> list[int]:
    """Distinct ports of the loopback that nobody listens on now."""
    drawn = random.SystemRandom()
    with ExitStack() as held:
        found: list[int] = []
        while len(found) < count:
            port = drawn.randint(LOWEST, HIGHEST)
            door = held.enter_context(socket.socket())
            with suppress(OSError):
                door.bind(("127.0.0.1", port))
                found.append(port)
        return found
