"""A holder found by his file number, for whoever must compare what a person typed with what the register knows."""

from dataclasses import dataclass

from django.db import connection

from mespoints.register.consultation import HOLDER_COLUMNS, HolderIdentity, holder_identity
from mespoints.register.file_number import FileNumber
from mespoints.register.licence_state import LicenceState


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedHolder:
    identity: HolderIdentity
    licence_state: LicenceState | None
    """As last stated; None when the source never said it."""

    @property
    def is_deceased(self) -> bool:
        return self.licence_state is LicenceState.DECEASED


_NUMBERED = f"""
select (select s.state from register_statedlicencestate s where s.holder_id = h.id order by s.id desc limit 1), {HOLDER_COLUMNS}
  from register_holder h
"""  # noqa: S608 - constants only


def numbered_holder(file_number: FileNumber) -> NumberedHolder | None:
    """At most one: a file number names one holder. Reads no record, and leaves no trace: the caller does when he goes on."""
    return _found("where h.file_number = %s", file_number.canonical)


def holder_known_as(holder_id: int) -> NumberedHolder | None:
    """By the internal number."""
    return _found("where h.id = %s", holder_id)


def _found(where: str, value: str | int) -> NumberedHolder | None:
    with connection.cursor() as cursor:
        cursor.execute(f"{_NUMBERED} {where}", [value])
        row = cursor.fetchone()
    if row is None:
        return None
    state, *identity = row
    return NumberedHolder(identity=holder_identity(identity), licence_state=LicenceState(state) if state else None)
