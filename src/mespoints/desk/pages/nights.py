"""The first page of the desk: how fresh the register is, and the last nights."""

from dataclasses import dataclass
from datetime import datetime

from mespoints.desk.journal import KeptNight
from mespoints.desk.night_report import FileOutcome, NightOutcome, NightReport
from mespoints.desk.night_words import OUTCOMES, concerns
from mespoints.desk.pages.frame import Frame
from mespoints.desk.wording import counted, duration, moment

TONES = {
    NightOutcome.RUNNING: "neutral",
    NightOutcome.DONE: "calm",
    NightOutcome.TO_ATTEND: "watch",
    NightOutcome.STOPPED: "urgent",
    NightOutcome.INTERRUPTED: "urgent",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NightLine:
    number: int
    when: str
    word: str
    tone: str
    told: str
    took: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """``count`` is in words; None when the quarantine is empty."""

    count: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NightsPage:
    frame: Frame
    data_as_of: str | None
    waiting: Waiting
    nights: tuple[NightLine, ...]


def nights_page(frame: Frame, nights: tuple[KeptNight, ...], data_as_of: datetime | None, rows_waiting: int) -> NightsPage:
    return NightsPage(
        frame=frame,
        data_as_of=moment(data_as_of) if data_as_of else None,
        waiting=Waiting(count=counted(rows_waiting, "ligne") if rows_waiting else None),
        nights=tuple(night_line(night) for night in nights),
    )


def night_line(night: KeptNight) -> NightLine:
    report = night.report
    return NightLine(
        number=night.number,
        when=moment(report.started_at),
        word=OUTCOMES[report.outcome],
        tone=TONES[report.outcome],
        told=in_short(report),
        took=duration(report.seconds),
    )


def in_short(report: NightReport) -> str:
    entered = sum(file.outcome is FileOutcome.ENTERED for file in report.files)
    parts = [
        counted(entered, "fichier entré") if entered else "aucun fichier",
        counted(report.touched + report.due, "dossier recalculé"),
        *concerns(report),
    ]
    sentence = ", ".join(parts)
    return sentence[0].upper() + sentence[1:] + "."
