"""No file says where packages are downloaded from: each machine has its own answer, and a lock must not carry ours."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.architecture.tree import CHECKOUT, kept_files, name_of

# In parts, or this file would be the first to be caught.
PUBLIC_HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pypi", "python", "org"),
        ("files", "pythonhosted", "org"),
        ("test", "pypi", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("proxy", "golang", "org"),
        ("index", "crates", "io"),
    )
)
NEVER_OF_A_REGISTRY = {"", "localhost", "127.0.0.1"}


def configured_by(command: list[str]) -> str:
    """What a package manager says of its configuration; nothing when it is not there."""
    program = shutil.which(command[0])
    if program is None:
        return ""
    return subprocess.run([program, *command[1:]], capture_output=True, text=True, check=False, cwd=CHECKOUT).stdout


def addresses_of_this_machine() -> frozenset[str]:
    """Hosts of web addresses and folders of local ones, as pip, npm and the environment name them."""
    told = configured_by([sys.executable, "-m", "pip", "config", "list"])
    told += configured_by(["npm", "config", "get", "registry"])
    told += "\n".join(
        value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_", "NPM_CONFIG_", "npm_config_"))
    )
    web = {urlsplit(address).hostname or "" for address in re.findall(r"https?://[^\s'\"]+", told)}
    local = {urlsplit(address).path for address in re.findall(r"file://[^\s'\"]+", told)}
    return frozenset(address.casefold() for address in web | local) - NEVER_OF_A_REGISTRY


FORBIDDEN = tuple(sorted({*PUBLIC_HOSTS, *addresses_of_this_machine()}))


def text_of(path: Path) -> str:
    return path.read_bytes().decode(errors="ignore")


def test_no_file_names_a_registry() -> None:
    named = [
        f"{name_of(path)}: {address}"
        for path in kept_files()
        for address in FORBIDDEN
        if address.casefold() in text_of(path).casefold()
    ]
    assert not named


def test_the_search_would_find_one(tmp_path: Path) -> None:
    caught = tmp_path / "lock"
    caught.write_text(f"--index-url https://{PUBLIC_HOSTS[0]}/simple\n")
    assert any(address in text_of(caught) for address in FORBIDDEN)


@pytest.mark.parametrize("kind", ["resolved", "_resolved"])
def test_no_lock_of_npm_says_where_it_downloaded(kind: str) -> None:
    locks = [path for path in kept_files() if path.name in {"package-lock.json", "npm-shrinkwrap.json"}]
    assert [name_of(path) for path in locks if kind in keys_of(json.loads(text_of(path)))] == []


def keys_of(value: object) -> set[str]:
    match value:
        case dict():
            return {str(key) for key in value}.union(*(keys_of(item) for item in value.values()))
        case list():
            return set().union(*(keys_of(item) for item in value))
        case _:
            return set()


def test_no_lock_that_records_addresses_is_kept() -> None:
    assert [name_of(path) for path in kept_files() if path.name in {"uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock"}] == []
