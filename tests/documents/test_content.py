"""What is sealed is stated first, in bytes that never vary."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from unicodedata import normalize

import pytest

from mespoints.documents.content import (
    FullStatement,
    StatedClosing,
    StatedObligation,
    canonical_bytes,
    fingerprint,
)
from mespoints.law.readings.obligations import ObligationKind
from mespoints.law.state import ClosingRule
from tests.documents.statements import ISSUED_AT, identity, marks, movements, statement

# Computed once. If it changes, papers already issued can no longer be compared: name a new format, not a new digest.
GOLDEN = "bc0cc1ee54c9e2cde2d11dc05f2a314336ecdc23e20797ec083090b8ead51177"


def everything() -> FullStatement:
    duty = StatedObligation(
        kind=ObligationKind.MANDATORY_COURSE, due_on=date(2027, 3, 1), overdue=False, text="Vous devez suivre un stage."
    )
    return statement(closings=(StatedClosing(on=date(2026, 11, 2), rule=ClosingRule.INVALIDATION),), obligations=(duty,))


def test_the_bytes_of_a_content_are_fixed_for_ever() -> None:
    assert fingerprint(everything()) == GOLDEN


def test_the_bytes_are_read_back_by_any_json_reader() -> None:
    stated = json.loads(canonical_bytes(everything()))
    assert stated["format"] == "full-statement/2"
    assert stated["issued_at"] == "2026-11-22T13:05:09Z"
    assert stated["on"] == "2026-11-22"
    assert stated["identity"]["birth_name"] == "Lœuillet-Fÿ"
    assert stated["movements"][4] == {
        "articles": ["L223-1 al. 1", "L223-1 al. 4", "L223-2"],
        "balance": 11,
        "ceiling": 11,
        "committed_on": "2019-02-02",
        "established_on": "2019-03-01",
        "label": "Excès de vitesse de moins de 20 km/h hors agglomération",
        "on": "2019-03-01",
        "points": -1,
        "rule": "withdrawal",
        "why": "Amende payée.",
    }


def test_keys_are_sorted_and_nothing_is_blank() -> None:
    written = canonical_bytes(everything())
    again = json.dumps(json.loads(written), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert written == again.encode()


def test_the_form_of_an_accent_does_not_change_the_bytes() -> None:
    decomposed = statement(identity=identity(given_names=(normalize("NFD", "Maëlle"), "Ségolène")))
    assert decomposed.identity.given_names[0] != "Maëlle"
    assert canonical_bytes(decomposed) == canonical_bytes(statement())


def test_the_zone_in_which_a_moment_is_given_does_not_change_the_bytes() -> None:
    elsewhere = ISSUED_AT.astimezone(timezone(timedelta(hours=-9)))
    assert canonical_bytes(statement(issued_at=elsewhere)) == canonical_bytes(statement())


def test_one_point_of_difference_is_another_content() -> None:
    assert fingerprint(statement(marks=marks(held=7, coming_back=1, lost=4))) != fingerprint(statement())
    assert fingerprint(statement(movements=movements(11))) != fingerprint(statement())
    assert fingerprint(statement(issued_at=ISSUED_AT + timedelta(seconds=1))) != fingerprint(statement())


@pytest.mark.parametrize("stray", [0.5, {"a": 1}, b"x", ["x"]])
def test_what_has_no_exact_form_is_refused(stray: object) -> None:
    with pytest.raises(TypeError, match="has no canonical form"):
        canonical_bytes(statement(known_at=stray))


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        canonical_bytes(statement(issued_at=datetime(2026, 11, 22, tzinfo=UTC).replace(tzinfo=None)))
