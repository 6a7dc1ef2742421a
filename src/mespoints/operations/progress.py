"""How far a long work is: a bar for someone who watches, one line of log at each tenth for nobody in particular.

What is shown counts records and never names one.
"""

import logging
import shutil
import sys
import time
from collections.abc import Callable
from typing import Protocol, TextIO

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_BARS = 0.1
_FULL, _EMPTY = "█", "·"


class Progress(Protocol):
    """``total`` is 0 when nobody knows it beforehand."""

    def begin(self, step: str, total: int = 0) -> None: ...

    def advance(self, done: int = 1) -> None: ...

    def end(self) -> None: ...

    def note(self, words: str) -> None:
        """For the log: a terminal has seen it happen."""


class Silent:
    """For those who only want the result."""

    def begin(self, step: str, total: int = 0) -> None: ...

    def advance(self, done: int = 1) -> None: ...

    def end(self) -> None: ...

    def note(self, words: str) -> None: ...


class _Counting:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._step, self._total, self._done, self._started = "", 0, 0, 0.0

    def begin(self, step: str, total: int = 0) -> None:
        self._step, self._total, self._done, self._started = step, total, 0, self._clock()

    def advance(self, done: int = 1) -> None:
        self._done += done

    def note(self, words: str) -> None: ...

    @property
    def _seconds(self) -> float:
        return self._clock() - self._started


class Bar(_Counting):
    """One line of a terminal, written over again; each step that ends leaves its line."""

    def __init__(self, out: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(clock)
        self._out = out
        self._shown = 0.0

    def begin(self, step: str, total: int = 0) -> None:
        super().begin(step, total)
        self._show()

    def advance(self, done: int = 1) -> None:
        super().advance(done)
        if self._clock() - self._shown >= SECONDS_BETWEEN_BARS:
            self._show()

    def end(self) -> None:
        self._show()
        self._out.write("\n")
        self._out.flush()

    def _show(self) -> None:
        self._shown = self._clock()
        width = shutil.get_terminal_size().columns
        head = f"{self._step:<22.22} "
        tail = f" {_grouped(self._done)}"
        if self._total:
            tail += f" sur {_grouped(self._total)}"
        tail += f"  {self._seconds:.1f} s".replace(".", ",")
        room = max(0, min(30, width - len(head) - len(tail) - 1)) if self._total else 0
        filled = room * min(self._done, self._total) // self._total if self._total else 0
        line = head + _FULL * filled + _EMPTY * (room - filled) + tail
        self._out.write("\r\x1b[K" + line[: width - 1])
        self._out.flush()


class Log(_Counting):
    """``step=… done=… total=… seconds=…`` at each tenth and at the end."""

    def begin(self, step: str, total: int = 0) -> None:
        super().begin(step, total)
        self._told = 0

    def advance(self, done: int = 1) -> None:
        super().advance(done)
        tenth = 10 * self._done // self._total if self._total else 0
        if tenth > self._told and self._done < self._total:
            self._told = tenth
            self._say("under way")

    def end(self) -> None:
        self._say("done")

    def note(self, words: str) -> None:
        logger.info("%s", words)

    def _say(self, event: str) -> None:
        logger.info(
            'step="%s" event="%s" done=%d total=%d seconds=%.1f', self._step, event, self._done, self._total, self._seconds
        )


def progress_on(out: TextIO = sys.stderr) -> Progress:
    """A bar when a person watches ``out``, the log otherwise."""
    return Bar(out) if out.isatty() else Log()


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
