"""The door to the journal of the nights: a page is opened when one starts and rewritten after each step, in case it is killed."""

from dataclasses import dataclass, replace

import msgspec

from mespoints.desk.models import Night
from mespoints.desk.night_report import NightOutcome, NightReport


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptNight:
    number: int
    report: NightReport


def open_night(report: NightReport) -> int:
    """Gives the number of the night. To be called by the only night that runs: any other still open was interrupted."""
    for night in Night.objects.filter(outcome=NightOutcome.RUNNING):
        keep(night.id, replace(_report(night), outcome=NightOutcome.INTERRUPTED))
    return Night.objects.create(started_at=report.started_at, outcome=report.outcome, report=_words(report)).id


def keep(number: int, report: NightReport) -> None:
    Night.objects.filter(id=number).update(outcome=report.outcome, report=_words(report))


def latest(at_most: int) -> tuple[KeptNight, ...]:
    """Most recent first."""
    return tuple(
        KeptNight(number=night.id, report=_report(night)) for night in Night.objects.order_by("-started_at", "-id")[:at_most]
    )


def night(number: int) -> KeptNight | None:
    found = Night.objects.filter(id=number).first()
    return KeptNight(number=found.id, report=_report(found)) if found else None


def _words(report: NightReport) -> object:
    return msgspec.to_builtins(report)


def _report(night: Night) -> NightReport:
    """Figures added since the night was kept take their default, which says that there was nothing."""
    return msgspec.convert(night.report, NightReport)
