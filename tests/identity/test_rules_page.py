"""The page of rules names tests and files that exist: a rule whose test was renamed would only seem to be kept."""

import re
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PAGE = (CHECKOUT / "docs" / "franceconnect.md").read_text()
NAMED_TEST = re.compile(r"`([a-z_/]+\.py)::(test_[a-z0-9_]+)`")
NAMED_FILE = re.compile(r"`((?:oidc|identity|portal|config|cli)/[a-z_/]+\.(?:py|html))`")
PLACES = ("src/mespoints", "src/mespoints/identity")


def test_every_test_it_names_exists() -> None:
    named = set(NAMED_TEST.findall(PAGE))
    assert len(named) > 40
    assert [
        f"{file}::{name}" for file, name in sorted(named) if f"def {name}(" not in (CHECKOUT / "tests" / file).read_text()
    ] == []


def test_every_file_it_names_exists() -> None:
    named = set(NAMED_FILE.findall(PAGE))
    assert len(named) > 10
    assert [name for name in sorted(named) if not any((CHECKOUT / place / name).is_file() for place in PLACES)] == []
