"""Who may import whom: the contracts of pyproject.toml, and two rules they cannot say."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import CHECKOUT, SOURCES, name_of, parsed, python_files


def imports_of(path: Path) -> set[str]:
    """Top-level names imported anywhere in the file."""
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or ".")
    return found


def test_the_contracts_hold() -> None:
    program = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    done = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", python_files(SOURCES / "law"), ids=name_of)
def test_the_law_knows_the_standard_library_and_itself_only(path: Path) -> None:
    strangers = {
        name
        for name in imports_of(path)
        if name.partition(".")[0] not in sys.stdlib_module_names and not f"{name}.".startswith("mespoints.law.")
    }
    assert strangers == set()


def test_evaluate_starts_without_django() -> None:
    program = "import sys; from mespoints.cli import main; main(['evaluate', '/nowhere']); sys.exit('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=CHECKOUT, env={"PYTHONPATH": "src"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert '"json"' in done.stderr


def test_nothing_answers_to_a_signal() -> None:
    """What happens is written where it happens."""
    heard = [name_of(path) for path in python_files(SOURCES) if "django.dispatch" in imports_of(path)]
    assert heard == []
