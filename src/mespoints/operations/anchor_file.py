"""The anchors of the register, one a line, in a file to be copied where whoever administers the database cannot write."""

import os
from pathlib import Path

from mespoints.register.anchors import Anchor, anchors

NAME = "register-anchors.txt"
"""In the data folder."""


class AnchorFileUnreadable(Exception):
    """One sentence, with the remedy."""


def line_of(anchor: Anchor) -> str:
    """``567586 9d61b1…``: entry number, digest."""
    return f"{anchor.entry_number} {anchor.digest.hex()}"


def complete(path: Path) -> None:
    """Adds the anchors that the file lacks; what it says already stays. Written aside then renamed: a line is whole or absent.

    Raises ``AnchorFileUnreadable``.
    """
    kept = read(path)
    new = anchors(after=max(kept, default=0))
    if not new:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".draft")
    with draft.open("w", encoding="ascii") as file:
        file.writelines(f"{line_of(each)}\n" for each in (*map(_anchor, kept.items()), *new))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def read(path: Path) -> dict[int, bytes]:
    """Entry number -> digest; nothing when there is no file. Raises ``AnchorFileUnreadable``."""
    try:
        lines = [line.split() for line in path.read_text(encoding="ascii").splitlines()]
        return {int(number): bytes.fromhex(digest) for number, digest in lines}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise AnchorFileUnreadable(
            f"Le fichier des ancres {path} ne se lit pas ({type(error).__name__}) ; attendu : un numéro d’écriture et une "
            "empreinte à chaque ligne. Remettez-en une copie intacte."
        ) from error


def _anchor(line: tuple[int, bytes]) -> Anchor:
    number, digest = line
    return Anchor(entry_number=number, digest=digest)
