"""Incidents: days of which the data are late, missing or wrong, declared by the operator, with the sentence people read.

They stand beside the entries because whoever reads a record must be told in the same instant: ``consultation`` and
``feed.freshness`` read them within the one statement they make anyway.
"""

from datetime import date, datetime

import msgspec
from django.db import connection, transaction

from mespoints.law.texts.sentences import in_words
from mespoints.register.sources import Source

LONGEST_SENTENCE = 500


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


class IncidentFault(ValueError):
    """What does not hold together, in a sentence for the operator; ``field`` is the argument at fault."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class UnknownIncident(LookupError):
    """No incident that is still shown has this number."""


def shown_at(moment: str) -> str:
    """SQL of the incidents shown at ``moment`` (SQL too), the latest first, as the text that ``incidents_of`` reads."""
    return f"""select coalesce(json_agg(json_build_object(
                   'id', i.id, 'source', i.source, 'first_day', i.first_day, 'last_day', i.last_day,
                   'sentence', i.sentence, 'since', i.since, 'until', i.until) order by i.since desc, i.id desc), '[]')::text
          from register_incident i
         where i.since <= {moment} and (i.until is null or i.until > {moment})"""  # noqa: S608 - constants only


def incidents_of(text: str) -> tuple[Incident, ...]:
    return tuple(_decode(text))


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
            "insert into register_incident (source, first_day, last_day, sentence, since, until, declared_by)"
            " values (%s, %s, %s, %s, %s, %s, %s) returning id",
            [source.value if source else None, first_day, last_day, told, since, until, by],
        )
        return int(cursor.fetchone()[0])


def close_incident(incident_id: int, *, last_day: date, by: int, at: datetime) -> None:
    """It is shown no more, and its days are known. Raises ``UnknownIncident``; ``IncidentFault``."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select first_day from register_incident where id = %s and (until is null or until > %s) for update",
            [incident_id, at],
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
            "update register_incident set last_day = %s, until = %s, closed_by = %s where id = %s",
            [last_day, at, by, incident_id],
        )


def incidents(at_most: int = 100) -> tuple[Incident, ...]:
    """Shown or not, the latest declared first."""
    return _incidents("order by since desc, id desc limit %s", at_most)


def incident(incident_id: int) -> Incident | None:
    return next(iter(_incidents("where id = %s", incident_id)), None)


def _incidents(condition: str, parameter: int) -> tuple[Incident, ...]:
    columns = Incident.__struct_fields__
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(columns)} from register_incident {condition}", [parameter])  # noqa: S608 - constants only
        rows = cursor.fetchall()
    return tuple(msgspec.convert(dict(zip(columns, row, strict=True)), Incident) for row in rows)


_decode = msgspec.json.Decoder(list[Incident]).decode
