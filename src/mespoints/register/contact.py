"""Where the administration writes to a holder: kept apart from the record, and read by those who write to him only."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from mespoints.register.arrivals import ContactKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactOnFile:
    kind: ContactKind
    address: str
    since: date


def contacts_on_file(holder_id: int) -> tuple[ContactOnFile, ...]:
    """One for each channel that stands, by kind."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select kind, address, since from register_contact where holder_id = %s and address is not null order by kind",
            [holder_id],
        )
        return tuple(
            ContactOnFile(kind=ContactKind(kind), address=address, since=since) for kind, address, since in cursor.fetchall()
        )
