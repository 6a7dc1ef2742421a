"""The first page of the desk: how fresh the register is, and the last nights."""

from dataclasses import dataclass

from mespoints.desk.journal import KeptNight
from mespoints.desk.night_report import FileOutcome, NightOutcome, NightReport
from mespoints.desk.night_words import OUTCOMES, concerns
from mespoints.desk.pages.frame import Frame
from mespoints.desk.wording import counted, duration, moment
from mespoints.feed.freshness import Freshness, SourceFreshness
from mespoints.law.texts.sentences import in_words
from mespoints.register.sources import SOURCE_NAMES

TONES = {
    NightOutcome.RUNNING: "neutral",
    NightOutcome.DONE: "calm",
    NightOutcome.TO_ATTEND: "watch",
    NightOutcome.STOPPED: "urgent",
    NightOutcome.INTERRUPTED: "urgent",
}

MOST_DAYS = 10
"""Missing days named one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NightLine:
    number: int
    when: str
    word: str
    tone: str
    told: str
    took: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    name: str
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshnessBox:
    tone: str
    title: str
    sentences: tuple[str, ...]
    sources: tuple[SourceLine, ...]
    """Only when they are not all of the same day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NightsPage:
    frame: Frame
    freshness: FreshnessBox
    waiting: str | None
    """Rows in quarantine, in words; None when there is none."""
    nights: tuple[NightLine, ...]


def nights_page(frame: Frame, nights: tuple[KeptNight, ...], freshness: Freshness, waiting: str | None) -> NightsPage:
    return NightsPage(
        frame=frame, freshness=freshness_box(freshness), waiting=waiting, nights=tuple(night_line(night) for night in nights)
    )


def freshness_box(freshness: Freshness) -> FreshnessBox:
    if freshness.data_as_of is None:
        sentence = "Aucun fichier n’est encore entré. Déposez le premier, puis lancez « mespoints night »."
        return FreshnessBox(tone="watch", title="Le registre est vide", sentences=(sentence,), sources=())
    days = {source.as_of for source in freshness.sources}
    awaited = f"Le fichier du {in_words(freshness.expected_day)} devrait être entré."
    return FreshnessBox(
        tone="watch" if freshness.is_late or freshness.missing_days else "calm",
        title=f"Données du {moment(freshness.data_as_of)}",
        sentences=(
            awaited if freshness.is_late else "Rien n’est en retard.",
            *missing(freshness),
            *(f"Incident déclaré : {incident.sentence}" for incident in freshness.incidents),
        ),
        sources=tuple(source_line(source) for source in freshness.sources) if len(days) > 1 else (),
    )


def missing(freshness: Freshness) -> tuple[str, ...]:
    if not freshness.missing_days:
        return ()
    named = [in_words(day) for day in freshness.missing_days[-MOST_DAYS:]]
    others = len(freshness.missing_days) - len(named)
    before = f"{counted(others, 'jour plus ancien', 'jours plus anciens')}, " if others else ""
    return (f"Sans fichier : {before}{', '.join(named)}.",)


def source_line(source: SourceFreshness) -> SourceLine:
    as_of = in_words(source.as_of) if source.as_of else "jamais décrite"
    return SourceLine(name=SOURCE_NAMES[source.source], as_of=f"{as_of}, en retard" if source.is_late else as_of)


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
        counted(entered, "fichier entré") if entered else "aucun fichier nouveau",
        counted(report.touched + report.due, "dossier recalculé"),
        *concerns(report),
    ]
    sentence = ", ".join(parts)
    return sentence[0].upper() + sentence[1:] + "."
