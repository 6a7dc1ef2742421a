"""A file in the published layout, small enough to be read whole beside the search that must not."""

import hashlib
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from mespoints.identity.breached_passwords import BreachedPasswordValidator, times_stolen

STOLEN = [f"stolen password {number}" for number in range(500)]


def fingerprint(password: str) -> str:
    return hashlib.sha1(password.encode()).hexdigest().upper()  # noqa: S324 – the published layout


def written(tmp_path: Path, lines: list[str], end: str = "\n") -> Path:
    file = tmp_path / "stolen.txt"
    file.write_bytes("".join(f"{line}{end}" for line in sorted(lines)).encode())
    return file


def counts() -> dict[str, int]:
    """Of very different lengths, so that the lines are too."""
    return {password: 10 ** (rank % 8) + rank for rank, password in enumerate(STOLEN)}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_stolen_password_is_found_with_its_count(tmp_path: Path, end: str) -> None:
    file = written(tmp_path, [f"{fingerprint(password)}:{count}" for password, count in counts().items()], end)
    assert {password: times_stolen(password, file) for password in STOLEN} == counts()


def test_no_other_is_found(tmp_path: Path) -> None:
    file = written(tmp_path, [f"{fingerprint(password)}:{count}" for password, count in counts().items()])
    assert not any(times_stolen(f"never stolen {number}", file) for number in range(500))


@pytest.mark.parametrize("length", [0, 1, 2, 3])
def test_the_shortest_files(tmp_path: Path, length: int) -> None:
    kept = STOLEN[:length]
    file = written(tmp_path, [f"{fingerprint(password)}:7" for password in kept])
    assert [password for password in STOLEN[:5] if times_stolen(password, file)] == kept


def test_the_last_line_may_have_no_end(tmp_path: Path) -> None:
    file = written(tmp_path, [f"{fingerprint(password)}:7" for password in STOLEN[:9]])
    file.write_bytes(file.read_bytes().rstrip())
    assert sum(times_stolen(password, file) for password in STOLEN[:9]) == 63


def test_lower_case_and_missing_counts_are_understood(tmp_path: Path) -> None:
    file = written(tmp_path, [fingerprint(password).lower() for password in STOLEN[:9]])
    assert [times_stolen(password, file) for password in STOLEN[:10]] == [1] * 9 + [0]


def test_it_is_refused_with_a_sentence(tmp_path: Path) -> None:
    file = written(tmp_path, [f"{fingerprint(STOLEN[0])}:2"])
    with pytest.raises(ValidationError, match="mots de passe volés"):
        BreachedPasswordValidator(file).validate(STOLEN[0])
    BreachedPasswordValidator(file).validate(STOLEN[1])
    BreachedPasswordValidator(None).validate(STOLEN[0])
