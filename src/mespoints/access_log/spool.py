"""Traces that the database refused, kept in a file until it takes them."""

import fcntl
import os
from pathlib import Path

import msgspec
from django.db import transaction

from mespoints.access_log.trace import Trace, trace

_decode = msgspec.json.Decoder(Trace).decode


def spool(line: Trace, path: Path) -> None:
    """Appends one line and waits for the disk: a trace announced is a trace kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        os.write(descriptor, msgspec.json.encode(line) + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def recover(path: Path) -> int:
    """Writes the spooled traces into the table, all or none, then empties the file. Returns how many.

    A crash between the two leaves both: a trace may then stand twice, never be lost.
    """
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return 0
    with os.fdopen(descriptor, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        lines = [_decode(line) for line in file]
        with transaction.atomic():
            for line in lines:
                trace(line)
        file.truncate(0)
    return len(lines)
