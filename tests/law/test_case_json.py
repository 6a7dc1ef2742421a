"""Bytes that are JSON, and bytes that are not: each door to the law says it in the same words."""

import pytest

from mespoints.law.case_fields import CaseError
from mespoints.law.case_json import read_json, to_json


@pytest.mark.parametrize(
    ("raw", "value"),
    [(b"{}", {}), (b"[1, 2.5]", [1, 2.5]), ('\ufeff"é"'.encode(), "é"), (b'"\\ud800"', "\ud800"), (b" null ", None)],
)
def test_what_is_json(raw: bytes, value: object) -> None:
    assert read_json(raw) == value


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"", "ligne 1, colonne 1"),
        (b'{"a":\n 1,}', "ligne 2, colonne"),
        (b'{"a": "\xff"}', "octet 7"),
        (b"[NaN]", "NaN"),
        (b"-Infinity", "-Infinity"),
        (b"[" * 100_000, "trop profond"),
        (b"1" * 5000, "démesuré"),
    ],
)
def test_what_is_not_json(raw: bytes, found: str) -> None:
    with pytest.raises(CaseError) as refused:
        read_json(raw)
    assert (refused.value.code, refused.value.path) == ("json", "")
    assert found in refused.value.message
    assert "attendu" in refused.value.message


def test_letters_stay_letters() -> None:
    assert to_json({"é": "’"}) == '{"é": "’"}'
