"""The reading of a stranger's file in a process of its own: it may crash, grow or turn for ever, and nobody else notices.

Reading the libraries takes far longer than reading a paper: a warm process has read them once, and forks for each file. What
happens to a fork stays there. What goes in: one line of JSON, then the file. What comes out: the inspection in JSON, or nothing.
"""

import atexit
import os
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from threading import BoundedSemaphore, Lock

import msgspec

MEMORY = 512 * 1024 * 1024
"""Bytes of address space; one of our papers takes less than half of it, libraries included."""
CPU_SECONDS = 8
WALL_SECONDS = 20.0
AT_ONCE = 2
"""Inspections under way in one process: a door that anybody may push must leave the machine to the others."""
PATIENCE_SECONDS = 10.0
COMMAND = (sys.executable, "-m", "mespoints.documents.verification.child")
PIECE = 1 << 16

_turns = BoundedSemaphore(AT_ONCE)


class TooManyAtOnce(RuntimeError):
    """Others are being served: to be asked again in a moment."""


class Order(msgspec.Struct, frozen=True):
    """What the child is told beside the file."""

    timestamp_roots: list[bytes]


class WarmReader:
    """The warm process of this one: started at the first file, again if it fell, ended when this process ends."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._door: socket.socket | None = None
        self._lock = Lock()

    def give(self, conversation: socket.socket) -> None:
        """Raises OSError when the process falls as soon as it is started."""
        with self._lock:
            try:
                self._pass(self._door or self._started(), conversation)
            except OSError:
                self._pass(self._started(), conversation)

    def _pass(self, door: socket.socket, conversation: socket.socket) -> None:
        if self._process is None or self._process.poll() is not None:
            raise BrokenPipeError
        socket.send_fds(door, [b"."], [conversation.fileno()])

    def _started(self) -> socket.socket:
        self.close()
        self._door, theirs = socket.socketpair()
        with theirs:
            # What it would say on its errors could quote the file.
            self._process = subprocess.Popen(
                self._command, stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        return self._door

    def close(self) -> None:
        """It ends by itself once nobody holds its door."""
        if self._door is not None:
            self._door.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._door = self._process = None


_warm = WarmReader(COMMAND)
atexit.register(_warm.close)


def inspected(pdf: bytes, timestamp_roots: Sequence[bytes]) -> bytes | None:
    """The inspection, in JSON; None when the file could not be read within bounds. Raises ``TooManyAtOnce``."""
    order = msgspec.json.encode(Order(list(timestamp_roots)))
    if not _turns.acquire(timeout=PATIENCE_SECONDS):
        raise TooManyAtOnce
    try:
        return _told(order + b"\n" + pdf) or None
    except OSError:
        # Out of time, or the other side is gone.
        return None
    finally:
        _turns.release()


def _told(asked: bytes) -> bytes:
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            _warm.give(theirs)
        ours.settimeout(WALL_SECONDS)
        ours.sendall(asked)
        ours.shutdown(socket.SHUT_WR)
        return _everything(ours)


def _everything(conversation: socket.socket) -> bytes:
    said = bytearray()
    while piece := conversation.recv(PIECE):
        said += piece
    return bytes(said)


def main() -> int:
    """The warm process: its standard input is the door by which conversations come."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Once the bounds are set: reading the libraries counts too.
    from mespoints.documents.verification import seal_inspection  # noqa: F401, PLC0415

    # Forks that end are not waited for.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(fileno=sys.stdin.fileno()) as door:
        while True:
            came, descriptors, _, _ = socket.recv_fds(door, 1, 1)
            if not came:
                return 0
            [descriptor] = descriptors
            if os.fork() == 0:
                _answer_and_end(descriptor)
            os.close(descriptor)


def _answer_and_end(descriptor: int) -> None:
    """Whatever happens, the fork goes no further."""
    from mespoints.documents.verification.seal_inspection import Unreadable, inspection  # noqa: PLC0415

    try:
        signal.alarm(int(WALL_SECONDS))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        with socket.socket(fileno=descriptor) as conversation:
            line, _, pdf = _everything(conversation).partition(b"\n")
            told = inspection(pdf, msgspec.json.decode(line, type=Order).timestamp_roots)
            conversation.sendall(msgspec.json.encode(told))
    except (Unreadable, MemoryError, OSError):
        pass
    finally:
        os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
