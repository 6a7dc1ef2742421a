"""The report of one night."""

from dataclasses import dataclass
from typing import assert_never

from mespoints.desk.journal import KeptNight
from mespoints.desk.night_report import FileOutcome, NightFile
from mespoints.desk.night_words import OUTCOMES, STEPS, Section, also, file_sentence, file_title, sections, summary
from mespoints.desk.pages.frame import Frame
from mespoints.desk.pages.nights import TONES
from mespoints.desk.wording import duration, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    title: str
    name: str
    word: str
    tone: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    title: str
    took: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NightPage:
    frame: Frame
    when: str
    tone: str
    word: str
    summary: str
    failures: tuple[str, ...]
    files: tuple[FileLine, ...]
    files_also: tuple[str, ...]
    """What is to be said of files and rows beside those listed."""
    has_quarantine: bool
    sections: tuple[Section, ...]
    steps: tuple[StepLine, ...]


def night_page(frame: Frame, night: KeptNight) -> NightPage:
    report = night.report
    return NightPage(
        frame=frame,
        when=moment(report.started_at),
        tone=TONES[report.outcome],
        word=OUTCOMES[report.outcome],
        summary=summary(report),
        failures=report.failures,
        files=tuple(file_line(file) for file in report.files),
        files_also=also(report),
        has_quarantine=report.rows_refused > 0,
        sections=sections(report)[1:],
        steps=tuple(StepLine(title=STEPS[each.step], took=duration(each.seconds)) for each in report.steps),
    )


def file_line(file: NightFile) -> FileLine:
    word, tone = verdict(file)
    return FileLine(title=file_title(file), name=file.name, word=word, tone=tone, sentence=file_sentence(file))


def verdict(file: NightFile) -> tuple[str, str]:
    match file.outcome:
        case FileOutcome.ENTERED:
            return ("entré, à regarder", "watch") if file.rows_refused else ("entré", "calm")
        case FileOutcome.REFUSED:
            return "refusé", "urgent"
        case FileOutcome.WAITING:
            return "en attente", "watch"
        case _:
            assert_never(file.outcome)
