"""Contents of statements made by hand: invented people, every kind of movement."""

from datetime import UTC, date, datetime
from itertools import cycle, islice
from typing import Any

from mespoints.documents.content import (
    EntitlementAttestation,
    FullStatement,
    PeriodStatement,
    StatedCategory,
    StatedIdentity,
    StatedLicence,
    StatedMark,
    StatedMovement,
    StatedReturn,
    StatedRevocation,
    StatedSituation,
)
from mespoints.law.readings.marks import MarkKind
from mespoints.law.state import Rule, Status
from mespoints.register.licence_state import LicenceState

ISSUED_AT = datetime(2026, 11, 22, 13, 5, 9, tzinfo=UTC)
REFERENCE = "K7Q2-M4XD-9TPA"
TAKEN = ("L223-1 al. 1", "L223-1 al. 4", "L223-2")

LICENCES = (StatedLicence(title_number="15AA00011", categories=("A1", "B", "BE"), obtained_on=date(2009, 6, 12)),)
CATEGORIES = tuple(StatedCategory(category=category, obtained_on=date(2009, 6, 12)) for category in ("A1", "B", "BE"))

HISTORY = (
    ("2009-06-12", None, Rule.INITIAL, "Permis obtenu", 6, 6, ("L223-1 al. 2",)),
    ("2010-06-12", None, Rule.PROBATION_INCREMENT, "Une année de permis probatoire sans perte", 2, 8, ("L223-1 al. 2",)),
    ("2011-06-12", None, Rule.PROBATION_INCREMENT, "Une année de permis probatoire sans perte", 2, 10, ("L223-1 al. 2",)),
    ("2012-06-12", None, Rule.PROBATION_END, "Fin du permis probatoire", 2, 12, ("R223-1 IV",)),
    ("2019-03-01", "2019-02-02", Rule.WITHDRAWAL, "Excès de vitesse de moins de 20 km/h hors agglomération", -1, 11, TAKEN),
    ("2019-09-01", None, Rule.SINGLE_POINT_RETURN, "Point rendu", 1, 12, ("L223-6 al. 3",)),
    ("2023-05-12", "2023-04-30", Rule.WITHDRAWAL, "Usage d’un téléphone tenu en main", -3, 9, TAKEN),
    ("2024-01-20", None, Rule.COURSE, "Stage de récupération de points", 3, 12, ("L223-6 al. 4",)),
    ("2025-03-01", "2024-12-24", Rule.WITHDRAWAL, "Feu rouge non respecté", -4, 8, TAKEN),
    ("2026-02-11", "2026-01-08", Rule.WITHDRAWAL, "Chevauchement d’une ligne continue", -1, 7, TAKEN),
    ("2026-08-11", None, Rule.SINGLE_POINT_RETURN, "Point rendu", 1, 8, ("L223-6 al. 3",)),
    ("2026-10-02", "2026-09-01", Rule.WITHDRAWAL, "Excès de vitesse d’au moins 20 km/h et de moins de 30 km/h", -2, 6, TAKEN),
)


def movements(count: int) -> tuple[StatedMovement, ...]:
    """The same twelve, as often as it takes."""
    return tuple(
        StatedMovement(
            on=date.fromisoformat(on),
            rule=rule,
            label=label,
            why="Amende payée." if committed_on else "Sans infraction coûtant des points.",
            points=points,
            balance=balance,
            ceiling=min(12, max(balance, 6)),
            articles=articles,
            committed_on=date.fromisoformat(committed_on) if committed_on else None,
            established_on=date.fromisoformat(on) if committed_on else None,
        )
        for on, committed_on, rule, label, points, balance, articles in sorted(
            islice(cycle(HISTORY), count), key=lambda row: row[0]
        )
    )


def marks(*, held: int, coming_back: int = 0, lost: int = 0, above: int = 0) -> tuple[StatedMark, ...]:
    return (
        *[StatedMark(kind=MarkKind.HELD, on=None)] * held,
        *[StatedMark(kind=MarkKind.COMING_BACK, on=date(2027, 4, 1))] * coming_back,
        *[StatedMark(kind=MarkKind.LOST, on=None)] * lost,
        *[StatedMark(kind=MarkKind.ABOVE_CEILING, on=None)] * above,
    )


def identity(**changes: Any) -> StatedIdentity:
    usual: dict[str, Any] = {
        "birth_name": "Lœuillet-Fÿ",
        "usage_name": "Beaumarchais",
        "given_names": ("Maëlle", "Ségolène"),
        "sex": "F",
        "birth_date": "1985-03-01",
        "birth_commune": "75056",
        "birth_country": "99100",
    }
    return StatedIdentity(**(usual | changes))


def statement(count: int = 12, **changes: Any) -> FullStatement:
    usual: dict[str, Any] = {
        "file_number": "150399200011",
        "on": date(2026, 11, 22),
        "known_at": 1234,
        "data_as_of": datetime(2026, 11, 21, 22, 59, 59, tzinfo=UTC),
        "issued_at": ISSUED_AT,
        "identity": identity(),
        "licence_state": LicenceState.VALID,
        "categories": CATEGORIES,
        "licences": LICENCES,
        "situation": StatedSituation(balance=6, ceiling=12, status=Status.VALID, probation_ends_on=None),
        "marks": marks(held=6, coming_back=2, lost=4),
        "movements": movements(count),
        "closings": (),
        "forecast": (
            StatedReturn(
                on=date(2029, 10, 2),
                rule=Rule.RESTORATION,
                label="Retour au maximum de points",
                points=6,
                balance=12,
                ceiling=12,
                condition="Si aucune infraction coûtant des points n’est commise avant le 2 octobre 2029.",
                articles=("L223-6 al. 1", "L223-6 al. 2"),
            ),
        ),
        "revocations": (
            StatedRevocation(
                would_have_been_on=date(2026, 3, 1), points=1, rule=Rule.SINGLE_POINT_RETURN, undone_on=date(2026, 4, 2)
            ),
        ),
        "obligations": (),
    }
    return FullStatement(**(usual | changes))


def period(count: int = 5, **changes: Any) -> PeriodStatement:
    usual: dict[str, Any] = {
        "file_number": "150399200011",
        "on": date(2026, 11, 22),
        "known_at": 1234,
        "data_as_of": datetime(2026, 11, 21, 22, 59, 59, tzinfo=UTC),
        "issued_at": ISSUED_AT,
        "first_on": date(2025, 1, 1),
        "last_on": date(2026, 10, 31),
        "identity": identity(),
        "licence_state": LicenceState.VALID,
        "categories": CATEGORIES,
        "licences": LICENCES,
        "opening": StatedSituation(balance=12, ceiling=12, status=Status.VALID, probation_ends_on=None),
        "situation": StatedSituation(balance=6, ceiling=12, status=Status.VALID, probation_ends_on=None),
        "movements": movements(12)[12 - count :] if count <= len(HISTORY) else movements(count),
        "closings": (),
    }
    return PeriodStatement(**(usual | changes))


def attestation(**changes: Any) -> EntitlementAttestation:
    usual: dict[str, Any] = {
        "file_number": "150399200011",
        "on": date(2026, 11, 22),
        "known_at": 1234,
        "data_as_of": datetime(2026, 11, 21, 22, 59, 59, tzinfo=UTC),
        "issued_at": ISSUED_AT,
        "expires_on": date(2027, 3, 21),
        "identity": identity(),
        "licence_state": LicenceState.VALID,
        "categories": CATEGORIES,
    }
    return EntitlementAttestation(**(usual | changes))
