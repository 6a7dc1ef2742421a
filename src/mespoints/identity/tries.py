"""So many tries a day, counted exactly whatever the number of processes: the database decides who is the fifth."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection

from mespoints.identity.digests import keyed_digest

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyLimit:
    name: str
    most: int


PROOFS_OF_SUBJECT = DailyLimit(name="proofs_of_subject", most=5)
PROOFS_OF_RECORD = DailyLimit(name="proofs_of_record", most=5)

# One statement: two tries at once cannot both be the last.
_SPEND = """
insert into identity_tries as t ("limit", key_digest, day, spent) values (%(limit)s, %(key)s, %(day)s, 1)
on conflict ("limit", key_digest, day) do update set spent = t.spent + 1 where t.spent < %(most)s
returning spent
"""


def spend(limit: DailyLimit, key: str, now: datetime) -> bool:
    """Counts one try of the civil day (Paris); False, and nothing counted, when none is left."""
    day = now.astimezone(PARIS).date()
    with connection.cursor() as cursor:
        cursor.execute("delete from identity_tries where day < %s", [day])
        cursor.execute(_SPEND, {"limit": limit.name, "key": keyed_digest(limit.name, key), "day": day, "most": limit.most})
        return cursor.fetchone() is not None
