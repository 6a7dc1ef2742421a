"""The header of a code, read: 22, 24 or 26 characters according to its version."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from mespoints.documents.visible_code.encoding import AUTHORITY, CERTIFICATE, COUNTRY, PERIMETER, VERSIONS, Header, Version
from mespoints.documents.visible_code.fields import TYPES
from mespoints.documents.visible_code.forms import HEX_DAY, day_of
from mespoints.documents.visible_code.malformed import Fault, Malformed

MARK = "DC"
VERSION_ENDS = 4
ENDS: dict[Version, int] = {"02": 22, "03": 24, "04": 26}
BOUNDS = (4, 8, 12, 16, 20, 22, 24, 26)
"""Authority, certificate, day of issue, day of signature, type, perimeter, country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    header: Header
    end: int
    """Where the message begins."""


def read_head(signed: str) -> Head | Malformed:
    version = next((known for known in VERSIONS if signed[:VERSION_ENDS] == MARK + known), None)
    if version is None:
        return _not_a_code(signed)
    end = ENDS[version]
    if len(signed) < end:
        return _fault(Fault.HEADER, len(signed), "la fin du code", f"un en-tête de {end} caractères")
    authority, certificate, issued, made, code, perimeter, country = (signed[start:stop] for start, stop in pairwise(BOUNDS))
    for start, value, shape, expected in (
        (4, authority, AUTHORITY, "une autorité de certification, comme FR05"),
        (8, certificate, CERTIFICATE, "un certificat de quatre lettres ou chiffres"),
        (22, perimeter if version >= "03" else PERIMETER, re.compile(PERIMETER), f"le périmètre {PERIMETER}"),
        (24, country if version >= "04" else authority[:2], COUNTRY, "un pays sur deux lettres"),
    ):
        if shape.fullmatch(value) is None:
            return _fault(Fault.HEADER, start, "autre chose", expected)
    document = TYPES.get(code)
    if document is None:
        return _fault(Fault.DOCUMENT_TYPE, 20, "un autre type de document", f"l’un des types {', '.join(TYPES)}")
    issued_on, signed_on = _day(issued), _day(made)
    if issued_on is None or signed_on is None:
        return _fault(Fault.HEADER, 16 if issued_on else 12, "autre chose", "une date, en quatre chiffres hexadécimaux")
    header = Header(
        version=version,
        authority=authority,
        certificate=certificate,
        issued_on=issued_on,
        signed_on=signed_on,
        document_type=document,
        country=country if version >= "04" else authority[:2],
    )
    return Head(header=header, end=end)


def _not_a_code(signed: str) -> Malformed:
    if not signed.startswith(MARK):
        return _fault(Fault.HEADER, 0, "un autre début", "un code commençant par DC")
    return _fault(Fault.VERSION, len(MARK), "une autre version", "la version 02, 03 ou 04")


def _day(text: str) -> date | None:
    """None also for « FFFF »: the three types are dated, and a signature always is."""
    return day_of(text) if HEX_DAY.fullmatch(text) else None


def _fault(fault: Fault, position: int, found: str, expected: str) -> Malformed:
    return Malformed(fault=fault, position=position, found=found, expected=expected)
