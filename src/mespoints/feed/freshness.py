"""How far the data go, source by source; which files are missing; what the operator has declared about it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import msgspec
from django.db import connection, transaction

from mespoints.feed.manifest import Source
from mespoints.law.texts.sentences import in_words
from mespoints.register.freshness import PARIS, fresh_until

EXPECTED_BY = time(8)
"""Civil time in Paris at which the file of the day before is in."""

LOOKED_BACK = 60
"""Days in which a missing file is looked for."""

LONGEST_SENTENCE = 500

SOURCE_NAMES = {
    Source.LICENCES: "Permis et titulaires",
    Source.FINES: "Amendes",
    Source.COURTS: "Tribunaux",
    Source.LETTERS: "Lettres reçues",
    Source.COURSES: "Stages et formations",
}
"""For people: operators and drivers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFreshness:
    """``as_of`` is the last day (included) that the source has described; None before the first file."""

    source: Source
    as_of: date | None
    is_late: bool


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """``last_day`` is included, None as long as nobody knows; ``source`` None: all of them; ``sentence`` is for the public."""

    id: int
    source: Source | None
    first_day: date
    last_day: date | None
    sentence: str
    since: datetime
    until: datetime | None

    def is_shown(self, now: datetime) -> bool:
        return self.since <= now and (self.until is None or self.until > now)

    def concerns(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


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


class IncidentFault(ValueError):
    """What does not hold together, in a sentence for the operator; ``field`` is the argument at fault."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class UnknownIncident(LookupError):
    """No incident that is still shown has this number."""


class _Latest(msgspec.Struct, frozen=True, kw_only=True):
    data_day: date
    received_at: datetime
    sources: dict[Source, date]


_FRESHNESS = """
select (select json_build_object('data_day', r.data_day, 'received_at', r.received_at, 'sources', r.sources)::text
          from feed_reception r where r.batch_id is not null order by r.sequence desc limit 1),
       array(select d::date
               from generate_series(greatest((select min(data_day) from feed_reception where batch_id is not null),
                                             %(expected)s::date - %(looked_back)s), %(expected)s::date, interval '1 day') d
              where not exists (select from feed_reception r where r.batch_id is not null and r.data_day = d::date)
              order by d),
       (select coalesce(json_agg(json_build_object(
                   'id', i.id, 'source', i.source, 'first_day', i.first_day, 'last_day', i.last_day,
                   'sentence', i.sentence, 'since', i.since, 'until', i.until) order by i.since desc, i.id desc), '[]')::text
          from feed_incident i
         where i.since <= %(now)s and (i.until is null or i.until > %(now)s))
"""


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
        incidents=tuple(msgspec.json.decode(incidents, type=list[Incident])),
    )


def expected_day(now: datetime) -> date:
    """The last day whose file should be in: yesterday, or the day before as long as the morning is early."""
    here = now.astimezone(PARIS)
    return here.date() - timedelta(days=1 if here.time() >= EXPECTED_BY else 2)


def _of_source(source: Source, latest: _Latest | None, expected: date) -> SourceFreshness:
    as_of = latest.sources.get(source, latest.data_day) if latest else None
    return SourceFreshness(source=source, as_of=as_of, is_late=as_of is None or as_of < expected)


def declare_incident(
    *,
    first_day: date,
    last_day: date | None,
    sentence: str,
    by: int,
    since: datetime,
    until: datetime | None = None,
    source: Source | None = None,
) -> int:
    """Shown from ``since`` to ``until`` (excluded). Gives its number. Raises ``IncidentFault``."""
    if last_day is not None and last_day < first_day:
        raise IncidentFault(
            "last_day",
            f"l’incident finirait le {in_words(last_day)}, avant son premier jour, le {in_words(first_day)} : "
            "vérifiez les deux dates",
        )
    if until is not None and until <= since:
        raise IncidentFault("until", "l’annonce finirait avant de commencer : vérifiez les deux moments")
    told = " ".join("".join(character if character.isprintable() else " " for character in sentence).split())
    if not told:
        raise IncidentFault("sentence", "la phrase pour le public est vide : dites ce qui manque, et quand cela reviendra")
    if len(told) > LONGEST_SENTENCE:
        raise IncidentFault("sentence", f"la phrase compte {len(told)} caractères : dites-la en {LONGEST_SENTENCE} au plus")
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into feed_incident (source, first_day, last_day, sentence, since, until, declared_by)"
            " values (%s, %s, %s, %s, %s, %s, %s) returning id",
            [source.value if source else None, first_day, last_day, told, since, until, by],
        )
        return int(cursor.fetchone()[0])


def close_incident(incident_id: int, *, last_day: date, by: int, at: datetime) -> None:
    """It is shown no more, and its days are known. Raises ``UnknownIncident``; ``IncidentFault``."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select first_day from feed_incident where id = %s and (until is null or until > %s) for update", [incident_id, at]
        )
        found = cursor.fetchone()
        if found is None:
            raise UnknownIncident(f"aucun incident numéro {incident_id} n’est affiché : rechargez la liste")
        if last_day < found[0]:
            raise IncidentFault(
                "last_day",
                f"l’incident a commencé le {in_words(found[0])}, il ne peut finir le {in_words(last_day)} : vérifiez la date",
            )
        cursor.execute(
            "update feed_incident set last_day = %s, until = %s, closed_by = %s where id = %s", [last_day, at, by, incident_id]
        )


def incidents(at_most: int = 100) -> tuple[Incident, ...]:
    """Shown or not, the latest declared first."""
    return _incidents("order by since desc, id desc limit %s", at_most)


def incident(incident_id: int) -> Incident | None:
    return next(iter(_incidents("where id = %s", incident_id)), None)


def _incidents(condition: str, parameter: int) -> tuple[Incident, ...]:
    columns = Incident.__struct_fields__
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(columns)} from feed_incident {condition}", [parameter])  # noqa: S608 - constants only
        rows = cursor.fetchall()
    return tuple(msgspec.convert(dict(zip(columns, row, strict=True)), Incident) for row in rows)
