"""What our papers say in their visible code. Points are never among it: the code is read by whoever holds the paper.

The balance (AG) is optional in a statement and absent from an attestation; we leave it out of both, and AF and AG out of letters.
"""

from dataclasses import dataclass
from datetime import date, datetime

from mespoints.documents.visible_code import writing
from mespoints.documents.visible_code.encoding import Draft, Field
from mespoints.documents.visible_code.fields import TYPES
from mespoints.register.licence_state import LicenceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """The person and the file, as the register writes them."""

    title: str
    """Civilité."""
    name: str
    given_names: tuple[str, ...]
    birth_date: str
    """``YYYY-MM-DD``; ``00`` for what is unknown."""
    birth_place: str
    """Empty when it is not known."""
    file_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceStatement:
    """What a statement (AB) says of the licence."""

    state: LicenceState
    categories: tuple[str, ...]
    data_as_of: datetime
    """Aware; written to the minute, in the time of Paris."""
    pages: int
    reference: str | None = None
    """Of the paper, letters and digits: whoever scans the code can ask what became of it. Tells nothing of the person."""


def attestation(bearer: Bearer, statement: LicenceStatement, *, issued_on: date, expires_on: date) -> Draft:
    """The points-free attestation of the right to drive: AB/APC, valid until ``expires_on`` included."""
    return _statement("APC", bearer, statement, issued_on, (Field("08", writing.hex_day(expires_on)),))


def full_statement(bearer: Bearer, statement: LicenceStatement, *, issued_on: date) -> Draft:
    """AB/RII, without the balance."""
    return _statement("RII", bearer, statement, issued_on, ())


def period_statement(bearer: Bearer, statement: LicenceStatement, *, issued_on: date) -> Draft:
    """AB/RIR. The specification has no code for a part of the full statement: RII would pass a part for the whole, RRP is another
    paper, and a restricted statement says exactly what this code says: person, state, categories.
    """
    return _statement("RIR", bearer, statement, issued_on, ())


def letter(bearer: Bearer, *, letter_type: str, issued_on: date) -> Draft:
    """A1: « 48M », « 48N », « 48SI »… without offence nor points."""
    place = (Field("6A", writing.text(bearer.birth_place)),) if bearer.birth_place else ()
    return Draft(
        document_type=TYPES["A1"],
        issued_on=issued_on,
        fields=(Field("AB", writing.text(letter_type)), *_bearer(bearer), *place),
    )


def _statement(kind: str, bearer: Bearer, statement: LicenceStatement, issued_on: date, more: tuple[Field, ...]) -> Draft:
    return Draft(
        document_type=TYPES["AB"],
        issued_on=issued_on,
        fields=(
            *_bearer(bearer),
            Field("6A", writing.text(bearer.birth_place)),
            Field("E4", kind),
            Field("E5", statement.state.value),
            Field("E6", writing.categories(statement.categories)),
            Field("E8", writing.moment(statement.data_as_of)),
            *((Field("01", writing.text(statement.reference)),) if statement.reference else ()),
            *more,
            Field("09", f"{statement.pages:04}"),
        ),
    )


def _bearer(bearer: Bearer) -> tuple[Field, ...]:
    return (
        Field("6H", writing.text(bearer.title)),
        Field("6G", writing.text(bearer.name)),
        Field("60", writing.given_names(bearer.given_names)),
        Field("69", writing.birth_date(bearer.birth_date)),
        Field("AC", writing.file_number(bearer.file_number)),
    )
