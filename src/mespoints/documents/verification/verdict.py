"""The answer to « ce papier est-il bon ? »: one frozen value, in plain French, that anybody may read. Never a word of points."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Means(StrEnum):
    """What was given to check."""

    FILE = "file"
    CODE = "code"
    REFERENCE = "reference"


class Outcome(StrEnum):
    AUTHENTIC = "authentic"
    AUTHENTIC_TEST = "authentic-test"
    ALTERED = "altered"
    SIGNED_BY_ANOTHER = "signed-by-another"
    SIGNED_TWICE = "signed-twice"
    REVOKED = "revoked"
    OUT_OF_VALIDITY = "out-of-validity"
    NOT_SEALED = "not-sealed"
    ENCRYPTED = "encrypted"
    NOT_A_PDF = "not-a-pdf"
    TRUNCATED = "truncated"
    TOO_LARGE = "too-large"
    POLYGLOT = "polyglot"
    UNREADABLE = "unreadable"
    NOT_A_CODE = "not-a-code"
    KNOWN_REFERENCE = "known-reference"
    UNKNOWN_REFERENCE = "unknown-reference"
    NOT_A_REFERENCE = "not-a-reference"


class PaperStatus(StrEnum):
    """What became of a paper since it was issued."""

    VALID = "valid"
    EXPIRED = "expired"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"
    """Not in the register; or, offline, nobody was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedPaper:
    """What a third party may read of a paper that is ours: neither points nor offences, and no name in full."""

    kind: str
    """« Attestation de droits à conduire »."""
    reference: str | None
    issued_on: date | None
    expires_on: date | None = None
    """Last day included."""
    initials: str | None = None
    """« M. L. »"""
    rights: str | None = None
    """State of the licence, in French, on the day of issue."""
    categories: tuple[str, ...] = ()
    """Both of an attestation alone."""
    holds_points: bool = True
    """The paper itself tells of points: nobody may ask the holder for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    means: Means
    outcome: Outcome
    word: str
    """The answer in a few words."""
    sentence: str
    what_to_do: str
    status: PaperStatus | None = None
    """None unless the paper is ours."""
    status_sentence: str | None = None
    paper: CheckedPaper | None = None
    """None unless the paper is ours."""
    sealed_at: datetime | None = None
    timestamped_at: datetime | None = None
    """As a time-stamping authority that we trust says."""
    remarks: tuple[str, ...] = ()

    @property
    def is_authentic(self) -> bool:
        """True of a real seal only: a test proves nothing, and a reference alone even less."""
        return self.outcome is Outcome.AUTHENTIC

    @property
    def is_test(self) -> bool:
        return self.outcome is Outcome.AUTHENTIC_TEST

    @property
    def is_good_today(self) -> bool:
        """Genuine, and nothing has replaced, withdrawn or ended it."""
        return self.is_authentic and self.status is PaperStatus.VALID
