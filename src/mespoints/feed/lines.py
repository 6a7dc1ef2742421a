"""A data file line by line, in bounded memory whatever the lines."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from mespoints.feed.rejections import LONGEST_LINE

Line = tuple[int, bytes]
"""Number, from 1, and bytes with their end of line; a line longer than ``LONGEST_LINE`` is cut one byte beyond it."""

Witness = Callable[[bytes], object]
"""Told every byte of the file, in order."""


def numbered_lines(file: BinaryIO, witness: Witness) -> Iterator[Line]:
    number = 0
    while raw := file.readline(LONGEST_LINE + 1):
        number += 1
        rest = raw
        witness(rest)
        while not rest.endswith(b"\n") and rest:
            rest = file.readline(LONGEST_LINE + 1)
            witness(rest)
        yield number, raw


def chunks(path: Path, size: int, witness: Witness = len) -> Iterator[list[Line]]:
    with path.open("rb") as file:
        lines = numbered_lines(file, witness)
        while chunk := list(islice(lines, size)):
            yield chunk


def is_too_long(raw: bytes) -> bool:
    return len(raw.rstrip(b"\r\n")) > LONGEST_LINE
