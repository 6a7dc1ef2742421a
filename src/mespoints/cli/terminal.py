"""What a command has to say, put on the terminal: its width, its letters, and whoever stops reading."""

import io
import shutil
import sys
from collections.abc import Iterable

from mespoints.cli.evaluate import give_up_writing
from mespoints.law.texts.sentences import NO_BREAK

NARROWEST, WIDEST, NOT_A_TERMINAL = 40, 140, 100


def width() -> int:
    return min(max(shutil.get_terminal_size((NOT_A_TERMINAL, 24)).columns, NARROWEST), WIDEST)


def show(lines: Iterable[str]) -> int:
    """The exit status: 0, or 2 when nobody could be told. No-break spaces are for pages: here lines are already cut."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        print("\n".join(lines).replace(NO_BREAK, " "))
        sys.stdout.flush()
    except OSError as error:
        return give_up_writing(error)
    return 0


def visible(text: str) -> str:
    """What a source wrote may hold what a terminal obeys: everything but the end of a line is written out."""
    return "".join(letter if letter.isprintable() or letter in f"\n{NO_BREAK}" else f"\\u{ord(letter):04x}" for letter in text)
