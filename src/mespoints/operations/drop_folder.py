"""The folder where the source leaves its files. Nothing is moved or deleted there: it is the source's."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mespoints.desk.night_report import FileOutcome, NightFile
from mespoints.feed.drop import FileRefusal, read_manifest
from mespoints.feed.manifest import Manifest
from mespoints.feed.signing import TrustedKeys
from mespoints.register.registration import batch_of

MANIFESTS = "*.manifest.json"
DATA_FILES = "*.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A data file with a manifest that can be believed."""

    data_path: Path
    manifest_path: Path
    sequence: int
    data_day: date
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropping:
    files: tuple[Dropped, ...] = ()
    """In sequence: those the register does not hold, as far as the manifests say."""
    known: int = 0
    waiting: tuple[NightFile, ...] = ()
    """Those that cannot be ranked: their manifest is missing, or not to be believed."""
    failures: tuple[str, ...] = ()


def dropped(folder: Path, keys: TrustedKeys) -> Dropping:
    try:
        manifests = sorted(folder.glob(MANIFESTS))
        data_files = sorted(folder.glob(DATA_FILES))
        if not folder.is_dir():
            raise NotADirectoryError
    except OSError:
        return Dropping(failures=(f"Le dossier de dépôt {folder} ne peut être lu : vérifiez le chemin et les droits.",))
    read = [(path, read_manifest(path, keys)) for path in manifests]
    believed = [(path, manifest) for path, manifest in read if isinstance(manifest, Manifest)]
    new = [_dropped(path, manifest) for path, manifest in believed if not _is_in(manifest)]
    unread = [_unread(path, refusal) for path, refusal in read if isinstance(refusal, FileRefusal)]
    named = {manifest.file for _, manifest in believed} | {_data_name(path) for path in manifests}
    alone = [_without_manifest(path) for path in data_files if path.name not in named]
    return Dropping(
        files=tuple(sorted(new, key=lambda file: (file.sequence, file.manifest_path.name))),
        known=len(believed) - len(new),
        waiting=(*unread, *alone),
    )


def _is_in(manifest: Manifest) -> bool:
    """Said by the manifest alone, so that a folder of years is not read again every night; another content is not in."""
    same = batch_of(manifest.sequence)
    return same is not None and same.head.sha256 == manifest.sha256 and same.head.data_day == manifest.data_day


def _dropped(path: Path, manifest: Manifest) -> Dropped:
    return Dropped(
        # The name alone: a manifest does not lead out of the folder.
        data_path=path.with_name(Path(manifest.file).name or path.name),
        manifest_path=path,
        sequence=manifest.sequence,
        data_day=manifest.data_day,
        rows=manifest.rows,
    )


def _data_name(manifest_path: Path) -> str:
    return manifest_path.name.removesuffix(".manifest.json") + ".jsonl"


def _unread(path: Path, refusal: FileRefusal) -> NightFile:
    return NightFile(name=path.name, sequence=None, outcome=FileOutcome.REFUSED, sentence=refusal.sentence)


def _without_manifest(path: Path) -> NightFile:
    return NightFile(
        name=path.name,
        sequence=None,
        outcome=FileOutcome.WAITING,
        sentence="Son manifeste n’est pas encore là : il se dépose en dernier.",
    )
