"""What pyproject.toml asks for, requirements.lock pins, with hashes."""

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.tree import CHECKOUT

LOCK = (CHECKOUT / "requirements.lock").read_text()
BLOCKS = re.split(r"\n(?=\S)", LOCK.strip())


def asked() -> list[Requirement]:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    return [Requirement(line) for line in project["project"]["dependencies"] + project["dependency-groups"]["dev"]]


def pinned() -> dict[str, Version]:
    pins = [re.match(r"([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", block) for block in BLOCKS]
    return {canonicalize_name(pin[1]): Version(pin[2]) for pin in pins if pin}


def test_every_dependency_is_pinned_at_a_version_it_allows() -> None:
    pins = pinned()
    wrong = [str(need) for need in asked() if pins.get(canonicalize_name(need.name)) not in need.specifier]  # type: ignore[operator]
    assert not wrong


def test_every_line_of_the_lock_is_a_pin_with_hashes() -> None:
    assert len(BLOCKS) == len(pinned()) > len(asked())
    assert [block.split()[0] for block in BLOCKS if "--hash=sha256:" not in block] == []
