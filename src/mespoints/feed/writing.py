"""Writes a daily file and its manifest from Python values: for demonstrations, generators and tests."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import assert_never

import msgspec

from mespoints.feed.manifest import FORMAT, signed
from mespoints.feed.rows import (
    KINDS,
    Category,
    CourseRow,
    DecisionCancelledRow,
    FactRow,
    InvalidationNotifiedRow,
    JudicialAnnulmentRow,
    LicenceRow,
    LicenceSurrenderedRow,
    MandatoryCourseNotifiedRow,
    OffenceRow,
    PostLicenceTrainingRow,
    Row,
    RowKind,
    SuspensionRow,
)
from mespoints.feed.signing import Signer
from mespoints.law.facts import (
    Course,
    DecisionCancelled,
    Fact,
    InvalidationNotified,
    JudicialAnnulment,
    LicenceObtained,
    LicenceSurrendered,
    MandatoryCourseNotified,
    Offence,
    PostLicenceTraining,
    Suspension,
)
from mespoints.register.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    data_path: Path
    manifest_path: Path


def write_drop(
    folder: Path,
    *,
    sequence: int,
    data_day: date,
    rows: Iterable[Row],
    signer: Signer,
    sources: Mapping[Source, date] | None = None,
) -> Drop:
    """``feed-000001.jsonl`` and ``feed-000001.manifest.json`` for the first file; rows are written as they come.

    ``sources`` are those that are behind ``data_day``.
    """
    name = f"feed-{sequence:06d}"
    drop = Drop(data_path=folder / f"{name}.jsonl", manifest_path=folder / f"{name}.manifest.json")
    digest = hashlib.sha256()
    size = 0
    totals: Counter[RowKind] = Counter()
    encoder = msgspec.json.Encoder()
    with drop.data_path.open("wb") as file:
        for row in rows:
            line = encoder.encode(row) + b"\n"
            digest.update(line)
            file.write(line)
            size += len(line)
            totals[KINDS[type(row)]] += 1
    manifest = signed(
        {
            "format": FORMAT,
            "sequence": sequence,
            "previous_sequence": sequence - 1,
            "data_day": data_day.isoformat(),
            "sources": {source.value: day.isoformat() for source, day in (sources or {}).items()},
            "file": drop.data_path.name,
            "size": size,
            "rows": totals.total(),
            "totals": {kind.value: totals[kind] for kind in RowKind if totals[kind]},
            "sha256": digest.hexdigest(),
        },
        signer,
    )
    drop.manifest_path.write_bytes(msgspec.json.format(msgspec.json.encode(manifest)) + b"\n")
    return drop


def licence_row(file_number: str, fact: LicenceObtained, title_number: str, categories: tuple[Category, ...]) -> LicenceRow:
    return LicenceRow(
        file_number=file_number,
        fact_id=fact.fact_id,
        title_number=title_number,
        obtained_on=fact.on,
        path=fact.path,
        categories=categories,
        recorded_on=fact.recorded_on,
    )


def fact_row(file_number: str, fact: Fact) -> FactRow:  # noqa: C901 - one case for each fact
    """The row of a fact. Raises TypeError for a licence, whose row needs its title too: see ``licence_row``."""
    match fact:
        case LicenceObtained():
            raise TypeError("a licence row also needs its title: call licence_row")
        case Offence():
            return _offence_row(file_number, fact)
        case Course(fact_id=fact_id, on=on, kind=kind, recorded_on=recorded_on):
            return CourseRow(file_number=file_number, fact_id=fact_id, on=on, kind=kind, recorded_on=recorded_on)
        case MandatoryCourseNotified(fact_id=fact_id, on=on, target=target, recorded_on=recorded_on):
            return MandatoryCourseNotifiedRow(
                file_number=file_number, fact_id=fact_id, on=on, target=target, recorded_on=recorded_on
            )
        case Suspension(fact_id=fact_id, on=on, until=until, recorded_on=recorded_on):
            return SuspensionRow(file_number=file_number, fact_id=fact_id, on=on, until=until, recorded_on=recorded_on)
        case InvalidationNotified(fact_id=fact_id, on=on, recorded_on=recorded_on):
            return InvalidationNotifiedRow(file_number=file_number, fact_id=fact_id, on=on, recorded_on=recorded_on)
        case LicenceSurrendered(fact_id=fact_id, on=on, recorded_on=recorded_on):
            return LicenceSurrenderedRow(file_number=file_number, fact_id=fact_id, on=on, recorded_on=recorded_on)
        case JudicialAnnulment(fact_id=fact_id, on=on, recorded_on=recorded_on):
            return JudicialAnnulmentRow(file_number=file_number, fact_id=fact_id, on=on, recorded_on=recorded_on)
        case DecisionCancelled(fact_id=fact_id, on=on, target=target, recorded_on=recorded_on):
            return DecisionCancelledRow(file_number=file_number, fact_id=fact_id, on=on, target=target, recorded_on=recorded_on)
        case PostLicenceTraining(fact_id=fact_id, on=on, recorded_on=recorded_on):
            return PostLicenceTrainingRow(file_number=file_number, fact_id=fact_id, on=on, recorded_on=recorded_on)
        case _:
            assert_never(fact)


def _offence_row(file_number: str, fact: Offence) -> OffenceRow:
    return OffenceRow(
        file_number=file_number,
        fact_id=fact.fact_id,
        committed_on=fact.committed_on,
        established_on=fact.established_on,
        established_by=fact.established_by,
        offence_class=fact.offence_class,
        points=fact.points,
        offence_code=fact.offence_code,
        label=fact.label,
        simultaneous_with=fact.simultaneous_with,
        vehicle_needs_licence=fact.vehicle_needs_licence,
        recorded_on=fact.recorded_on,
    )
