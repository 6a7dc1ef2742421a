"""What each field of the visible code may hold, and which fields each type of document takes (specification, annexes 6 to 9)."""

from dataclasses import dataclass
from enum import Enum, auto

from mespoints.register.licence_state import LicenceState


class Kind(Enum):
    """How the value of a field is written."""

    TEXT = auto()
    GIVEN_NAMES = auto()
    ALPHANUMERIC = auto()
    HEX_DAY = auto()
    BIRTH_DATE = auto()
    HOUR_MINUTE = auto()
    HOUR_MINUTE_SECOND = auto()
    MOMENT = auto()
    BASE_36 = auto()
    PAGES = auto()
    SIREN = auto()
    ORDER = auto()
    STATEMENT = auto()
    STATE = auto()
    CATEGORIES = auto()
    URL = auto()


@dataclass(frozen=True, slots=True)
class FieldSpec:
    identifier: str
    meaning: str
    """In French, as people read it."""
    kind: Kind
    shortest: int
    longest: int | None
    """In characters; None: as long as the code allows."""
    holder_only: bool = False
    """Left out of what a third party reads: points, and what tells of an offence (Code de la route, art. L223-7)."""
    holder_only_values: frozenset[str] = frozenset()
    """Same, for these values only."""

    @property
    def is_fixed(self) -> bool:
        return self.shortest == self.longest

    @property
    def may_be_truncated(self) -> bool:
        return not self.is_fixed and self.kind is not Kind.URL

    def is_for_the_holder_alone(self, value: str) -> bool:
        return self.holder_only or value in self.holder_only_values


@dataclass(frozen=True, slots=True)
class DocumentType:
    code: str
    name: str
    mandatory: frozenset[str]
    optional: frozenset[str]

    def takes(self, identifier: str) -> bool:
        return identifier in self.mandatory or identifier in self.optional


ZERO_BALANCE_STATES = frozenset({LicenceState.OVERSEAS_ZERO_BALANCE.value, LicenceState.EXCHANGED_ZERO_BALANCE.value})
"""« Solde nul » is a count of points."""

COMPLEMENTARY = (
    FieldSpec("01", "identifiant unique du document", Kind.TEXT, 0, None),
    FieldSpec("02", "catégorie de document", Kind.TEXT, 0, None),
    FieldSpec("03", "sous-catégorie de document", Kind.TEXT, 0, None),
    FieldSpec("04", "application de composition", Kind.TEXT, 0, None),
    FieldSpec("05", "version de l’application de composition", Kind.TEXT, 0, None),
    FieldSpec("06", "date d’association du code au document", Kind.HEX_DAY, 4, 4),
    FieldSpec("07", "heure d’association du code au document", Kind.HOUR_MINUTE_SECOND, 6, 6),
    FieldSpec("08", "date d’expiration du document", Kind.HEX_DAY, 4, 4),
    FieldSpec("09", "nombre de pages", Kind.PAGES, 4, 4),
    FieldSpec("0A", "éditeur du code (SIREN)", Kind.SIREN, 9, 9),
    FieldSpec("0B", "intégrateur du code (SIREN)", Kind.SIREN, 9, 9),
    FieldSpec("0C", "adresse du document", Kind.URL, 0, None),
)
"""Allowed in every type of document."""

LICENCE = (
    FieldSpec("60", "prénoms", Kind.GIVEN_NAMES, 0, 60),
    FieldSpec("69", "date de naissance", Kind.BIRTH_DATE, 8, 8),
    FieldSpec("6A", "lieu de naissance", Kind.TEXT, 0, 32),
    FieldSpec("6G", "nom", Kind.TEXT, 1, 38),
    FieldSpec("6H", "civilité", Kind.TEXT, 1, 10),
    # A letter 48M says six points or fewer, a 48SI says none: its type is a count of points too.
    FieldSpec("AB", "type de lettre", Kind.ALPHANUMERIC, 0, 8, holder_only=True),
    FieldSpec("AC", "numéro de dossier", Kind.ALPHANUMERIC, 0, 19),
    FieldSpec("AD", "date de l’infraction", Kind.HEX_DAY, 4, 4, holder_only=True),
    FieldSpec("AE", "heure de l’infraction", Kind.HOUR_MINUTE, 4, 4, holder_only=True),
    FieldSpec("AF", "points retirés", Kind.BASE_36, 1, 1, holder_only=True),
    FieldSpec("AG", "solde de points", Kind.BASE_36, 1, 1, holder_only=True),
    FieldSpec("E0", "type d’arrêté", Kind.ORDER, 2, 2),
    FieldSpec("E1", "date d’édition du document", Kind.HEX_DAY, 4, 4),
    FieldSpec("E2", "fin de la sanction", Kind.HEX_DAY, 4, 4),
    FieldSpec("E3", "date de notification", Kind.HEX_DAY, 4, 4),
    FieldSpec("E4", "type de relevé", Kind.STATEMENT, 3, 3),
    FieldSpec("E5", "état du permis", Kind.STATE, 2, 2, holder_only_values=ZERO_BALANCE_STATES),
    FieldSpec("E6", "catégories", Kind.CATEGORIES, 0, 65),
    FieldSpec("E7", "SIREN du demandeur", Kind.SIREN, 9, 9),
    FieldSpec("E8", "date des données du fichier national", Kind.MOMENT, 12, 12),
)

FIELDS = {spec.identifier: spec for spec in COMPLEMENTARY + LICENCE}

_ORDERS = "1A 1B 1E 1F 2E 2F 3A 3B 3E 3F 3I 43 44 47 4E 4F 4X 50 56 58 60"
ORDERS = frozenset(_ORDERS.split())
"""Models of orders (E0); the specification names them by number only."""

STATEMENTS = {
    "RII": "relevé d’information intégral",
    "RIR": "relevé d’information restreint",
    "RRP": "relevé de reconstitution du capital de points",
    "APC": "attestation de permis de conduire",
}


def _type(code: str, name: str, mandatory: str, optional: str) -> DocumentType:
    needed = frozenset(mandatory.split())
    always = frozenset(spec.identifier for spec in COMPLEMENTARY)
    return DocumentType(code, name, needed, frozenset(optional.split()) | (always - needed))


TYPES = {
    document.code: document
    for document in (
        # AD to AG are not in the printed table of A1, but its official example carries them.
        _type("A1", "courrier du permis à points", "60 69 6G 6H AB AC", "6A AD AE AF AG"),
        _type("AA", "arrêté relatif au permis de conduire", "60 69 6A 6G 6H AC E0 E1", "AD AE E2 E3"),
        _type("AB", "relevé d’information du permis de conduire", "09 60 69 6A 6G 6H AC E4 E5 E8", "AG E6 E7"),
    )
}
