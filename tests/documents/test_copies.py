"""The copies of the papers: what opens them, what does not, and how their key is changed."""

from base64 import b64encode
from pathlib import Path

import pytest

from mespoints.documents.copies import CopyKeys, CopyKeysUnusable, EncryptedCopy, generate_copy_keys, load_copy_keys

PDF = b"%PDF-1.7 a paper"
REFERENCE = "K7Q2-M4XD-9TPA"
KEYS = CopyKeys(current="new", keys={"new": b"n" * 32, "old": b"o" * 32})


def test_a_copy_opens_as_it_was_and_tells_nothing_meanwhile() -> None:
    copy = KEYS.encrypted(PDF, REFERENCE)
    assert copy.key_id == "new"
    assert b"PDF" not in copy.ciphertext
    assert KEYS.decrypted(copy, REFERENCE) == PDF
    assert KEYS.encrypted(PDF, REFERENCE) != copy


def test_a_copy_of_before_the_rotation_still_opens() -> None:
    copy = CopyKeys(current="old", keys={"old": b"o" * 32}).encrypted(PDF, REFERENCE)
    assert KEYS.decrypted(copy, REFERENCE) == PDF


def test_a_copy_moved_to_another_paper_does_not_open() -> None:
    with pytest.raises(CopyKeysUnusable, match="ne s’ouvre pas"):
        KEYS.decrypted(KEYS.encrypted(PDF, REFERENCE), "0000-0000-0000")


def test_a_copy_that_was_touched_does_not_open() -> None:
    copy = KEYS.encrypted(PDF, REFERENCE)
    touched = copy.ciphertext[:-1] + bytes([copy.ciphertext[-1] ^ 1])
    with pytest.raises(CopyKeysUnusable, match="abîmée"):
        KEYS.decrypted(EncryptedCopy(key_id="new", ciphertext=touched), REFERENCE)


def test_a_key_taken_away_too_soon_is_named() -> None:
    with pytest.raises(CopyKeysUnusable, match=r"« gone » des copies manque"):
        KEYS.decrypted(EncryptedCopy(key_id="gone", ciphertext=b""), REFERENCE)


def test_the_first_line_encrypts(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text(f"# of this year\nb {b64encode(b'b' * 32).decode()}\n\na {b64encode(b'a' * 32).decode()}\n")
    assert load_copy_keys(path) == CopyKeys(current="b", keys={"b": b"b" * 32, "a": b"a" * 32})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "aucune clé"),
        ("name\n", "n’est pas une clé"),
        ("name c2VjcmV0\n", "n’est pas une clé"),
        (f"a name {b64encode(b'a' * 32).decode()}\n", "n’est pas une clé"),
        ("clé\n", "ne peut pas être lu"),
    ],
)
def test_a_file_that_does_not_serve_says_why_and_quotes_no_key(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text(text)
    with pytest.raises(CopyKeysUnusable, match=said) as refused:
        load_copy_keys(path)
    assert "c2VjcmV0" not in str(refused.value)


def test_a_demonstration_draws_its_own_once(tmp_path: Path) -> None:
    path = generate_copy_keys(tmp_path / "keys")
    assert path.stat().st_mode & 0o077 == 0
    first = path.read_text()
    assert generate_copy_keys(path).read_text() == first
    assert load_copy_keys(path).current == "demonstration"
    assert first.split()[1] not in repr(load_copy_keys(path))
