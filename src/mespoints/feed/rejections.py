"""Why a row does not enter: a value with a stable code and a sentence that says what to do, never an exception."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from mespoints.feed.strict_json import DuplicateKey

LONGEST_LINE = 65_536
"""Bytes, end of line excluded."""

LONGEST_FOUND = 120
"""Characters of what was found that a rejection repeats."""

LONGEST_RAW = 4_096
"""Bytes that the quarantine keeps of a line that is no row; a row that reads is kept whole."""


class RejectionCode(StrEnum):
    BYTE_ORDER_MARK = "byte_order_mark"
    ENCODING = "encoding"
    NUL = "nul"
    JSON = "json"
    TOO_LARGE = "too_large"
    DUPLICATE_KEY = "duplicate_key"
    MISSING = "missing"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_VALUE = "unknown_value"
    WRONG_TYPE = "wrong_type"
    WRONG_LENGTH = "wrong_length"
    CONTROL_CHARACTER = "control_character"
    NOT_A_DAY = "not_a_day"
    OUT_OF_RANGE = "out_of_range"
    FILE_NUMBER = "file_number"
    PLACE_CODE = "place_code"
    EMAIL = "email"
    MOBILE = "mobile"
    ESTABLISHED_BEFORE_COMMITTED = "established_before_committed"
    ESTABLISHED_WITHOUT_MODE = "established_without_mode"
    MODE_WITHOUT_ESTABLISHMENT = "mode_without_establishment"
    RECORDED_TOO_EARLY = "recorded_too_early"
    ENDS_BEFORE_START = "ends_before_start"
    UNKNOWN_HOLDER = "unknown_holder"
    CONFLICT = "conflict"
    DANGLING_REFERENCE = "dangling_reference"
    COLLISION = "collision"
    UNKNOWN_FACT = "unknown_fact"
    STILL_REFERRED = "still_referred"


WHAT_TO_DO = {
    RejectionCode.BYTE_ORDER_MARK: "Écrivez le fichier sans marque d’ordre des octets au début, et renvoyez la ligne.",
    RejectionCode.ENCODING: "Écrivez le fichier en UTF-8, et renvoyez la ligne.",
    RejectionCode.NUL: "La ligne contient des octets nuls : écrivez le fichier en UTF-8, et renvoyez la ligne.",
    RejectionCode.JSON: "Une ligne est un seul objet JSON, entier : réécrivez-la et renvoyez-la.",
    RejectionCode.TOO_LARGE: f"Une ligne compte au plus {LONGEST_LINE} octets : vérifiez les fins de ligne.",
    RejectionCode.DUPLICATE_KEY: "Ce champ est deux fois dans la ligne : gardez-en un seul et renvoyez la ligne.",
    RejectionCode.MISSING: "Ce champ est obligatoire : ajoutez-le et renvoyez la ligne.",
    RejectionCode.UNKNOWN_FIELD: "Ce champ n’existe pas pour ce genre de ligne : corrigez son nom ou retirez-le.",
    RejectionCode.UNKNOWN_VALUE: "Cette valeur n’est pas dans la liste du format : prenez-en une de docs/feed.md.",
    RejectionCode.WRONG_TYPE: "La valeur n’est pas du type attendu : voyez ce champ dans docs/feed.md.",
    RejectionCode.WRONG_LENGTH: "La valeur est vide ou trop longue : voyez ce champ dans docs/feed.md.",
    RejectionCode.CONTROL_CHARACTER: "Le texte contient un caractère de contrôle : retirez-le et renvoyez la ligne.",
    RejectionCode.NOT_A_DAY: "Attendu : un jour du calendrier, écrit AAAA-MM-JJ. Corrigez la date et renvoyez la ligne.",
    RejectionCode.OUT_OF_RANGE: "La valeur sort des bornes admises : voyez ce champ dans docs/feed.md.",
    RejectionCode.FILE_NUMBER: "Attendu : de 5 à 19 lettres ou chiffres. Corrigez le numéro de dossier et renvoyez la ligne.",
    RejectionCode.PLACE_CODE: "Attendu : un code INSEE de cinq caractères (pays : 99 suivi de trois chiffres). Corrigez-le.",
    RejectionCode.EMAIL: "Attendu : une adresse électronique, nom@domaine. Corrigez-la ou retirez-la.",
    RejectionCode.MOBILE: "Attendu : un numéro international, + puis 7 à 15 chiffres. Corrigez-le ou retirez-le.",
    RejectionCode.ESTABLISHED_BEFORE_COMMITTED: "Une infraction est établie après avoir été commise : vérifiez les deux dates.",
    RejectionCode.ESTABLISHED_WITHOUT_MODE: "Dites comment la réalité de l’infraction a été établie (established_by).",
    RejectionCode.MODE_WITHOUT_ESTABLISHMENT: "Donnez le jour d’établissement (established_on), ou retirez established_by.",
    RejectionCode.RECORDED_TOO_EARLY: "Un fait est enregistré après avoir eu lieu : vérifiez recorded_on et la date du fait.",
    RejectionCode.ENDS_BEFORE_START: "La fin précède le début : vérifiez les deux dates.",
    RejectionCode.UNKNOWN_HOLDER: (
        "Envoyez la ligne « holder » de ce numéro de dossier : cette ligne-ci entrera avec elle. "
        "Si le numéro est faux, corrigez-le ici."
    ),
    RejectionCode.CONFLICT: (
        "Ce fact_id désigne déjà un fait différent de ce titulaire : donnez un autre fact_id à un autre fait, "
        "ou corrigez celui-ci par une ligne « correction »."
    ),
    RejectionCode.DANGLING_REFERENCE: (
        "Aucune infraction de ce titulaire ne porte ce fact_id : envoyez-la, cette ligne-ci entrera avec elle. "
        "Si le fact_id est faux, corrigez-le ici."
    ),
    RejectionCode.COLLISION: "Deux infractions simultanées ont le même jour de commission : corrigez ce jour ou retirez le lien.",
    RejectionCode.UNKNOWN_FACT: "Aucun fait de ce titulaire ne porte ce fact_id : vérifiez-le, ou envoyez d’abord le fait.",
    RejectionCode.STILL_REFERRED: (
        "Un autre fait de ce titulaire parle de cette infraction : retirez-le d’abord, ou dans le même fichier."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """``line`` counts from 1; ``field`` is None when the whole row is at fault; ``what_to_do`` is French, for the source."""

    code: RejectionCode
    line: int
    field: str | None
    found: str
    what_to_do: str


def rejection(code: RejectionCode, line: int, field: str | None, found: object) -> Rejection:
    return Rejection(code=code, line=line, field=field, found=_shown(found), what_to_do=WHAT_TO_DO[code])


def readable(raw: bytes, longest: int = LONGEST_RAW) -> str:
    r"""The row as a text PostgreSQL can keep: no NUL, unreadable bytes written ``\xNN``."""
    return raw[:longest].rstrip(b"\r\n").decode("utf-8", "backslashreplace").replace("\x00", "\\x00")


_PATH = re.compile(r" - at `\$\.?(?P<path>[^`]*)`$")
_NAMED = re.compile(r"^Object (?:missing required|contains unknown) field `(?P<field>.*)`$", re.DOTALL)
# The words of msgspec, first match wins; tests hold each of them.
_WORDS = (
    ("Object missing required field", RejectionCode.MISSING),
    ("Object contains unknown field", RejectionCode.UNKNOWN_FIELD),
    ("Invalid value", RejectionCode.UNKNOWN_VALUE),
    ("Invalid enum value", RejectionCode.UNKNOWN_VALUE),
    ("Invalid RFC3339 encoded date", RejectionCode.NOT_A_DAY),
    ("Expected `date`", RejectionCode.NOT_A_DAY),
    ("Expected `int` >=", RejectionCode.OUT_OF_RANGE),
    ("Expected `int` <=", RejectionCode.OUT_OF_RANGE),
    ("Expected `str` of length", RejectionCode.WRONG_LENGTH),
    ("Expected `array` of length", RejectionCode.WRONG_LENGTH),
    ("Expected `object`", RejectionCode.JSON),
)


def malformed(raw: bytes, line: int, error: Exception) -> Rejection:
    """The rejection of a row that does not read: slow, for bad rows only."""
    if isinstance(error, DuplicateKey):
        return rejection(RejectionCode.DUPLICATE_KEY, line, error.key, error.key)
    code = _fault_of_bytes(raw, error)
    if code is not None:
        return rejection(code, line, None, readable(raw))
    if not isinstance(error, msgspec.ValidationError):
        return rejection(RejectionCode.JSON, line, None, readable(raw))
    path = _PATH.search(str(error))
    words = _PATH.sub("", str(error))
    code = next((code for start, code in _WORDS if words.startswith(start)), RejectionCode.WRONG_TYPE)
    named = _NAMED.match(words)
    steps = [path["path"]] if path and path["path"] else []
    field = ".".join([*steps, named["field"]] if named else steps) or None
    try:
        whole = msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError):
        # The first fault of form hid a line that is no JSON at all.
        return rejection(RejectionCode.JSON, line, None, readable(raw))
    return rejection(code, line, field, readable(raw) if field is None else _value_at(whole, field))


def _fault_of_bytes(raw: bytes, error: Exception) -> RejectionCode | None:
    if raw.startswith(b"\xef\xbb\xbf"):
        return RejectionCode.BYTE_ORDER_MARK
    if isinstance(error, UnicodeDecodeError) or not _is_utf8(raw):
        return RejectionCode.ENCODING
    return RejectionCode.NUL if b"\x00" in raw else None


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _value_at(value: Any, field: str) -> object:
    """What stands at ``field``, such as ``given_names[1]``; « rien » when nothing does."""
    for step in re.findall(r"[^.\[\]]+", field):
        try:
            value = value[int(step)] if isinstance(value, list) else value[step]
        except (KeyError, IndexError, TypeError, ValueError):
            return "rien"
    return value


def _shown(found: object) -> str:
    text = str(found) if isinstance(found, str | date) else msgspec.json.encode(found).decode()
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[: LONGEST_FOUND + 1])
    return shown if len(text) <= LONGEST_FOUND else shown[:LONGEST_FOUND] + "…"
