"""Exact bytes: separators, lengths, headers; and everything written is read back."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mespoints.documents.visible_code.base32 import base32, from_base32
from mespoints.documents.visible_code.encoding import Field, Header, Message, encoded
from mespoints.documents.visible_code.fields import FIELDS, ORDERS, STATEMENTS, TYPES, DocumentType, FieldSpec, Kind
from mespoints.documents.visible_code.parsing import Parsed, parse
from mespoints.documents.visible_code.writing import Unwritable
from mespoints.register.licence_state import LicenceState
from tests.documents.visible_code.codes import drawn

UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ALPHANUMERIC = UPPER + "0123456789"
UNBOUNDED = 300
"""As far as a test goes in a field without longest length."""


def header(document: DocumentType, **changes: object) -> Header:
    plain = Header(
        authority="FR99",
        certificate="MPP1",
        issued_on=date(2026, 11, 22),
        signed_on=date(2026, 11, 22),
        document_type=document,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def read_back(signed: bytes) -> Parsed:
    parsed = parse(signed + b"\x1f" + b"A" * 103)
    assert isinstance(parsed, Parsed), parsed
    return parsed


SIMPLEST = {
    Kind.TEXT: "X",
    Kind.GIVEN_NAMES: "A/B C",
    Kind.ALPHANUMERIC: "X1",
    Kind.HEX_DAY: "2668",
    Kind.BIRTH_DATE: "00031985",
    Kind.HOUR_MINUTE: "2359",
    Kind.HOUR_MINUTE_SECOND: "235959",
    Kind.MOMENT: "221120261305",
    Kind.BASE_36: "C",
    Kind.PAGES: "0003",
    Kind.SIREN: "123456789",
    Kind.ORDER: "1F",
    Kind.STATEMENT: "APC",
    Kind.STATE: "50",
    Kind.CATEGORIES: "A B",
    Kind.URL: base32(b"https://exemple.fr/v"),
}
DRAWN: dict[Kind, st.SearchStrategy[str]] = {
    Kind.BASE_36: st.sampled_from(ALPHANUMERIC),
    Kind.ORDER: st.sampled_from(sorted(ORDERS)),
    Kind.STATEMENT: st.sampled_from(sorted(STATEMENTS)),
    Kind.STATE: st.sampled_from([state.value for state in LicenceState]),
    Kind.HEX_DAY: st.integers(0, 0xFFFF).map(lambda days: f"{days:04X}"),
    Kind.PAGES: st.integers(0, 9999).map(lambda pages: f"{pages:04}"),
    Kind.BIRTH_DATE: st.dates().map(lambda day: f"{day.day:02}{day.month:02}{day.year:04}"),
    Kind.MOMENT: st.datetimes().map(lambda at: f"{at.day:02}{at.month:02}{at.year:04}{at.hour:02}{at.minute:02}"),
    Kind.HOUR_MINUTE: st.times().map(lambda at: f"{at:%H%M}"),
    Kind.HOUR_MINUTE_SECOND: st.times().map(lambda at: f"{at:%H%M%S}"),
    Kind.SIREN: st.text("0123456789", min_size=9, max_size=9),
    Kind.CATEGORIES: st.lists(st.sampled_from(["AM", "A1", "B", "C1E"]), max_size=16).map(" ".join),
    Kind.URL: st.text(ALPHANUMERIC + "é/", max_size=60).map(lambda path: base32(f"https://exemple.fr/{path}".encode())),
}


def full(spec: FieldSpec) -> str:
    """The longest value of a field."""
    length = UNBOUNDED if spec.longest is None else spec.longest
    match spec.kind:
        case Kind.TEXT | Kind.GIVEN_NAMES | Kind.ALPHANUMERIC:
            return (ALPHANUMERIC * 9)[:length]
        case Kind.CATEGORIES:
            return " ".join(["C1E"] * 16) + "A"
        case _:
            return SIMPLEST[spec.kind]


def values(spec: FieldSpec) -> st.SearchStrategy[str]:
    if spec.kind in DRAWN:
        return DRAWN[spec.kind]
    letters = ALPHANUMERIC if spec.kind is Kind.ALPHANUMERIC else ALPHANUMERIC + " /"
    return st.text(letters, min_size=spec.shortest, max_size=spec.longest or UNBOUNDED)


def simplest(document: DocumentType) -> dict[str, str]:
    return {identifier: SIMPLEST[FIELDS[identifier].kind] for identifier in sorted(document.mandatory)}


def message(document: DocumentType, given: dict[str, str]) -> Message:
    return Message(header=header(document), fields=tuple(Field(identifier, text) for identifier, text in given.items()))


TAKEN = [
    (document.code, identifier) for document in TYPES.values() for identifier in sorted(document.mandatory | document.optional)
]


@pytest.mark.parametrize(("code", "identifier"), TAKEN)
@pytest.mark.parametrize("is_last", [False, True])
def test_every_field_of_every_type_is_read_back_at_its_longest(code: str, identifier: str, is_last: bool) -> None:  # noqa: FBT001
    given_fields = simplest(TYPES[code])
    given_fields.pop(identifier, None)
    longest = {identifier: full(FIELDS[identifier])}
    given_fields = {**given_fields, **longest} if is_last else {**longest, **given_fields}
    written = message(TYPES[code], given_fields)
    assert read_back(encoded(written)).message == written


@drawn
@given(st.sampled_from(sorted(TYPES)), st.data())
def test_any_message_is_read_back(code: str, data: st.DataObject) -> None:
    document = TYPES[code]
    optional = data.draw(st.sets(st.sampled_from(sorted(document.optional)), max_size=5))
    order = data.draw(st.permutations(sorted(document.mandatory | optional)))
    written = message(document, {identifier: data.draw(values(FIELDS[identifier])) for identifier in order})
    parsed = read_back(encoded(written))
    assert parsed.message == written
    assert encoded(parsed.message) == parsed.signed


@pytest.mark.parametrize(
    ("version", "written"),
    [("02", b"DC02FR99MPP126612661AB"), ("03", b"DC03FR99MPP126612661AB01"), ("04", b"DC04FR99MPP126612661AB01BE")],
)
def test_each_version_has_its_header(version: str, written: bytes) -> None:
    days = (date(2026, 11, 22) - date(2000, 1, 1)).days
    exact = written.replace(b"2661", f"{days:04X}".encode())
    document = TYPES["AB"]
    fields = message(document, simplest(document)).fields
    signed = encoded(Message(header=header(document, version=version, country="BE"), fields=fields))
    assert signed.startswith(exact + b"09")
    assert read_back(signed).header.version == version


def name_block(name: str, *, is_truncated: bool = False, is_last: bool = False) -> bytes:
    document = TYPES["AB"]
    others = [Field(identifier, text) for identifier, text in simplest(document).items() if identifier != "6G"]
    given_field = Field("6G", name, is_truncated)
    fields = (*others, given_field) if is_last else (given_field, *others)
    signed = encoded(Message(header=header(document), fields=fields))
    return signed[signed.index(b"6G") :] if is_last else signed[26 : signed.index(b"090003")]


def test_separators_are_written_exactly() -> None:
    assert name_block("DURAND") == b"6GDURAND\x1d"
    assert name_block("DURAND", is_last=True) == b"6GDURAND"
    assert name_block("X" * 38) == b"6G" + b"X" * 38
    assert name_block("X" * 38, is_last=True) == b"6G" + b"X" * 38
    assert name_block("X" * 39) == b"6G" + b"X" * 38 + b"\x1e"
    assert name_block("X" * 39, is_last=True) == b"6G" + b"X" * 38 + b"\x1e"
    assert name_block("DUR", is_truncated=True, is_last=True) == b"6GDUR\x1e"


REFUSED = {
    "forbidden": ({"AF": "4"}, "ne prend pas le champ AF"),
    "unknown": ({"ZZ": "4"}, "ne prend pas le champ ZZ"),
    "small letter": ({"6G": "Durand"}, "en majuscules sans accent"),
    "separator inside": ({"6G": "DU\x1dRAND"}, "en majuscules sans accent"),
    "file number too long": ({"AC": "1" * 20}, "compte de 0 à 19 caractères"),
    "categories too long": ({"E6": " ".join(["C1E"] * 20)}, "compte de 0 à 65 caractères"),
    "fixed too short": ({"09": "3"}, "compte exactement 4 caractères"),
    "closed list": ({"E5": "51"}, "un état du permis, de 01 à 50"),
    "empty name": ({"6G": ""}, "compte de 1 à 38 caractères"),
}


@pytest.mark.parametrize(("changes", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_no_reader_would_accept_is_not_written(changes: dict[str, str], sentence: str) -> None:
    with pytest.raises(Unwritable, match=sentence):
        encoded(message(TYPES["AB"], {**simplest(TYPES["AB"]), **changes}))


def test_what_is_missing_repeated_or_uncuttable_is_not_written() -> None:
    document = TYPES["AB"]
    whole = message(document, simplest(document))
    for fields, sentence in (
        ((), "exige le champ"),
        (whole.fields[1:], "exige le champ 09"),
        ((*whole.fields, Field("6G", "Y")), "donné plusieurs fois"),
        ((*whole.fields, Field("0C", SIMPLEST[Kind.URL], is_truncated=True)), "ne se tronque pas"),
    ):
        with pytest.raises(Unwritable, match=sentence):
            encoded(Message(header=whole.header, fields=fields))
    for wrong in ({"authority": "FR9"}, {"certificate": "mpp1"}, {"country": "FRA"}, {"signed_on": date(1999, 12, 31)}):
        with pytest.raises(Unwritable, match="2D-Doc"):
            encoded(Message(header=header(document, **wrong), fields=whole.fields))
    with pytest.raises(Unwritable, match="Choisissez A1, AA ou AB"):
        encoded(Message(header=header(replace(document, code="28")), fields=whole.fields))


@drawn
@given(st.binary(max_size=140))
def test_base32_has_one_form(content: bytes) -> None:
    text = base32(content)
    assert "=" not in text
    assert from_base32(text) == content
    assert from_base32(text + "=") is None
    assert (from_base32(text.lower()) is None) is (text.lower() != text)
