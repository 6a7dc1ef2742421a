"""How far the data go, source by source; which files are missing; what the operator has declared about it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import msgspec
from django.db import connection

from mespoints.register.freshness import PARIS, fresh_until
from mespoints.register.incidents import Incident, incidents_of, shown_at
from mespoints.register.sources import Source

EXPECTED_BY = time(8)
"""Civil time in Paris at which the file of the day before is in."""

LOOKED_BACK = 60
"""Days in which a missing file is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFreshness:
    """``as_of`` is the last day (included) that the source has described; None before the first file."""

    source: Source
    as_of: date | None
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """``data_as_of`` is the last moment that the latest file can describe; None in an empty register."""

    data_as_of: datetime | None
    expected_day: date
    """The last day whose file should be in."""
    sources: tuple[SourceFreshness, ...]
    missing_days: tuple[date, ...]
    """Days without a file, oldest first, the days still awaited at the end included."""
    incidents: tuple[Incident, ...]
    """Those that are shown now, the latest first."""

    @property
    def is_late(self) -> bool:
        return any(source.is_late for source in self.sources)


class _Latest(msgspec.Struct, frozen=True, kw_only=True):
    data_day: date
    received_at: datetime
    sources: dict[Source, date]


_FRESHNESS = f"""
select (select json_build_object('data_day', r.data_day, 'received_at', r.received_at, 'sources', r.sources)::text
          from feed_reception r where r.batch_id is not null order by r.sequence desc limit 1),
       array(select d::date
               from generate_series(greatest((select min(data_day) from feed_reception where batch_id is not null),
                                             %(expected)s::date - %(looked_back)s), %(expected)s::date, interval '1 day') d
              where not exists (select from feed_reception r where r.batch_id is not null and r.data_day = d::date)
              order by d),
       ({shown_at("%(now)s")})
"""  # noqa: S608 - constants only


def freshness(now: datetime) -> Freshness:
    """One statement. ``now`` is aware."""
    expected = expected_day(now)
    with connection.cursor() as cursor:
        cursor.execute(_FRESHNESS, {"expected": expected, "looked_back": LOOKED_BACK, "now": now})
        latest_text, missing, incidents = cursor.fetchone()
    latest = msgspec.json.decode(latest_text, type=_Latest) if latest_text else None
    return Freshness(
        data_as_of=fresh_until(latest.data_day, latest.received_at) if latest else None,
        expected_day=expected,
        sources=tuple(_of_source(source, latest, expected) for source in Source),
        # Before the first file nothing is missing: greatest() has no first day to start from.
        missing_days=tuple(missing) if latest else (),
        incidents=incidents_of(incidents),
    )


def expected_day(now: datetime) -> date:
    """The last day whose file should be in: yesterday, or the day before as long as the morning is early."""
    here = now.astimezone(PARIS)
    return here.date() - timedelta(days=1 if here.time() >= EXPECTED_BY else 2)


def _of_source(source: Source, latest: _Latest | None, expected: date) -> SourceFreshness:
    as_of = latest.sources.get(source, latest.data_day) if latest else None
    return SourceFreshness(source=source, as_of=as_of, is_late=as_of is None or as_of < expected)
