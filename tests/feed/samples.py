"""Rows about invented people, and the way to enter them: shared by the tests of feed and register."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec

from mespoints.feed.import_ import ImportReport, import_file
from mespoints.feed.manifest import canonical_bytes
from mespoints.feed.rows import RowKind
from mespoints.feed.signing import Signer
from mespoints.feed.writing import Drop

FILE_NUMBER = "150399200011"
OTHER_FILE_NUMBER = "150399200012"
DATA_DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)

SIGNER = Signer.drawn("tests")
KEYS = SIGNER.trusted

Fields = dict[str, Any]


def holder(**changes: Any) -> Fields:
    return {
        "row": "holder",
        "file_number": FILE_NUMBER,
        "birth_name": "Lefèvre-Cœuret",
        "usage_name": None,
        "given_names": ["Zoé", "Anne-Lise"],
        "sex": "F",
        "birth_date": "1992-11-00",
        "birth_commune": "33063",
        "birth_country": "99100",
        **changes,
    }


def licence(**changes: Any) -> Fields:
    return {
        "row": "licence",
        "file_number": FILE_NUMBER,
        "fact_id": "L1",
        "title_number": "21AA00001",
        "obtained_on": "2021-03-08",
        "path": "standard",
        "categories": ["AM", "B"],
        **changes,
    }


def offence(**changes: Any) -> Fields:
    return {
        "row": "offence",
        "file_number": FILE_NUMBER,
        "fact_id": "O1",
        "committed_on": "2025-06-14",
        "established_on": "2025-07-30",
        "established_by": "fine_paid",
        "class": "C4",
        "points": 3,
        **changes,
    }


def unestablished(**changes: Any) -> Fields:
    return offence(established_on=None, established_by=None, **changes)


def fact(row: str, **fields: Any) -> Fields:
    return {"row": row, "file_number": FILE_NUMBER, **fields}


def correction(changed: Fields, reason: str = "Erreur de saisie.") -> Fields:
    return {"row": "correction", "reason": reason, "fact": changed}


def write(folder: Path, given: Iterable[Fields | bytes], *, sequence: int = 1, **manifest: Any) -> Drop:
    """``bytes`` are written as they are; ``manifest`` replaces fields of a right one."""
    lines, totals = [], Counter[str]()
    for row in given:
        lines.append(row if isinstance(row, bytes) else msgspec.json.encode(row))
        kind = "course" if isinstance(row, bytes) else str(row.get("row"))
        totals[kind if kind in set(RowKind) else "course"] += 1
    content = b"".join(line + b"\n" for line in lines)
    return write_bytes(folder, content, sequence=sequence, **{"rows": len(lines), "totals": dict(totals), **manifest})


def write_bytes(folder: Path, content: bytes, *, sequence: int = 1, signer: Signer = SIGNER, **manifest: Any) -> Drop:
    """Signed over what it says, true or not."""
    folder.mkdir(exist_ok=True)
    drop = Drop(data_path=folder / f"feed-{sequence}.jsonl", manifest_path=folder / f"feed-{sequence}.manifest.json")
    drop.data_path.write_bytes(content)
    fields = {
        "format": "mespoints-feed-1",
        "sequence": sequence,
        "previous_sequence": sequence - 1,
        "data_day": DATA_DAY,
        "sources": {},
        "file": drop.data_path.name,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "key_id": signer.key_id,
        **manifest,
    }
    drop.manifest_path.write_bytes(msgspec.json.encode({"signature": signer.signature(canonical_bytes(fields)), **fields}))
    return drop


def enter(
    folder: Path, given: Sequence[Fields | bytes], *, sequence: int = 1, now: datetime = NOW, **manifest: Any
) -> ImportReport:
    drop = write(folder, given, sequence=sequence, **manifest)
    return import_file(drop.data_path, drop.manifest_path, now, KEYS)
