"""From a stated message to its exact bytes, those that the signature covers.

Where the specification leaves a choice, ours is: fields in the order given, and no separator after the last one (unless it is
truncated, where the specification asks for it).
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mespoints.documents.visible_code.fields import FIELDS, TYPES, DocumentType, FieldSpec, Kind
from mespoints.documents.visible_code.forms import FORMS
from mespoints.documents.visible_code.writing import Unwritable, hex_day

GS, RS, US = "\x1d", "\x1e", "\x1f"
Version = Literal["02", "03", "04"]
VERSIONS: tuple[Version, ...] = ("02", "03", "04")
"""03 adds the perimeter, 04 the country that issues; new papers take 04."""
PERIMETER = "01"
"""That of the specification itself; no other one is known here."""
AUTHORITY = re.compile("[A-Z]{2}[A-Z0-9]{2}")
CERTIFICATE = re.compile("[A-Z0-9]{4}")
COUNTRY = re.compile("[A-Z]{2}")
WRITABLE = re.compile("[ -_]*")
"""The basic and second sets of C40: no small letter, no control."""
CUT_WHEN_TOO_LONG = frozenset({Kind.TEXT, Kind.GIVEN_NAMES})
"""Our choice, narrower than the specification: half a file number or half a list of categories would lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    version: Version = "04"
    authority: str
    """Certification authority: country and two characters, « FR05 »; « FR00 » for tests."""
    certificate: str
    issued_on: date
    signed_on: date
    document_type: DocumentType
    country: str = "FR"
    """Written from version 04 on; before, it is that of the authority."""


@dataclass(frozen=True, slots=True)
class Field:
    identifier: str
    value: str
    """As written in the code; the whole value, which the encoding may cut."""
    is_truncated: bool = False
    """Already cut before it was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    header: Header
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a paper says, before anybody signs it."""

    document_type: DocumentType
    issued_on: date
    fields: tuple[Field, ...]


def encoded(message: Message) -> bytes:
    """The same message gives the same bytes. Raises ``Unwritable`` for what no reader would accept."""
    document = message.header.document_type
    _require_known(document, message.fields)
    *first, last = message.fields
    body = "".join([_block(field, is_last=False) for field in first] + [_block(last, is_last=True)])
    return (_head(message.header) + body).encode("ascii")


def _head(header: Header) -> str:
    for name, value, shape in (
        ("identifiant d’autorité", header.authority, AUTHORITY),
        ("identifiant de certificat", header.certificate, CERTIFICATE),
        ("pays", header.country, COUNTRY),
    ):
        if shape.fullmatch(value) is None:
            raise Unwritable(f"« {value} » n’est pas un {name} de code 2D-Doc. Vérifiez le réglage du cachet.")
    perimeter = PERIMETER if header.version >= "03" else ""
    country = header.country if header.version >= "04" else ""
    days = hex_day(header.issued_on) + hex_day(header.signed_on)
    return f"DC{header.version}{header.authority}{header.certificate}{days}{header.document_type.code}{perimeter}{country}"


def _require_known(document: DocumentType, fields: tuple[Field, ...]) -> None:
    if TYPES.get(document.code) != document:
        raise Unwritable(f"« {document.code} » n’est pas un type de document prévu ici. Choisissez A1, AA ou AB.")
    given = Counter(field.identifier for field in fields)
    if refused := sorted(identifier for identifier in given if not document.takes(identifier)):
        raise Unwritable(f"Le type {document.code} ne prend pas le champ {', '.join(refused)}. Retirez-le.")
    if repeated := sorted(identifier for identifier, times in given.items() if times > 1):
        raise Unwritable(f"Le champ {', '.join(repeated)} est donné plusieurs fois. Gardez-en un.")
    if missing := sorted(document.mandatory - set(given)):
        raise Unwritable(f"Le type {document.code} exige le champ {', '.join(missing)}. Ajoutez-le.")


def _block(field: Field, *, is_last: bool) -> str:
    spec = FIELDS[field.identifier]
    value, is_truncated = _fitted(spec, field)
    return spec.identifier + value + _separator(spec, value, is_truncated=is_truncated, is_last=is_last)


def _fitted(spec: FieldSpec, field: Field) -> tuple[str, bool]:
    value, is_truncated = field.value, field.is_truncated
    if spec.longest is not None and len(value) > spec.longest and spec.kind in CUT_WHEN_TOO_LONG:
        value, is_truncated = value[: spec.longest], True
    too_long = spec.longest is not None and len(value) > spec.longest
    if too_long or len(value) < spec.shortest or (is_truncated and not spec.may_be_truncated):
        raise Unwritable(f"Le champ {spec.identifier} ({spec.meaning}) {_lengths(spec)}. Vérifiez cette donnée.")
    if WRITABLE.fullmatch(value) is None or FORMS[spec.kind].words(value) is None:
        raise Unwritable(
            f"Le champ {spec.identifier} ({spec.meaning}) attend {FORMS[spec.kind].expected}. Vérifiez cette donnée."
        )
    return value, is_truncated


def _lengths(spec: FieldSpec) -> str:
    if spec.is_fixed:
        return f"compte exactement {spec.longest} caractères et ne se tronque pas"
    if spec.longest is None:
        return "ne se tronque pas"
    return f"compte de {spec.shortest} à {spec.longest} caractères"


def _separator(spec: FieldSpec, value: str, *, is_truncated: bool, is_last: bool) -> str:
    if is_truncated:
        return RS
    if spec.is_fixed or is_last or len(value) == spec.longest:
        return ""
    return GS
