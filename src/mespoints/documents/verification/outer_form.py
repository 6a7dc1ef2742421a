"""What the bytes of a file say before any parser reads them: cheap refusals, each with its name, whatever was sent."""

import re

from mespoints.documents.verification.verdict import Outcome

LARGEST_FILE = 5 * 1024 * 1024
"""Bytes. Our papers have about a hundred thousand; a longer file is not one of them."""
HEADER = b"%PDF-"
END = b"%%EOF"
HEADER_SOUGHT = 1024
"""Bytes in which readers of PDF accept to find the header, which is how a file can be two things at once."""
WHITE = b"\x00\t\n\x0c\r "
OBJECT = re.compile(rb"[\s\x00]*\d+[\s\x00]+\d+[\s\x00]+obj\b")
ENCRYPT = re.compile(rb"/Encrypt\b")
BYTE_RANGE = re.compile(rb"/ByteRange\b")


def refused_for_its_form(pdf: bytes) -> Outcome | None:
    """None: a PDF, whole, in clear, that carries something like a seal, and nothing before nor after."""
    if len(pdf) > LARGEST_FILE:
        return Outcome.TOO_LARGE
    if not pdf.startswith(HEADER):
        return Outcome.POLYGLOT if HEADER in pdf[:HEADER_SOUGHT] else Outcome.NOT_A_PDF
    _, end, tail = pdf.rpartition(END)
    if not end:
        return Outcome.TRUNCATED
    if tail.strip(WHITE):
        # An addition cut short begins as an object does.
        return Outcome.TRUNCATED if OBJECT.match(tail) else Outcome.POLYGLOT
    if ENCRYPT.search(pdf):
        return Outcome.ENCRYPTED
    return None if BYTE_RANGE.search(pdf) else Outcome.NOT_SEALED
