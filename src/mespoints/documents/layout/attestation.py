"""The sheet of the attestation: what a third party may read, in French with English beside it, and not one word of points."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from mespoints.documents.content import EntitlementAttestation, StatedCategory
from mespoints.documents.layout.sheet import Pair, Proofs, Sheet, birth_place, data_day, frame, name, numbered
from mespoints.documents.standing import VALID_STATES
from mespoints.documents.typeface import printable
from mespoints.documents.wording import PARIS, birth_day, typeset
from mespoints.law.texts.sentences import NO_BREAK, in_words
from mespoints.register.licence_state import LicenceState

CIVILITIES = {"M": "Monsieur", "F": "Madame"}

ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

NO_RIGHT_SHOWN = "Ce document n’établit aucun droit de conduire à ce jour. / This document shows no right to drive today."

VEHICLES = {
    "AM": ("Cyclomoteur, quadricycle léger", "Moped, light quadricycle"),
    "A1": ("Motocyclette légère", "Light motorcycle"),
    "A2": ("Motocyclette de puissance moyenne", "Medium motorcycle"),
    "A": ("Motocyclette", "Motorcycle"),
    "B1": ("Quadricycle lourd", "Heavy quadricycle"),
    "B": ("Voiture", "Car"),
    "BE": ("Voiture et remorque lourde", "Car and heavy trailer"),
    "C1": ("Camion moyen", "Medium lorry"),
    "C1E": ("Camion moyen et remorque", "Medium lorry and trailer"),
    "C": ("Camion", "Lorry"),
    "CE": ("Camion et remorque", "Lorry and trailer"),
    "D1": ("Minibus", "Minibus"),
    "D1E": ("Minibus et remorque", "Minibus and trailer"),
    "D": ("Autocar, autobus", "Coach, bus"),
    "DE": ("Autocar et remorque", "Coach and trailer"),
}
"""In a few words (Code de la route, R221-4); a category that is not here is printed alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryLine:
    category: str
    vehicles: str
    vehicles_en: str
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestationSheet(Sheet):
    template: ClassVar[str] = "attestation.typ"

    is_valid: bool
    state: str
    state_en: str
    state_note: str
    expires: str
    expires_en: str
    data: str
    categories: tuple[CategoryLine, ...]
    no_category: str
    check: str
    check_en: str
    warning: str


def attestation_sheet(content: EntitlementAttestation, proofs: Proofs) -> AttestationSheet:
    is_valid = content.licence_state in VALID_STATES
    return AttestationSheet(
        frame=frame(content, proofs),
        title="Attestation de droits à conduire",
        identity=_identity(content),
        is_valid=is_valid,
        state=_state(content.licence_state),
        state_en=_state_in_english(content.licence_state),
        state_note="" if is_valid else NO_RIGHT_SHOWN,
        expires=f"Document valable jusqu’au {in_words(content.expires_on)}{NO_BREAK}inclus",
        expires_en=f"Document valid until {_in_english(content.expires_on)} included",
        data=_data(content),
        categories=tuple(_line(each) for each in content.categories),
        no_category=f"Aucune catégorie en cours au fichier.{NO_BREAK}/ No category on record.",
        check=_check(proofs),
        check_en=_check_en(proofs),
        warning=typeset(
            "Ce document ne dit rien des points, et personne d'autre que les autorités ne peut les demander"
            " (Code de la route, art. L223-7)."
        ),
    )


def _identity(content: EntitlementAttestation) -> tuple[Pair, ...]:
    who = content.identity
    civility = (Pair("Civilité / Title", CIVILITIES[who.sex]),) if who.sex in CIVILITIES else ()
    usage = (Pair("Nom d’usage / Name in use", name(who.usage_name)),) if who.usage_name else ()
    return (
        *civility,
        Pair("Nom de naissance / Name at birth", name(who.birth_name)),
        *usage,
        Pair("Prénoms / Given names", name(", ".join(who.given_names))),
        Pair("Naissance / Birth", f"{birth_day(who.birth_date)}, {birth_place(who)}"),
        Pair("Dossier / File number", numbered(content).value),
    )


def _in_english(day: date) -> str:
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"


def _state(state: LicenceState) -> str:
    if state is LicenceState.NO_RIGHT:
        return "Aucun droit de conduire"
    words = typeset(state.words)
    return words.capitalize() if words.startswith("permis") else f"Permis {words}"


def _state_in_english(state: LicenceState) -> str:
    if state is LicenceState.NO_RIGHT:
        return "No right to drive"
    return "Valid licence" if state in VALID_STATES else "Not a valid licence today"


def _data(content: EntitlementAttestation) -> str:
    if content.data_as_of is None:
        return data_day(content)
    at = content.data_as_of.astimezone(PARIS)
    return f"Données du fichier au {in_words(at.date())} à {at.hour}{NO_BREAK}h{NO_BREAK}{at.minute:02}"


def _line(held: StatedCategory) -> CategoryLine:
    french, english = VEHICLES.get(held.category, ("", ""))
    return CategoryLine(category=printable(held.category), vehicles=french, vehicles_en=english, since=in_words(held.obtained_on))


def _check(proofs: Proofs) -> str:
    code = test = ""
    if proofs.symbols.data_matrix:
        code = "Lisez le code 2D-DOC avec une application, même sans réseau, et comparez. "
        test = f"C’est ici un code d’essai{NO_BREAK}: il ne prouve rien. " if proofs.symbols.is_test else ""
    return f"{code}{test}Le QR ouvre la page qui dit si ce document est toujours vrai. {_file(proofs)}"


def _check_en(proofs: Proofs) -> str:
    code = test = ""
    if proofs.symbols.data_matrix:
        code = "Read the 2D-DOC code with an app, even offline, and compare. "
        test = "This one is a test and proves nothing. " if proofs.symbols.is_test else ""
    return f"{code}{test}The QR code opens the page that tells whether this document still holds."


def _file(proofs: Proofs) -> str:
    known = ", cachet d’essai" if proofs.sealed_by.is_self_signed else ""
    return f"Le fichier porte le cachet de «{NO_BREAK}{printable(proofs.sealed_by.name)}{NO_BREAK}»{known}."
