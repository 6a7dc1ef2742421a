"""Rows that do not read: each fault has its code, its field, what was found and what to do."""

from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from mespoints.feed.import_ import CHUNK, import_file
from mespoints.feed.quarantine_rows import QuarantinedRow, quarantined
from mespoints.feed.rejections import LONGEST_LINE, LONGEST_RAW, WHAT_TO_DO, RejectionCode
from mespoints.feed.rows import Category
from mespoints.register.consultation import Reader, ReaderRole, record
from tests.feed.samples import FILE_NUMBER, KEYS, NOW, correction, enter, fact, holder, licence, offence, write_bytes

pytestmark = pytest.mark.django_db


def without(row: dict[str, Any], field: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != field}


def only_refusal(folder: Path, row: dict[str, Any] | bytes) -> QuarantinedRow:
    """The bad row stands between good ones, which enter."""
    report = enter(folder, [holder(), row, licence()])
    assert (report.rows_read, report.rows_entered, report.rows_known, report.rows_refused) == (3, 2, 0, 1)
    [refused] = quarantined(1)
    assert refused.rejection.line == 2
    assert refused.rejection.what_to_do == WHAT_TO_DO[refused.rejection.code]
    return refused


FORMS: list[tuple[dict[str, Any], str, str | None, str]] = [
    (offence(points=10), "out_of_range", "points", "10"),
    (offence(points=-1), "out_of_range", "points", "-1"),
    (offence(points="X"), "wrong_type", "points", "X"),
    (offence(points=1.5), "wrong_type", "points", "1.5"),
    (offence(points=None), "wrong_type", "points", "null"),
    (without(offence(), "points"), "missing", "points", "rien"),
    (without(offence(), "file_number"), "missing", "file_number", "rien"),
    (without(offence(), "row"), "missing", "row", "rien"),
    (offence(row="offense"), "unknown_value", "row", "offense"),
    (offence(row=1), "wrong_type", "row", "1"),
    (offence(points_lost=3), "unknown_field", "points_lost", "3"),
    (offence(**{"class": "C6"}), "unknown_value", "class", "C6"),
    (offence(established_by="payment"), "unknown_value", "established_by", "payment"),
    (offence(committed_on="2025-02-30"), "not_a_day", "committed_on", "2025-02-30"),
    (offence(committed_on="14/06/2025"), "not_a_day", "committed_on", "14/06/2025"),
    (offence(committed_on="2025-06-14T10:00:00"), "not_a_day", "committed_on", "2025-06-14T10:00:00"),
    (offence(committed_on=20250614), "not_a_day", "committed_on", "20250614"),
    (offence(committed_on=None), "not_a_day", "committed_on", "null"),
    (offence(fact_id=""), "wrong_length", "fact_id", ""),
    (offence(fact_id="F" * 65), "wrong_length", "fact_id", "F" * 65),
    (offence(label="x\x00y"), "control_character", "label", "x\\u0000y"),
    (offence(label="x\x1b[2Jy"), "control_character", "label", "x\\u001b[2Jy"),
    (holder(given_names=["Zoé", "\x07"]), "control_character", "given_names", "\\u0007"),
    (holder(given_names=["Zoé", 2]), "wrong_type", "given_names[1]", "2"),
    (holder(given_names="Zoé"), "wrong_type", "given_names", "Zoé"),
    (holder(sex="H"), "unknown_value", "sex", "H"),
    (holder(birth_date="1992-13-01"), "not_a_day", "birth_date", "1992-13-01"),
    (holder(birth_date="1991-02-29"), "not_a_day", "birth_date", "1991-02-29"),
    (holder(birth_date="1992-00-05"), "not_a_day", "birth_date", "1992-00-05"),
    (holder(birth_date="1992"), "not_a_day", "birth_date", "1992"),
    (holder(birth_date="0000-00-00"), "not_a_day", "birth_date", "0000-00-00"),
    (holder(birth_date="1492-01-01"), "out_of_range", "birth_date", "1492-01-01"),
    (holder(birth_date="2027-01-01"), "out_of_range", "birth_date", "2027-01-01"),
    (holder(birth_commune="BORDX"), "place_code", "birth_commune", "BORDX"),
    (holder(birth_country="FR"), "place_code", "birth_country", "FR"),
    (holder(file_number="1503!99200011"), "file_number", "file_number", "1503!99200011"),
    (holder(file_number="1503"), "wrong_length", "file_number", "1503"),
    (licence(categories=["AM", "B96"]), "unknown_value", "categories[1]", "B96"),
    (licence(categories=["b"]), "unknown_value", "categories[0]", "b"),
    (licence(categories="B"), "wrong_type", "categories", "B"),
    (licence(categories=["B"] * 21), "wrong_length", "categories", msgspec.json.encode(["B"] * 21).decode()),
    (correction(offence(points="X")), "wrong_type", "fact.points", "X"),
    (correction(holder()), "unknown_value", "fact.row", "holder"),
    (correction(offence(), reason=""), "wrong_length", "reason", ""),
    (correction(offence(label="x\x00y")), "control_character", "fact.label", "x\\u0000y"),
    (fact("retraction", fact_id="O1"), "missing", "reason", "rien"),
    (fact("licence_state", state="51", since="2021-03-08"), "unknown_value", "state", "51"),
    (fact("licence_state", state="00", since="2021-03-08"), "unknown_value", "state", "00"),
    (fact("contact", kind="email", address="zoe", since="2021-03-08"), "email", "address", "zoe"),
    (fact("contact", kind="mobile", address="0612345678", since="2021-03-08"), "mobile", "address", "0612345678"),
    (fact("contact", kind="pigeon", address="x", since="2021-03-08"), "unknown_value", "kind", "pigeon"),
    (fact("stated_balance", on="2025-01-01", points=13), "out_of_range", "points", "13"),
]


@pytest.mark.parametrize(("row", "code", "field", "found"), FORMS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_bad_row_waits_with_its_reason(tmp_path: Path, row: dict[str, Any], code: str, field: str, found: str) -> None:
    refused = only_refusal(tmp_path, row)
    assert (refused.rejection.code.value, refused.rejection.field, refused.rejection.found) == (code, field, found)
    assert refused.raw == msgspec.json.encode(row).decode()


MEANINGS: list[tuple[dict[str, Any], str, str, str]] = [
    (offence(established_on="2025-06-13"), "established_before_committed", "established_on", "2025-06-13"),
    (offence(established_by=None), "established_without_mode", "established_by", "rien"),
    (offence(established_on=None), "mode_without_establishment", "established_by", "fine_paid"),
    (offence(recorded_on="2025-07-29"), "recorded_too_early", "recorded_on", "2025-07-29"),
    (offence(committed_on="1899-12-31"), "out_of_range", "committed_on", "1899-12-31"),
    (offence(recorded_on="9999-01-01"), "out_of_range", "recorded_on", "9999-01-01"),
    (offence(committed_on="2026-11-23", established_on="2026-11-23"), "recorded_too_early", "recorded_on", "2026-11-22"),
    (offence(simultaneous_with="O1"), "dangling_reference", "simultaneous_with", "O1"),
    (offence(simultaneous_with="O9"), "dangling_reference", "simultaneous_with", "O9"),
    (licence(obtained_on="1899-12-31", fact_id="L0"), "out_of_range", "obtained_on", "1899-12-31"),
    (fact("suspension", fact_id="S", on="2025-03-01", until="2025-02-28"), "ends_before_start", "until", "2025-02-28"),
    (fact("suspension", fact_id="S", on="2025-03-01", until="9999-12-31"), "out_of_range", "until", "9999-12-31"),
    (fact("decision_cancelled", fact_id="A", on="2025-03-01", target="O9"), "dangling_reference", "target", "O9"),
    (fact("decision_cancelled", fact_id="A", on="2025-03-01", target="L1"), "dangling_reference", "target", "L1"),
    (fact("course", fact_id="C", on="2025-03-01", file_number="999999999999"), "unknown_holder", "file_number", "999999999999"),
    (correction(offence(recorded_on="2025-07-29")), "recorded_too_early", "fact.recorded_on", "2025-07-29"),
    (correction(offence(file_number="1503!")), "file_number", "fact.file_number", "1503!"),
    (correction(offence(fact_id="O9")), "unknown_fact", "fact.fact_id", "O9"),
    (fact("retraction", fact_id="O9", reason="x"), "unknown_fact", "fact_id", "O9"),
    (fact("licence_state", state="50", since="1899-12-31"), "out_of_range", "since", "1899-12-31"),
    (fact("stated_balance", on="1899-12-31", points=12), "out_of_range", "on", "1899-12-31"),
]


@pytest.mark.parametrize(("row", "code", "field", "found"), MEANINGS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_row_that_cannot_be_true_waits_too(tmp_path: Path, row: dict[str, Any], code: str, field: str, found: str) -> None:
    refused = only_refusal(tmp_path, row)
    assert (refused.rejection.code.value, refused.rejection.field, refused.rejection.found) == (code, field, found)
    assert refused.raw == msgspec.json.encode(row).decode()


BYTES: list[tuple[bytes, str, str]] = [
    (b"", "json", ""),
    (b"{", "json", "{"),
    (b"[]", "json", "[]"),
    (b"null", "json", "null"),
    (b'{"row":"holder"} {"row":"holder"}', "json", '{"row":"holder"} {"row":"holder"}'),
    (b"\x00\x00", "nul", "\\x00\\x00"),
    (b'{"row":"course","file_number":"\x00"}', "nul", '{"row":"course","file_number":"\\x00"}'),
    (b'{"row":"course","file_number":"\xe9t\xe9"}', "encoding", '{"row":"course","file_number":"\\xe9t\\xe9"}'),
    (b"\xef\xbb\xbf{}", "byte_order_mark", "\ufeff{}"),
    ('{"row":"course"'.encode("utf-16-le"), "nul", ""),
    ('{"row":"course"}'.encode("utf-16"), "encoding", ""),
    (b"[" * 50_000, "json", ""),
    (b'{"row":"course","file_number":"150399200011","fact_id":"C","on":"2025-01-01","on":"2025-01-02"}', "duplicate_key", ""),
    (
        b'{"row":"course","file_number":"150399200011","fact_id":"C","on":"2025-01-01","o\\u006e":"2025-01-02"}',
        "duplicate_key",
        "",
    ),
    (
        b'{"row":"correction","reason":"x","fact":{"row":"course","file_number":"150399200011","fact_id":"C","fact_id":"D","on":"2025-01-01"}}',
        "duplicate_key",
        "",
    ),
    (b"x" * (LONGEST_LINE + 1), "too_large", ""),
    (b'{"row":"course","label":"' + b"x" * 1_000_000 + b'"}', "too_large", ""),
    (rb'{"row":"course","file_number":"150399200011","fact_id":"\ud800","on":"2025-01-01"}', "json", ""),
    (rb'{"row":"course","file_number":"150399200011","fact_id":"\udc00","on":"2025-01-01"}', "json", ""),
]


@pytest.mark.parametrize(("line", "code", "raw"), BYTES, ids=[str(n) for n in range(len(BYTES))])
def test_bytes_that_are_no_row_are_refused_and_kept_readable(tmp_path: Path, line: bytes, code: str, raw: str) -> None:
    refused = only_refusal(tmp_path, line)
    assert refused.rejection.code.value == code
    if raw:
        assert refused.raw == raw
    assert "\x00" not in refused.raw
    assert len(refused.raw) <= LONGEST_RAW * 4


def test_every_code_says_what_to_do() -> None:
    assert set(WHAT_TO_DO) == set(RejectionCode)
    assert all(sentence.endswith(".") for sentence in WHAT_TO_DO.values())


def test_lines_of_other_systems_are_read(tmp_path: Path) -> None:
    rows = [msgspec.json.encode(row) for row in (holder(file_number="1503 99 200011"), licence(), offence())]
    content = b"\r\n".join(rows)
    drop = write_bytes(tmp_path, content, rows=3, totals={"holder": 1, "licence": 1, "offence": 1})
    report = import_file(drop.data_path, drop.manifest_path, NOW, KEYS)
    assert (report.rows_read, report.rows_entered) == (3, 3)
    found = record(FILE_NUMBER, Reader(account_id=None, role=ReaderRole.SYSTEM, reason="test"))
    assert len(found.record.facts) == 2


def test_bad_rows_keep_their_lines_across_chunks(tmp_path: Path) -> None:
    rows: list[dict[str, Any] | bytes] = [holder(), licence()]
    rows += [offence(fact_id=f"O{n}") for n in range(2 * CHUNK)]
    rows[CHUNK + 10] = b"?"
    rows[2 * CHUNK] = offence(fact_id="O3", points=1)
    rows.append(fact("course", fact_id="C", on="2025-01-01", file_number="999999999999"))
    report = enter(tmp_path, rows)
    assert (report.rows_read, report.rows_refused) == (len(rows), 3)
    refused = list(quarantined(1))
    assert [(row.rejection.line, row.rejection.code.value) for row in refused] == [
        (CHUNK + 11, "json"),
        (2 * CHUNK + 1, "conflict"),
        (2 * CHUNK + 3, "unknown_holder"),
    ]


# Field E6 of the official example of a statement (2D-Doc 3.2.6).
STATED = ["A", "B", "C", "D", "B1", "AL", "AT", "CL", "A1", "A2", "A3", "A4", "C1", "BE", "CE", "DE", "D1", "C1E", "D1E", "AM"]


def test_every_category_enters(tmp_path: Path) -> None:
    assert set(STATED) == set(get_args(Category))
    report = enter(tmp_path, [holder(), licence(categories=STATED)])
    assert (report.rows_entered, report.rows_refused) == (2, 0)
