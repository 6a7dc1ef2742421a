"""What people type on the pages of the licence number, read into values or into sentences that help."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mespoints.identity.licence_claim import UNKNOWN, Claim
from mespoints.register.file_number import FileNumber, InvalidFileNumber

LONGEST_NAME = 200
LONGEST_NUMBER = 60
"""Characters, separators included: past it, it is no file number."""
OLDEST_YEAR = 1900

_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[\s./\-]+(?P<month>\d{1,2})[\s./\-]+(?P<year>\d{4})", re.ASCII)
_TOGETHER = re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII)
"""What browsers fill in by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """By the name of the field: what was expected, in a sentence."""

    problems: Mapping[str, str]


class NotADate(ValueError):
    """The message is one sentence for the person who typed it."""


def read_claim(typed: Mapping[str, str], today: date) -> Claim | Refused:
    problems: dict[str, str] = {}
    number, name, born = (typed.get(field, "").strip() for field in ("file_number", "birth_name", "birth_date"))
    file_number, birth_date = None, ""
    try:
        file_number = FileNumber.parse(number if len(number) <= LONGEST_NUMBER else "")
    except InvalidFileNumber:
        problems["file_number"] = (
            "Recopiez le numéro de votre dossier : 12 chiffres, ou de 5 à 19 lettres et chiffres sur les anciens permis."
            if number
            else "Écrivez le numéro de votre dossier."
        )
    if not name or len(name) > LONGEST_NAME or "\0" in name:
        problems["birth_name"] = "Écrivez votre nom de naissance, tel qu’il figure sur votre pièce d’identité."
    try:
        birth_date = read_birth_date(born, today)
    except NotADate as refused:
        problems["birth_date"] = str(refused)
    if problems or file_number is None:
        return Refused(problems=problems)
    return Claim(file_number=file_number, birth_name=name, birth_date=birth_date)


def read_birth_date(text: str, today: date) -> str:
    """``YYYY-MM-DD``, with ``00`` for a day, or a day and a month, that are not known. Raises ``NotADate``."""
    if not text:
        raise NotADate("Écrivez votre date de naissance, par exemple 21/02/2005.")
    read = next((found for form in (_DAY_FIRST, _TOGETHER, _YEAR_FIRST) if (found := form.fullmatch(text))), None)
    if read is None:
        raise NotADate("Écrivez le jour, le mois et l’année en chiffres, par exemple 21/02/2005.")
    year, month, day = int(read["year"]), int(read["month"]), int(read["day"])
    if not OLDEST_YEAR <= year <= today.year:
        raise NotADate(f"Vérifiez l’année : elle est attendue entre {OLDEST_YEAR} et {today.year}.")
    if not month and day:
        raise NotADate("Vérifiez le mois : s’il est inconnu, écrivez 00 pour le jour et pour le mois.")
    try:
        born = date(year, month or 1, day or 1)
    except ValueError:
        raise NotADate("Ce jour n’existe pas dans le calendrier : vérifiez le jour et le mois.") from None
    if born > today:
        raise NotADate("Cette date est dans l’avenir : vérifiez l’année.")
    return f"{year:04d}-{month or UNKNOWN:>02}-{day or UNKNOWN:>02}"
