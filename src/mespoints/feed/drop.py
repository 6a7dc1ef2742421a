"""What arrives: a data file and its manifest, checked whole before a single row is read."""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

FORMAT: Final = "mespoints-feed-1"

_BLOCK = 1 << 20
_LARGEST_MANIFEST = 1 << 16


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of docs/feed.md. ``rows`` counts lines; ``sha256`` is that of the data file, in lower case hexadecimal."""

    format: Literal["mespoints-feed-1"]
    sequence: Annotated[int, Meta(ge=1, le=2**62)]
    data_day: date
    file: Annotated[str, Meta(min_length=1, max_length=255)]
    rows: Annotated[int, Meta(ge=0, le=2**62)]
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class DropFault(StrEnum):
    MANIFEST_ABSENT = "manifest_absent"
    MANIFEST_UNREADABLE = "manifest_unreadable"
    FILE_ABSENT = "file_absent"
    FILE_NAME = "file_name"
    ROW_COUNT = "row_count"
    DIGEST = "digest"
    GAP = "gap"
    OTHER_CONTENT = "other_content"
    """A file with this sequence number is already in, and it was not this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRefusal:
    """Why a whole file stays out: one French sentence for the operator."""

    fault: DropFault
    sentence: str


def read_manifest(path: Path) -> Manifest | FileRefusal:
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST_MANIFEST)
    except OSError:
        return _refused(DropFault.MANIFEST_ABSENT, f"Le manifeste {path.name} ne peut être lu : déposez-le à côté du fichier.")
    try:
        return msgspec.json.decode(raw, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return _refused(
            DropFault.MANIFEST_UNREADABLE,
            f"Le manifeste {path.name} n’a pas la forme attendue ({error}) : réécrivez-le d’après docs/feed.md.",
        )


def whole_file_refusal(path: Path, manifest: Manifest) -> FileRefusal | None:
    """The data file against its manifest: name, number of lines, digest. Reads it once, block by block."""
    if path.name != manifest.file:
        return _refused(
            DropFault.FILE_NAME,
            f"Le manifeste annonce le fichier {manifest.file}, on a reçu {path.name} : vérifiez qu’ils vont ensemble.",
        )
    try:
        digest, rows = _measured(path)
    except OSError:
        return _refused(DropFault.FILE_ABSENT, f"Le fichier {path.name} ne peut être lu : déposez-le de nouveau.")
    if rows != manifest.rows:
        return _refused(
            DropFault.ROW_COUNT,
            f"Le fichier {path.name} compte {rows} lignes, le manifeste en annonce {manifest.rows} : "
            "il est arrivé incomplet, déposez-le de nouveau.",
        )
    if digest != manifest.sha256:
        return _refused(
            DropFault.DIGEST,
            f"L’empreinte du fichier {path.name} n’est pas celle du manifeste : il a été altéré, déposez-le de nouveau.",
        )
    return None


def sequence_refusal(manifest: Manifest, last_sequence: int) -> FileRefusal | None:
    """Files enter in order, without a hole: ``last_sequence`` is the last one entered, 0 before the first."""
    expected = last_sequence + 1
    if manifest.sequence == expected:
        return None
    return _refused(
        DropFault.GAP,
        f"Le fichier porte le numéro {manifest.sequence}, on attend le numéro {expected} : envoyez d’abord celui qui manque.",
    )


def other_content_refusal(manifest: Manifest) -> FileRefusal:
    return _refused(
        DropFault.OTHER_CONTENT,
        f"Un fichier numéro {manifest.sequence} est déjà entré avec un autre contenu : "
        "donnez le numéro suivant à ce fichier, avec son propre manifeste.",
    )


def _measured(path: Path) -> tuple[str, int]:
    """Digest and number of lines; a last line without its end counts."""
    digest = hashlib.sha256()
    rows = 0
    last = b"\n"
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            rows += block.count(b"\n")
            last = block[-1:]
    return digest.hexdigest(), rows + (last != b"\n")


def _refused(fault: DropFault, sentence: str) -> FileRefusal:
    return FileRefusal(fault=fault, sentence=sentence)
