"""The attestation: the right to drive, told to a third party, and not one trace of points in bytes, text or code."""

import json
import re
from datetime import date, timedelta

import pytest

from mespoints.documents.content import StatedCategory, canonical_bytes, fingerprint
from mespoints.documents.issuance import Workshop, set_in_type
from mespoints.documents.statements import entitlement_attestation
from mespoints.documents.symbols import visible_code
from mespoints.documents.visible_code.parsing import Parsed, parse
from mespoints.documents.visible_code.signature import KeySigner
from mespoints.law.facts import Course, InvalidationNotified
from mespoints.register.licence_state import LicenceState
from tests.documents.statements import ISSUED_AT, REFERENCE, attestation, identity
from tests.documents.test_issuance import OBTAINED, ON, holder_record, offence
from tests.documents.test_paper import alternatives, pages_of, text_of

# Computed once. If it changes, papers already issued can no longer be compared: name a new format, not a new digest.
GOLDEN = "907be1bb998e82df226af160631b6ab869cd5397c0d7d6cb6e99f33fe3dc8a6b"
NO_POINTS = holder_record(OBTAINED, offence("O1", date(2026, 2, 1), 6), offence("O2", date(2026, 4, 1), 6))
LOSSES = (
    (),
    (offence("O1", date(2026, 3, 1), 4),),
    (offence("O1", date(2026, 3, 1), 4), Course(fact_id="S1", on=date(2026, 9, 10))),
    (offence("O1", date(2026, 2, 1), 6), offence("O2", date(2026, 4, 1), 6)),
)


def test_the_bytes_of_a_content_are_fixed_for_ever() -> None:
    assert fingerprint(attestation()) == GOLDEN


def test_the_content_names_nothing_of_points() -> None:
    stated = json.loads(canonical_bytes(entitlement_attestation(NO_POINTS, ON, ISSUED_AT)))
    assert sorted(stated) == [
        "categories",
        "data_as_of",
        "expires_on",
        "file_number",
        "format",
        "identity",
        "issued_at",
        "known_at",
        "licence_state",
        "on",
    ]


@pytest.mark.parametrize("losses", LOSSES)
def test_two_records_that_differ_by_points_alone_have_the_same_attestation(losses: tuple[object, ...]) -> None:
    record = holder_record(OBTAINED, *losses)  # type: ignore[arg-type]
    assert canonical_bytes(entitlement_attestation(record, ON, ISSUED_AT)) == canonical_bytes(
        entitlement_attestation(holder_record(OBTAINED), ON, ISSUED_AT)
    )


def test_a_lost_licence_is_said_without_its_reason() -> None:
    facts = (OBTAINED, *LOSSES[-1], InvalidationNotified(fact_id="I1", on=date(2026, 6, 1)))
    content = entitlement_attestation(holder_record(*facts), ON, ISSUED_AT)
    assert (content.licence_state, content.categories) == (LicenceState.INVALID, ())


@pytest.mark.parametrize(
    ("on", "until"),
    [(date(2026, 11, 22), date(2027, 3, 21)), (date(2026, 10, 31), date(2027, 2, 27)), (date(2027, 1, 1), date(2027, 4, 30))],
)
def test_it_lives_four_months_its_last_day_included(on: date, until: date) -> None:
    assert entitlement_attestation(holder_record(OBTAINED), on, ISSUED_AT).expires_on == until


def test_the_paper_says_it_all_on_one_page(workshop: Workshop) -> None:
    pdf = set_in_type(attestation(), REFERENCE, workshop)
    text = text_of(pdf)
    assert pages_of(pdf) == 1
    for said in (
        "Attestation de droits à conduire",
        "Statement of entitlement to drive",
        "Permis valide",
        "Valid licence",
        "Document valable jusqu’au 21 mars 2027 inclus",
        "Document valid until 21 March 2027 included",
        "Données du fichier au 21 novembre 2026 à 23 h 59",
        "Madame",
        "Lœuillet-Fÿ",
        "150399 200011",
        "Motocyclette légère",
        "Car and heavy trailer",
        "12 juin 2009",
        "2D-DOC",
        "code d’essai",
        "points.example.fr/verifier/K7Q2-M4XD-9TPA/",
        "L223-7",
    ):
        assert said in text


def test_the_paper_has_neither_marks_nor_points_nor_offence(workshop: Workshop) -> None:
    pdf = set_in_type(entitlement_attestation(NO_POINTS, ON, ISSUED_AT), REFERENCE, workshop)
    text = text_of(pdf)
    assert not re.search(r"\d+ ?points?\b|sur ?12|solde|[Ii]nfraction|[Ff]eu rouge|48SI|stage", text)
    assert not any("marques" in said for said in alternatives(pdf))
    unnamed = text.replace("Mes points permis", "").replace("points.example.fr", "")
    assert unnamed.count("points") == unnamed.count("Ce document ne dit rien des points") == 1


@pytest.mark.parametrize(
    ("state", "french", "english"),
    [
        (LicenceState.NO_RIGHT, "Aucun droit de conduire", "No right to drive"),
        (LicenceState.INVALID, "Permis invalide", "Not a valid licence today"),
        (LicenceState.SUSPENDED, "Permis suspendu", "Not a valid licence today"),
        (LicenceState.EXCHANGED_VALID, "Permis échangé : valide", "Valid licence"),
    ],
)
def test_the_true_state_is_said(state: LicenceState, french: str, english: str, workshop: Workshop) -> None:
    text = text_of(set_in_type(attestation(licence_state=state, categories=()), REFERENCE, workshop))
    assert french in text
    assert english in text
    assert ("n’établit aucun droit de conduire" in text) is (english != "Valid licence")
    assert "Aucune catégorie en cours au fichier." in text


def test_its_code_says_the_right_to_drive_and_its_end(signer: KeySigner) -> None:
    code = visible_code(attestation(), REFERENCE, signer, 1)
    assert code is not None
    parsed = parse(code)
    assert isinstance(parsed, Parsed)
    fields = {each.spec.identifier: each.field.value for each in parsed.fields}
    days = (date(2027, 3, 21) - date(2000, 1, 1)).days
    assert fields == {
        "6H": "MME",
        "6G": "LOEUILLET FY",
        "60": "MAELLE/SEGOLENE",
        "69": "01031985",
        "AC": "150399200011",
        "6A": "75056",
        "E4": "APC",
        "E5": "50",
        "E6": "A1 B BE",
        "E8": "211120262359",
        "01": "K7Q2M4XD9TPA",
        "08": f"{days:04X}",
        "09": "0001",
    }
    assert (parsed.header.authority, parsed.header.certificate) == ("FR00", "TEST")
    assert parsed.header.issued_on == ON


def test_a_long_life_fits_on_the_page(workshop: Workshop) -> None:
    long = identity(birth_name="É" * 60, usage_name="Maximilien-Œdipe " * 3, given_names=("Jean-Éric",) * 6)
    categories = tuple(
        StatedCategory(category=category, obtained_on=date(2001, 2, 3) + timedelta(days=rank))
        for rank, category in enumerate(("AM", "A1", "A2", "A", "B1", "B", "BE", "C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE"))
    )
    pdf = set_in_type(attestation(identity=long, categories=categories), REFERENCE, workshop)
    assert pages_of(pdf) == 1
    assert "Coach and trailer" in text_of(pdf)
