"""The three examples of the specification: verified as it says, written back byte for byte, and no byte can change."""

import pytest

from mespoints.documents.visible_code.encoding import encoded
from mespoints.documents.visible_code.parsing import Parsed, from_pasted, parse
from mespoints.documents.visible_code.remarks import Oddity
from mespoints.documents.visible_code.verification import Outcome, verify
from tests.documents.visible_code.codes import NOW, OFFICIAL, OFFICIAL_A1, OFFICIAL_AA, OFFICIAL_AB, OFFICIAL_TRUST

REPLACEMENTS = b"A0BQ7Z a!\x1d\x1e\x1f\x00\xff"


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


def parsed(code: bytes) -> Parsed:
    read = parse(code)
    assert isinstance(read, Parsed), read
    return read


@pytest.mark.parametrize("code", OFFICIAL.values(), ids=OFFICIAL)
def test_it_verifies_as_a_test(code: bytes) -> None:
    verdict = verify(code, OFFICIAL_TRUST, NOW)
    assert verdict.outcome is Outcome.VALID_TEST
    assert not verdict.is_authentic
    assert "ne prouve rien" in verdict.sentence


@pytest.mark.parametrize("code", OFFICIAL.values(), ids=OFFICIAL)
def test_it_is_written_back_byte_for_byte(code: bytes) -> None:
    assert encoded(parsed(code).message) == code.partition(b"\x1f")[0] == parsed(code).signed


@pytest.mark.parametrize("code", OFFICIAL.values(), ids=OFFICIAL)
def test_no_byte_can_change(code: bytes) -> None:
    good = {Outcome.VALID, Outcome.VALID_TEST}
    survivors = [
        (position, replacement)
        for position, original in enumerate(code)
        for replacement in {*REPLACEMENTS, original ^ 1, original ^ 2, (original + 1) % 256} - {original}
        if verify(code[:position] + bytes([replacement]) + code[position + 1 :], OFFICIAL_TRUST, NOW).outcome in good
    ]
    assert survivors == []


def test_the_statement_reads_in_french_and_keeps_its_points() -> None:
    verdict = verify(OFFICIAL_AB, OFFICIAL_TRUST, NOW)
    shown = {field.identifier: (field.meaning, plain(field.value)) for field in verdict.public_fields}
    assert shown["60"] == ("prénoms", "JULES, SEBASTIEN, CESAR")
    assert shown["69"] == ("date de naissance", "8 mai 1942")
    assert shown["E4"] == ("type de relevé", "attestation de permis de conduire")
    assert shown["E5"] == ("état du permis", "valide")
    assert shown["E8"][1] == "2 février 2021 à 15 h 22"
    assert shown["09"] == ("nombre de pages", "3")
    assert "AG" not in shown
    assert [(field.identifier, field.value) for field in verdict.holder_fields] == [("AG", "8")]
    assert [remark.oddity for remark in verdict.remarks] == [Oddity.DUPLICATE_CATEGORY]


def test_the_letter_says_neither_offence_nor_points_to_others() -> None:
    verdict = verify(OFFICIAL_A1, OFFICIAL_TRUST, NOW)
    assert [field.identifier for field in verdict.holder_fields] == ["AB", "AD", "AE", "AF", "AG"]
    assert [plain(field.value) for field in verdict.holder_fields] == ["48M", "1er janvier 2016", "1 h 32", "4", "8"]
    assert [remark.oddity for remark in verdict.remarks] == [Oddity.FILE_NUMBER_SHAPE]


def test_the_order_signed_before_its_issue_is_said_not_refused() -> None:
    verdict = verify(OFFICIAL_AA, OFFICIAL_TRUST, NOW)
    assert Oddity.SIGNED_BEFORE_ISSUE in {remark.oddity for remark in verdict.remarks}
    assert {field.identifier: field.value for field in verdict.public_fields}["E0"] == "modèle 1F"


def test_the_raw_slices_are_the_message() -> None:
    fields = parsed(OFFICIAL_AB).fields
    text = OFFICIAL_AB.decode("ascii")
    assert text[fields[0].start : fields[0].end] == "6HM\x1d"
    assert "".join(text[field.start : field.end] for field in fields) == text[26 : text.index("\x1f")]


def test_a_code_pasted_from_a_reader_is_the_same() -> None:
    shown = OFFICIAL_AB.decode("ascii").replace("\x1d", "<GS>").replace("\x1f", "␟")
    assert from_pasted(f"  {shown}\n").encode() == OFFICIAL_AB
