"""What arrives: a data file and its manifest. Whether they may be read at all, before a single row is."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import msgspec

from mespoints.feed.manifest import Manifest
from mespoints.feed.rows import RowKind
from mespoints.feed.signing import TrustedKeys, is_signed_by
from mespoints.feed.strict_json import DuplicateKey, refuse_duplicate_keys

_BLOCK = 1 << 20
_LARGEST_MANIFEST = 1 << 16


class DropFault(StrEnum):
    MANIFEST_ABSENT = "manifest_absent"
    MANIFEST_UNREADABLE = "manifest_unreadable"
    UNKNOWN_KEY = "unknown_key"
    SIGNATURE = "signature"
    FILE_ABSENT = "file_absent"
    FILE_NAME = "file_name"
    TRUNCATED = "truncated"
    TOO_LONG = "too_long"
    ROW_COUNT = "row_count"
    DIGEST = "digest"
    TOTALS = "totals"
    GAP = "gap"
    PREVIOUS = "previous"
    """The file was written after another one than the last we entered."""
    OTHER_CONTENT = "other_content"
    """A file with this sequence number is already in, and it was not this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRefusal:
    """Why a whole file stays out: one French sentence for the operator."""

    fault: DropFault
    sentence: str


def read_manifest(path: Path, keys: TrustedKeys) -> Manifest | FileRefusal:
    """The manifest, once its signature holds."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST_MANIFEST)
    except OSError:
        return _refused(DropFault.MANIFEST_ABSENT, f"Le manifeste {path.name} ne peut être lu : déposez-le à côté du fichier.")
    try:
        manifest = msgspec.json.decode(raw, type=Manifest)
        refuse_duplicate_keys(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, DuplicateKey, RecursionError) as error:
        return _refused(
            DropFault.MANIFEST_UNREADABLE,
            f"Le manifeste {path.name} n’a pas la forme attendue ({_words(raw, error)}) : réécrivez-le d’après docs/feed.md.",
        )
    return signature_refusal(manifest, keys) or sources_refusal(manifest) or manifest


def _words(raw: bytes, error: Exception) -> str:
    if raw.startswith(b"\xef\xbb\xbf"):
        return "il commence par une marque d’ordre des octets"
    if isinstance(error, DuplicateKey):
        return f"le champ {error.key} y est deux fois"
    return str(error)


def signature_refusal(manifest: Manifest, keys: TrustedKeys) -> FileRefusal | None:
    key = keys.get(manifest.key_id)
    if key is None:
        known = ", ".join(sorted(keys)) or "aucune"
        return _refused(
            DropFault.UNKNOWN_KEY,
            f"Le manifeste est signé par la clé « {manifest.key_id} », qui n’est pas déclarée (déclarées : {known}) : "
            "déclarez-la dans le fichier que nomme MESPOINTS_FEED_KEYS, si elle est bien celle de la source.",
        )
    if is_signed_by(key, manifest.signed_bytes(), manifest.signature):
        return None
    return _refused(
        DropFault.SIGNATURE,
        f"La signature du manifeste n’est pas celle de la clé « {manifest.key_id} » : il a été altéré ou n’en vient pas, "
        "demandez-le de nouveau à la source.",
    )


def sources_refusal(manifest: Manifest) -> FileRefusal | None:
    ahead = next((source for source, day in manifest.sources.items() if day > manifest.data_day), None)
    if ahead is None:
        return None
    return _refused(
        DropFault.MANIFEST_UNREADABLE,
        f"Le manifeste dit la source {ahead} décrite au-delà du jour du fichier ({manifest.data_day}) : corrigez sources.",
    )


def whole_file_refusal(path: Path, manifest: Manifest) -> FileRefusal | None:
    """The data file against its manifest: name, size, number of lines, digest. Reads it once, block by block."""
    if path.name != manifest.file:
        return _refused(
            DropFault.FILE_NAME,
            f"Le manifeste annonce le fichier {manifest.file}, on a reçu {path.name} : vérifiez qu’ils vont ensemble.",
        )
    try:
        size = path.stat().st_size
        if size != manifest.size:
            return _size_refusal(path, manifest, size)
        digest, rows = _measured(path)
    except OSError:
        return _refused(DropFault.FILE_ABSENT, f"Le fichier {path.name} ne peut être lu : déposez-le de nouveau.")
    if digest != manifest.sha256:
        return digest_refusal(path)
    if rows != manifest.rows:
        return _refused(
            DropFault.ROW_COUNT,
            f"Le fichier {path.name} compte {rows} lignes, le manifeste en annonce {manifest.rows} : "
            "demandez à la source de compter de nouveau.",
        )
    if sum(manifest.totals.values()) != manifest.rows:
        return _refused(
            DropFault.TOTALS,
            f"Les totaux du manifeste font {sum(manifest.totals.values())} lignes, il en annonce {manifest.rows} : "
            "demandez à la source de compter de nouveau.",
        )
    return None


def digest_refusal(path: Path) -> FileRefusal:
    return _refused(
        DropFault.DIGEST,
        f"L’empreinte du fichier {path.name} n’est pas celle du manifeste : il a été altéré, déposez-le de nouveau.",
    )


def _size_refusal(path: Path, manifest: Manifest, size: int) -> FileRefusal:
    measure = f"Le fichier {path.name} compte {size} octets, le manifeste en annonce {manifest.size}"
    if size < manifest.size:
        return _refused(DropFault.TRUNCATED, f"{measure} : il est arrivé incomplet, déposez-le de nouveau.")
    return _refused(DropFault.TOO_LONG, f"{measure} : quelque chose y a été ajouté, déposez-le de nouveau.")


def totals_refusal(manifest: Manifest, counted: Counter[RowKind]) -> FileRefusal | None:
    """``counted`` are the rows that read. Those that do not are of any kind the writer says: the totals make as many lines as the
    file has, so that one kind too few is another too many.
    """
    wrong = next((kind for kind in RowKind if counted[kind] > manifest.totals.get(kind, 0)), None)
    if wrong is None:
        return None
    return _refused(
        DropFault.TOTALS,
        f"Le fichier compte {counted[wrong]} lignes « {wrong} », le manifeste en annonce {manifest.totals.get(wrong, 0)} : "
        "demandez à la source de compter de nouveau.",
    )


def sequence_refusal(manifest: Manifest, last_sequence: int) -> FileRefusal | None:
    """Files enter in order, without a hole: ``last_sequence`` is the last one entered, 0 before the first."""
    expected = last_sequence + 1
    if manifest.sequence != expected:
        return _refused(
            DropFault.GAP,
            f"Le fichier porte le numéro {manifest.sequence}, on attend le numéro {expected} : envoyez d’abord celui qui manque.",
        )
    if manifest.previous_sequence != last_sequence:
        return _refused(
            DropFault.PREVIOUS,
            f"Le fichier dit suivre le numéro {manifest.previous_sequence}, le dernier entré porte le numéro {last_sequence} : "
            "demandez à la source quel fichier elle croit nous avoir envoyé.",
        )
    return None


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
