"""The state of the data: how far each source goes, the days without a file, the incidents with their days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mespoints.feed.freshness import LOOKED_BACK, Freshness, SourceFreshness
from mespoints.portal.french import counted, day_in_words, moment_in_words, typeset
from mespoints.portal.pages.frame import Frame
from mespoints.portal.pages.home import Service, service
from mespoints.register.incidents import Incident
from mespoints.register.sources import SOURCE_NAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    name: str
    as_of: str
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLine:
    source: str
    days: str
    sentence: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DataStatePage:
    frame: Frame
    service: Service
    sources: tuple[SourceLine, ...]
    """Empty as long as no file has come."""
    incidents: tuple[IncidentLine, ...]
    missing: tuple[str, ...]
    looked_back: str


def data_state_page(frame: Frame, fresh: Freshness) -> DataStatePage:
    return DataStatePage(
        frame=frame,
        service=service(fresh),
        sources=tuple(source_line(source) for source in fresh.sources) if fresh.data_as_of else (),
        incidents=tuple(incident_line(incident) for incident in fresh.incidents),
        missing=tuple(days_in_words(first, last) for first, last in runs(fresh.missing_days)),
        looked_back=counted(LOOKED_BACK, "jour"),
    )


def source_line(source: SourceFreshness) -> SourceLine:
    as_of = f"jusqu'au {day_in_words(source.as_of)} compris" if source.as_of else "pas encore reçues"
    return SourceLine(name=SOURCE_NAMES[source.source], as_of=typeset(as_of), is_late=source.is_late)


def incident_line(incident: Incident) -> IncidentLine:
    return IncidentLine(
        source=SOURCE_NAMES[incident.source] if incident.source else "Toutes les sources",
        days=days_in_words(incident.first_day, incident.last_day),
        sentence=typeset(incident.sentence),
        since=moment_in_words(incident.since),
    )


def days_in_words(first: date, last: date | None) -> str:
    """Both included."""
    if last is None:
        return f"depuis le {day_in_words(first)}"
    return f"le {day_in_words(first)}" if first == last else f"du {day_in_words(first)} au {day_in_words(last)}"


def runs(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Days that follow one another, told together: the first and the last of each series."""
    first: date | None = None
    for rank, day in enumerate(days):
        first = first or day
        if rank + 1 == len(days) or days[rank + 1] != day + timedelta(days=1):
            yield first, day
            first = None
