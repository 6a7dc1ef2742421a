"""The files of the project, as git would keep them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCES = CHECKOUT / "src" / "mespoints"
MADE_HERE = {".git", ".venv", "var", "__pycache__", "node_modules", "dist", "build", "test-results"}


@cache
def kept_files() -> tuple[Path, ...]:
    """Tracked files and those about to be; from an archive without git, all but what is made here."""
    git = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(git, cwd=CHECKOUT, capture_output=True, check=True).stdout.decode().split("\0")
        paths = [CHECKOUT / name for name in listed if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [path for path in CHECKOUT.rglob("*") if not MADE_HERE.intersection(path.relative_to(CHECKOUT).parts)]
    return tuple(sorted(path for path in paths if path.is_file() and not path.is_symlink()))


@cache
def python_files(folder: Path) -> tuple[Path, ...]:
    return tuple(path for path in kept_files() if path.suffix == ".py" and path.is_relative_to(folder))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name_of(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()
