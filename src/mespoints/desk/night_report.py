"""What a night did, as it is kept and shown. ``operations.nightly_chain`` fills it in, step after step.

It counts records and never names one: a report may be read by whoever runs the machines.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class NightOutcome(StrEnum):
    RUNNING = "running"
    DONE = "done"
    """To its end, and nothing to do."""
    TO_ATTEND = "to_attend"
    """To its end, with files refused, rows in quarantine or balances that differ: someone has to look."""
    STOPPED = "stopped"
    """A step failed; the next night takes it up again."""
    INTERRUPTED = "interrupted"
    """It never came back: killed, or the machine stopped. The next night takes it up again."""


class NightStep(StrEnum):
    """In the order of the night."""

    RECEIVE = "receive"
    ENTER = "enter"
    ANCHOR = "anchor"
    REFRESH = "refresh"
    SEND = "send"
    RECONCILE = "reconcile"
    PAPERS = "papers"
    TRACES = "traces"


class FileOutcome(StrEnum):
    ENTERED = "entered"
    REFUSED = "refused"
    WAITING = "waiting"
    """Its turn has not come: a file before it is missing or refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NightFile:
    """One file that was not in yet. ``sentence`` says why it stays out; ``sequence`` is None when its manifest does not read."""

    name: str
    sequence: int | None
    outcome: FileOutcome
    data_day: date | None = None
    rows_read: int = 0
    rows_entered: int = 0
    rows_known: int = 0
    rows_refused: int = 0
    sentence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTime:
    step: NightStep
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NightReport:
    """``touched`` and ``due`` count the records looked at, ``changed`` those whose points, status or probation are no longer what
    they were, ``first_seen`` those never looked at before.
    """

    started_at: datetime
    today: date
    """The civil day in Paris up to which deadlines are counted, included."""
    outcome: NightOutcome = NightOutcome.RUNNING
    ended_at: datetime | None = None
    files: tuple[NightFile, ...] = ()
    files_known: int = 0
    """Files of the folder that were in already."""
    rows_back: int = 0
    """Rows that had waited in quarantine and entered at last."""
    anchor: str | None = None
    """The last one of the register: entry number, digest. None when nothing has ever entered."""
    touched: int = 0
    due: int = 0
    changed: int = 0
    first_seen: int = 0
    messages_sent: int = 0
    messages_postponed: int = 0
    messages_abandoned: int = 0
    balances_compared: int = 0
    balances_differing: int = 0
    balances_unknown: int = 0
    """Stated for a holder that the register does not know."""
    papers_erased: int = 0
    """Issued papers whose life is over: their copies, and what they said."""
    shares_erased: int = 0
    """With their receipts."""
    steps: tuple[StepTime, ...] = ()
    failures: tuple[str, ...] = ()
    """Sentences: what happened, and what to do."""

    @property
    def rows_refused(self) -> int:
        return sum(file.rows_refused for file in self.files)

    @property
    def seconds(self) -> float:
        return sum(each.seconds for each in self.steps)
