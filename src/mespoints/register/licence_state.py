"""The state of the licence (état du permis): the fifty codes of field E5 of the official visible code 2D-Doc.

They are the published vocabulary of the national file (2D-Doc specification 3.2.6, 2023); the words are those people read.
"""

from enum import StrEnum


class LicenceState(StrEnum):
    """``OVERSEAS_``: exchanged in a collectivité d'outre-mer (COM); ``EXCHANGED_``: a foreign licence exchanged here; ``EU_``: of
    another State of the Union.
    """

    TO_AUTHENTICATE = "01"
    ADMINISTRATIVELY_ANNULLED = "02"
    JUDICIALLY_ANNULLED = "03"
    MEDICALLY_ANNULLED = "04"
    NO_RIGHT = "05"
    CHECK_IMPOSSIBLE = "06"
    DECEASED = "07"
    APPLIED_FOR = "08"
    DUPLICATE_APPLIED_FOR = "09"
    BANNED_FROM_DRIVING = "10"
    BANNED_FROM_OBTAINING = "11"
    BANNED_FROM_APPLYING = "12"
    INVALID = "13"
    NOT_AUTHENTICATED = "14"
    OVERSEAS_ZERO_BALANCE = "15"
    OVERSEAS_TO_AUTHENTICATE = "16"
    OVERSEAS_JUDICIALLY_ANNULLED = "17"
    OVERSEAS_MEDICALLY_ANNULLED = "18"
    OVERSEAS_NO_RIGHT = "19"
    OVERSEAS_APPLIED_FOR = "20"
    OVERSEAS_BANNED_FROM_OBTAINING = "21"
    OVERSEAS_INVALID = "22"
    OVERSEAS_SUSPENDED = "23"
    OVERSEAS_MEDICALLY_SUSPENDED = "24"
    OVERSEAS_VALID = "25"
    EXCHANGED_BANNED_FROM_OBTAINING = "26"
    EXCHANGED_ZERO_BALANCE = "27"
    EXCHANGED_TO_AUTHENTICATE = "28"
    EXCHANGED_JUDICIALLY_ANNULLED = "29"
    EXCHANGED_MEDICALLY_ANNULLED = "30"
    EXCHANGED_NO_RIGHT = "31"
    EXCHANGED_BANNED_FROM_APPLYING = "32"
    EXCHANGED_INVALID = "33"
    EXCHANGED_SUSPENDED = "34"
    EXCHANGED_MEDICALLY_SUSPENDED = "35"
    EXCHANGED_VALID = "36"
    EU_ADMINISTRATIVELY_ANNULLED = "37"
    EU_JUDICIALLY_ANNULLED = "38"
    EU_TO_EXCHANGE = "39"
    EU_INVALID = "40"
    EU_VALID = "41"
    OVERSEAS_BANNED_FROM_DRIVING = "42"
    OVERSEAS_BANNED_FROM_APPLYING = "43"
    OVERSEAS_ADMINISTRATIVELY_ANNULLED = "44"
    EXCHANGED_ADMINISTRATIVELY_ANNULLED = "45"
    EXCHANGED_BANNED_FROM_DRIVING = "46"
    SUSPENDED = "47"
    MEDICALLY_SUSPENDED = "48"
    FORGED_TITLE = "49"
    VALID = "50"

    @property
    def words(self) -> str:
        """In French, as on a statement."""
        return _WORDS[self]


_WORDS = {
    LicenceState.TO_AUTHENTICATE: "à authentifier",
    LicenceState.ADMINISTRATIVELY_ANNULLED: "annulé administratif",
    LicenceState.JUDICIALLY_ANNULLED: "annulé judiciaire",
    LicenceState.MEDICALLY_ANNULLED: "annulé médical",
    LicenceState.NO_RIGHT: "aucun droit",
    LicenceState.CHECK_IMPOSSIBLE: "contrôle impossible",
    LicenceState.DECEASED: "décédé",
    LicenceState.APPLIED_FOR: "demandé",
    LicenceState.DUPLICATE_APPLIED_FOR: "demande de duplicata",
    LicenceState.BANNED_FROM_DRIVING: "interdit de conduire tous véhicules",
    LicenceState.BANNED_FROM_OBTAINING: "interdit d’obtenir",
    LicenceState.BANNED_FROM_APPLYING: "interdit de solliciter",
    LicenceState.INVALID: "invalide",
    LicenceState.NOT_AUTHENTICATED: "non authentifié",
    LicenceState.OVERSEAS_ZERO_BALANCE: "permis échangé (collectivité d’outre-mer) : solde nul",
    LicenceState.OVERSEAS_TO_AUTHENTICATE: "permis échangé (collectivité d’outre-mer) : à authentifier",
    LicenceState.OVERSEAS_JUDICIALLY_ANNULLED: "permis échangé (collectivité d’outre-mer) : annulé judiciaire",
    LicenceState.OVERSEAS_MEDICALLY_ANNULLED: "permis échangé (collectivité d’outre-mer) : annulé médical",
    LicenceState.OVERSEAS_NO_RIGHT: "permis échangé (collectivité d’outre-mer) : aucun droit",
    LicenceState.OVERSEAS_APPLIED_FOR: "permis échangé (collectivité d’outre-mer) : demandé",
    LicenceState.OVERSEAS_BANNED_FROM_OBTAINING: "permis échangé (collectivité d’outre-mer) : interdit d’obtenir",
    LicenceState.OVERSEAS_INVALID: "permis échangé (collectivité d’outre-mer) : invalide",
    LicenceState.OVERSEAS_SUSPENDED: "permis échangé (collectivité d’outre-mer) : suspendu",
    LicenceState.OVERSEAS_MEDICALLY_SUSPENDED: "permis échangé (collectivité d’outre-mer) : suspendu médical",
    LicenceState.OVERSEAS_VALID: "permis échangé (collectivité d’outre-mer) : valide",
    LicenceState.EXCHANGED_BANNED_FROM_OBTAINING: "permis échangé : interdit d’obtenir",
    LicenceState.EXCHANGED_ZERO_BALANCE: "permis échangé : solde nul",
    LicenceState.EXCHANGED_TO_AUTHENTICATE: "permis échangé : à authentifier",
    LicenceState.EXCHANGED_JUDICIALLY_ANNULLED: "permis échangé : annulé judiciaire",
    LicenceState.EXCHANGED_MEDICALLY_ANNULLED: "permis échangé : annulé médical",
    LicenceState.EXCHANGED_NO_RIGHT: "permis échangé : aucun droit",
    LicenceState.EXCHANGED_BANNED_FROM_APPLYING: "permis échangé : interdit de solliciter",
    LicenceState.EXCHANGED_INVALID: "permis échangé : invalide",
    LicenceState.EXCHANGED_SUSPENDED: "permis échangé : suspendu",
    LicenceState.EXCHANGED_MEDICALLY_SUSPENDED: "permis échangé : suspendu médical",
    LicenceState.EXCHANGED_VALID: "permis échangé : valide",
    LicenceState.EU_ADMINISTRATIVELY_ANNULLED: "permis de l’Union européenne : annulé administratif",
    LicenceState.EU_JUDICIALLY_ANNULLED: "permis de l’Union européenne : annulé judiciaire",
    LicenceState.EU_TO_EXCHANGE: "permis de l’Union européenne : à échanger",
    LicenceState.EU_INVALID: "permis de l’Union européenne : invalide",
    LicenceState.EU_VALID: "permis de l’Union européenne : valide",
    LicenceState.OVERSEAS_BANNED_FROM_DRIVING: "permis échangé (collectivité d’outre-mer) : interdit de conduire",
    LicenceState.OVERSEAS_BANNED_FROM_APPLYING: "permis échangé (collectivité d’outre-mer) : interdit de solliciter",
    LicenceState.OVERSEAS_ADMINISTRATIVELY_ANNULLED: "permis échangé (collectivité d’outre-mer) : annulé administratif",
    LicenceState.EXCHANGED_ADMINISTRATIVELY_ANNULLED: "permis échangé : annulé administratif",
    LicenceState.EXCHANGED_BANNED_FROM_DRIVING: "permis échangé : interdit de conduire",
    LicenceState.SUSPENDED: "suspendu",
    LicenceState.MEDICALLY_SUSPENDED: "suspendu médical",
    LicenceState.FORGED_TITLE: "titre falsifié",
    LicenceState.VALID: "valide",
}
