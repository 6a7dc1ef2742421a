"""Whatever is read is told apart: what is wrong, where, what was expected; nothing is raised."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mespoints.documents.visible_code.malformed import Fault, Malformed
from mespoints.documents.visible_code.parsing import LONGEST, Parsed, parse
from mespoints.documents.visible_code.remarks import Oddity
from tests.documents.visible_code.codes import OFFICIAL, OFFICIAL_AB, drawn, written

SIGNATURE = b"A" * 103
HEAD = "DC04FR0000011E471E47AB01FR"
BODY = "6HM<GS>6GX<GS>60A/B<GS>69080519426AY<GS>AC121299200001<GS>E4APCE550E8020220211522090003"


def code(body: str, head: str = HEAD) -> bytes:
    return written(f"{head}{body}<US>") + SIGNATURE


def malformed(text: bytes | str) -> Malformed:
    found = parse(text)
    assert isinstance(found, Malformed), found
    return found


def read(text: bytes | str) -> Parsed:
    found = parse(text)
    assert isinstance(found, Parsed), found
    return found


def value(parsed: Parsed, identifier: str) -> str:
    return next(each.field.value for each in parsed.fields if each.spec.identifier == identifier)


CASES = {
    "empty": (b"", Fault.EMPTY, 0),
    "too long": (b"DC04" + b"A" * LONGEST, Fault.TOO_LONG, LONGEST),
    "lower case": (code(BODY.replace("6GX", "6Gx")), Fault.CHARACTER, 32),
    "accent": (code(BODY).replace(b"6GX", b"6G\xc9"), Fault.CHARACTER, 32),
    "not a code": (b"HTTPS://EXEMPLE.FR", Fault.HEADER, 0),
    "short": (b"DC04FR00", Fault.HEADER, 8),
    "version 01": (code(BODY, HEAD.replace("DC04", "DC01")), Fault.VERSION, 2),
    "authority": (code(BODY, HEAD.replace("FR00", "F-00")), Fault.HEADER, 4),
    "undated": (code(BODY, HEAD.replace("1E471E47", "FFFF1E47")), Fault.HEADER, 12),
    "date of signature": (code(BODY, HEAD.replace("1E471E47", "1E471EG7")), Fault.HEADER, 16),
    "another type": (code(BODY, HEAD.replace("AB01", "2801")), Fault.DOCUMENT_TYPE, 20),
    "perimeter": (code(BODY, HEAD.replace("AB01", "AB02")), Fault.HEADER, 22),
    "country": (code(BODY, HEAD.replace("01FR", "01F1")), Fault.HEADER, 24),
    "no US": (written(HEAD + BODY), Fault.NO_SIGNATURE, 26 + len(written(BODY))),
    "unknown field": (code(BODY + "ZZ1"), Fault.UNKNOWN_FIELD, 26 + len(written(BODY))),
    "half a field": (code(BODY + "A"), Fault.UNKNOWN_FIELD, 26 + len(written(BODY))),
    "forbidden field": (code(BODY + "AF4"), Fault.FORBIDDEN_FIELD, 26 + len(written(BODY))),
    "duplicate field": (code(BODY + "E550"), Fault.DUPLICATE_FIELD, 26 + len(written(BODY))),
    "missing field": (code(BODY.replace("E4APC", "")), Fault.MISSING_FIELD, 26 + len(written(BODY)) - 5),
    "nothing": (code(""), Fault.MISSING_FIELD, 26),
    "fixed too short": (code(BODY[:-1]), Fault.LENGTH, 26 + len(written(BODY)) - 4),
    "fixed cut by GS": (code(BODY.replace("6908051942", "690805<GS>1942")), Fault.LENGTH, 26 + 16),
    "GS after fixed": (code(BODY.replace("6908051942", "6908051942<GS>")), Fault.SEPARATOR, 26 + 24),
    "RS on fixed": (code(BODY + "<RS>"), Fault.SEPARATOR, 26 + len(written(BODY))),
    "empty name": (code(BODY.replace("6GX", "6G")), Fault.LENGTH, 26 + 6),
    "birth date": (code(BODY.replace("08051942", "31041942")), Fault.VALUE, 26 + 16),
    "state": (code(BODY.replace("E550", "E551")), Fault.VALUE, None),
    "statement": (code(BODY.replace("APC", "APD")), Fault.VALUE, None),
    "hour": (code(BODY.replace("1522", "2522")), Fault.VALUE, None),
    "file number": (code(BODY.replace("AC12", "AC-2")), Fault.VALUE, None),
    "points": (code(BODY + "AG-"), Fault.VALUE, None),
    "categories": (code(BODY + "E6A  B"), Fault.VALUE, None),
    "address not Base32": (code(BODY + "0CABC1"), Fault.VALUE, None),
    "address not http": (code(BODY + "0CMFRGG"), Fault.VALUE, None),
    "address truncated": (code(BODY + "0CNB2HI4B2F4XWC<RS>"), Fault.SEPARATOR, None),
    "signature short": (written(f"{HEAD}{BODY}<US>") + SIGNATURE[1:], Fault.SIGNATURE, 27 + len(written(BODY))),
    "signature padded": (written(f"{HEAD}{BODY}<US>") + SIGNATURE[:-1] + b"=", Fault.SIGNATURE, 27 + len(written(BODY))),
    "signature's spare bits": (written(f"{HEAD}{BODY}<US>") + SIGNATURE[:-1] + b"B", Fault.SIGNATURE, None),
    "signature not Base32": (written(f"{HEAD}{BODY}<US>") + SIGNATURE[:-1] + b"1", Fault.SIGNATURE, None),
}


@pytest.mark.parametrize(("text", "fault", "position"), CASES.values(), ids=CASES)
def test_what_is_wrong_is_told_with_its_place(text: bytes, fault: Fault, position: int | None) -> None:
    found = malformed(text)
    assert found.fault is fault
    assert position in {None, found.position}
    assert found.sentence.startswith("Ce code n’est pas un 2D-Doc lisible. Au caractère n°")
    assert found.found in found.sentence.replace("\u00a0", " ")


def test_the_code_the_cases_start_from_is_well_made() -> None:
    assert [each.spec.identifier for each in read(code(BODY)).fields] == [
        "6H",
        "6G",
        "60",
        "69",
        "6A",
        "AC",
        "E4",
        "E5",
        "E8",
        "09",
    ]


def test_every_fault_has_its_case() -> None:
    assert {fault for _, fault, _ in CASES.values()} == set(Fault)


def test_a_malformed_code_repeats_no_value() -> None:
    found = malformed(code(BODY.replace("E8020220211522", "E8").replace("6GX", "6GDURAND") + "AG8"))
    assert found.fault is Fault.LENGTH
    assert "DURAND" not in found.sentence
    assert "AG" not in found.sentence


@pytest.mark.parametrize("tail", ["E6A B", "E6A B<GS>"])
def test_the_last_separator_is_optional(tail: str) -> None:
    assert value(read(code(BODY + tail)), "E6") == "A B"


@pytest.mark.parametrize("separator", ["", "<GS>"])
def test_a_full_value_may_or_may_not_be_followed_by_a_separator(separator: str) -> None:
    parsed = read(code(BODY.replace("6GX<GS>", "6G" + "X" * 38 + separator)))
    assert value(parsed, "6G") == "X" * 38
    assert value(parsed, "60") == "A/B"


def test_a_truncated_value_is_said() -> None:
    parsed = read(code(BODY.replace("6GX<GS>", "6GX<RS>")))
    (remark,) = parsed.remarks
    assert (remark.oddity, remark.identifier) == (Oddity.TRUNCATED, "6G")
    assert parsed.fields[1].field.is_truncated


def test_the_versions_have_their_own_headers() -> None:
    for head, country in (("DC02FR0000011E471E47AB", "FR"), ("DC03FR0000011E471E47AB01", "FR"), (HEAD[:-2] + "BE", "BE")):
        parsed = read(code(BODY, head))
        assert parsed.header.country == country
        assert value(parsed, "6G") == "X"


def test_an_annex_is_kept_apart_in_version_04_only() -> None:
    parsed = read(code(BODY) + b"\x1dAG8")
    assert parsed.annex == "AG8"
    assert [remark.oddity for remark in parsed.remarks] == [Oddity.UNSIGNED_ANNEX]
    assert malformed(code(BODY, HEAD[:-2].replace("04", "03")) + b"\x1dAG8").fault is Fault.SIGNATURE


def test_more_given_names_than_six_are_said() -> None:
    assert [each.oddity for each in read(code(BODY.replace("60A/B", "60A/B/C/D/E/F/G"))).remarks] == [Oddity.MANY_GIVEN_NAMES]


def test_an_unknown_day_or_year_of_birth_is_read() -> None:
    for stated, words in (
        ("00031985", "mars\u00a01985 (jour inconnu)"),
        ("00001985", "1985 (jour et mois inconnus)"),
        ("00000000", "année inconnue"),
    ):
        (birth,) = (each.words for each in read(code(BODY.replace("08051942", stated))).fields if each.spec.identifier == "69")
        assert birth == words


@drawn
@given(st.binary(max_size=600) | st.text(max_size=600))
def test_no_text_breaks_it(text: bytes | str) -> None:
    assert isinstance(parse(text), Malformed)


@drawn
@given(st.sampled_from(sorted(OFFICIAL)), st.data())
def test_no_change_of_a_real_code_breaks_it(name: str, data: st.DataObject) -> None:
    original = OFFICIAL[name]
    start = data.draw(st.integers(0, len(original)))
    stop = data.draw(st.integers(start, min(len(original), start + 12)))
    alphabet = st.sampled_from(sorted({*original, 0x1E}))
    inserted = bytes(data.draw(st.lists(alphabet, max_size=12)))
    found = parse(original[:start] + inserted + original[stop:])
    assert isinstance(found, Parsed | Malformed)
    if isinstance(found, Malformed):
        assert found.sentence


def test_the_time_it_takes_is_bounded() -> None:
    worst = [
        OFFICIAL_AB * 100_000,
        b"DC04" * 1_000_000,
        written(HEAD + "01" + "A" * 2200),
        written(HEAD) + b"A" * 2000 + SIGNATURE,
    ]
    started = process_time()
    for text in worst:
        malformed(text)
    assert process_time() - started < 0.5
