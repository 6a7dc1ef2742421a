"""Is this number on that holder's papers? Yes or no: the numbers themselves never leave."""

import re

from django.db import connection

from mespoints.register.entries import Mark
from mespoints.register.file_number import FileNumber, InvalidFileNumber

_SEPARATORS = re.compile(r"[\s.\-/_]+")
_TITLE_NUMBER = re.compile(r"[A-Z0-9]{9}")

_FILE = "select exists (select from register_holder where id = %(holder)s and file_number = %(number)s)"

# A card goes with a licence that stands: one that the source retracted proves nothing.
_TITLE = r"""
select exists (
    select from register_licence l
     where l.holder_id = %(holder)s
       and upper(regexp_replace(l.title_number, '[\s./_-]+', '', 'g')) = %(number)s
       and (select e.kind from register_entry e
             where e.holder_id = l.holder_id and e.fact_id = l.fact_id order by e.version desc limit 1) <> all (%(marks)s))
"""


def looks_like_a_number(typed: str) -> bool:
    """A file number or the number of a card, by its shape alone."""
    return _file_number(typed) is not None or _title_number(typed) is not None


def is_file_number_of(holder_id: int, typed: str) -> bool:
    """Numéro de dossier (NEPH): for life. Case and separators do not count."""
    number = _file_number(typed)
    return number is not None and _answer(_FILE, holder_id, number)


def is_title_number_of(holder_id: int, typed: str) -> bool:
    """The number of a card in use; a former card no longer counts."""
    number = _title_number(typed)
    return number is not None and _answer(_TITLE, holder_id, number)


def _answer(statement: str, holder_id: int, number: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"holder": holder_id, "number": number, "marks": [mark.value for mark in Mark]})
        return bool(cursor.fetchone()[0])


def _file_number(typed: str) -> str | None:
    try:
        return FileNumber.parse(typed).canonical
    except InvalidFileNumber:
        return None


def _title_number(typed: str) -> str | None:
    number = _SEPARATORS.sub("", typed).upper()
    return number if _TITLE_NUMBER.fullmatch(number) else None
