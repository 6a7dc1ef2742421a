"""Passwords that were stolen somewhere, looked up on this machine: nothing leaves it, not even part of a fingerprint.

The file has the layout in which they are published: one line ``SHA-1:count``, upper-case hexadecimal, in ascending order.
"""

import hashlib
from pathlib import Path
from typing import BinaryIO

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError

FINGERPRINT = 40
"""Hexadecimal digits of a SHA-1."""


class BreachedPasswordValidator:
    """For ``AUTH_PASSWORD_VALIDATORS``. Without a file, everything passes: the list of common passwords still stands."""

    def __init__(self, file: Path | None) -> None:
        self.file = file

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:  # noqa: ARG002 – Django's form
        if self.file is not None and times_stolen(password, self.file):
            raise ValidationError(
                "Ce mot de passe figure dans une liste de mots de passe volés sur d’autres sites : choisissez-en un autre.",
                code="password_breached",
            )

    def get_help_text(self) -> str:
        return "Votre mot de passe ne doit pas figurer dans une liste de mots de passe volés."


def times_stolen(password: str, file: Path) -> int:
    """The count that the file gives; 0 when it is not there. Some thirty reads, whatever the length of the file."""
    # The published lists are made of SHA-1: it finds a line here, it protects nothing.
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with file.open("rb") as lines:
        lines.seek(_start_of_first_not_before(wanted, lines))
        found, _, count = lines.readline().strip().partition(b":")
    # A line without a count still says that the password was stolen.
    return (int(count) if count else 1) if found[:FINGERPRINT].upper() == wanted else 0


def _start_of_first_not_before(wanted: bytes, lines: BinaryIO) -> int:
    """Binary search by position: where the first line that is not before ``wanted`` begins."""
    low, high = 0, lines.seek(0, 2)
    while low < high:
        middle = (low + high) // 2
        start = _start_of_line_after(middle, lines)
        line = lines.readline()
        if line and line[:FINGERPRINT].upper() < wanted:
            low = start + len(line)
        else:
            high = middle
    return _start_of_line_after(low, lines)


def _start_of_line_after(position: int, lines: BinaryIO) -> int:
    """``position`` itself when a line begins there. The file stands there afterwards."""
    if position == 0:
        lines.seek(0)
        return 0
    lines.seek(position - 1)
    lines.readline()
    return lines.tell()
