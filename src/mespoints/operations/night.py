"""A night under way: its report, written again after each step, so that one that is killed still tells how far it went."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from django.db import DatabaseError, OperationalError, connection
from psycopg import errors

from mespoints.desk import journal
from mespoints.desk.night_report import FileOutcome, NightFile, NightOutcome, NightReport, NightStep, StepTime
from mespoints.desk.night_words import STEPS
from mespoints.operations.progress import Progress
from mespoints.register.freshness import PARIS

logger = logging.getLogger(__name__)

TAKE_UP = "Relancez « mespoints night » une fois la cause levée : ce qui est fait ne se refait pas."


class NightStopped(Exception):
    """One sentence: what stopped it, and what to do."""


class Night:
    def __init__(self, number: int, report: NightReport, progress: Progress) -> None:
        self.number = number
        self.report = report
        self.progress = progress

    @property
    def now(self) -> datetime:
        return self.report.started_at

    @property
    def today(self) -> date:
        return self.report.today

    @classmethod
    @contextmanager
    def opened(cls, now: datetime, progress: Progress) -> Iterator["Night"]:
        report = NightReport(started_at=now, today=now.astimezone(PARIS).date())
        night = cls(journal.open_night(report), report, progress)
        yield night
        night._end(NightOutcome.TO_ATTEND if night._needs_someone else NightOutcome.DONE)

    @contextmanager
    def step(self, step: NightStep) -> Iterator[None]:
        started = time.monotonic()
        try:
            yield
        except Exception as error:
            logger.exception('night=%d step="%s" event="stopped"', self.number, step)
            raise self._stopped(step, error) from error
        self.tell(steps=(*self.report.steps, StepTime(step=step, seconds=time.monotonic() - started)))
        journal.keep(self.number, self.report)
        self.progress.note(f'night={self.number} step="{step}" seconds={self.report.steps[-1].seconds:.1f}')

    def tell(self, **figures: Any) -> None:
        self.report = replace(self.report, **figures)

    def tell_file(self, file: NightFile) -> None:
        self.tell(files=(*self.report.files, file))

    def tell_failure(self, sentence: str) -> None:
        self.tell(failures=(*self.report.failures, sentence))

    @property
    def _needs_someone(self) -> bool:
        has_stayed_out = any(file.outcome is not FileOutcome.ENTERED for file in self.report.files)
        return bool(
            has_stayed_out
            or self.report.rows_refused
            or self.report.balances_differing
            or self.report.messages_abandoned
            or self.report.failures
        )

    def _stopped(self, step: NightStep, error: Exception) -> "NightStopped":
        sentence = f"{STEPS[step]} : {cause(error)} {TAKE_UP}"
        self.tell_failure(sentence)
        # A database that is gone keeps no report: the next night will find this one open and say that it was interrupted.
        with suppress(DatabaseError):
            if not connection.is_usable():
                connection.close()
            self._end(NightOutcome.STOPPED)
        return NightStopped(sentence)

    def _end(self, outcome: NightOutcome) -> None:
        self.tell(outcome=outcome, ended_at=datetime.now(UTC))
        journal.keep(self.number, self.report)


def cause(error: Exception) -> str:
    """In words; never the message of the error, which may quote a row."""
    # Within a COPY the driver's own errors come as they are.
    if any(isinstance(each, errors.DiskFull) for each in (error, error.__cause__)):
        return "le disque de la base est plein."
    match error:
        case OperationalError() | errors.OperationalError():
            return "la base de données s’est arrêtée ou ne répond plus."
        case DatabaseError() | errors.Error():
            return f"la base de données a refusé le travail ({type(error).__name__})."
        case OSError():
            return f"un fichier ou une machine ne répond pas ({error.strerror or type(error).__name__})."
        case _:
            return f"le programme a un défaut ({type(error).__name__}) ; le journal dit où."
