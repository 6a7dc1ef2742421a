"""Whom a verification asks about a paper: what was issued, and what became of it. The tables stand behind (``issued_papers``)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from mespoints.documents.verification.verdict import CheckedPaper, PaperStatus

LENGTH = 12
GROUPS = 4
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CONFUSED = str.maketrans({"O": "0", "I": "1", "L": "1"})
"""Crockford's base 32 has none of these letters: whoever types one read a digit."""
BETWEEN = re.compile(r"[\s\u2010-\u2015\u2212./_-]+")
LONGEST_TYPED = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPaper:
    paper: CheckedPaper
    pdf_sha256: str
    """Of the file delivered, seal included; in hexadecimal. Empty when it was not written down."""


class RegisterOfPapers(Protocol):
    def by_reference(self, reference: str) -> KnownPaper | None:
        """``reference`` as it is printed."""

    def status_of(self, reference: str, today: date) -> PaperStatus:
        """On the day ``today``, in Paris."""


def initials(given_names: Sequence[str], birth_name: str) -> str:
    """« M. L. »: of the first given name and of the birth name; enough to compare, too little to name anybody."""
    letters = (next((letter for letter in name if letter.isalpha()), "") for name in (*given_names[:1], birth_name))
    return " ".join(f"{letter.upper()[:1]}." for letter in letters if letter)


def typed_reference(text: str) -> str | None:
    """« k7q2 m4xd 9tpa », « K7Q2–M4XD–9TPA »: the reference as it is printed, or None when it cannot be one."""
    letters = BETWEEN.sub("", text[: LONGEST_TYPED + 1]).upper().translate(CONFUSED)
    if len(text) > LONGEST_TYPED or len(letters) != LENGTH or any(letter not in CROCKFORD for letter in letters):
        return None
    return "-".join(letters[start : start + GROUPS] for start in range(0, LENGTH, GROUPS))
